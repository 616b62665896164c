/** `township.yaml` → values, or everything that is wrong with it at once. */
import type { Taxonomy } from '../domain/category.ts';
import type { Absence, PolicyCard } from '../domain/policy.ts';
import type { DutySpan, Roster } from '../domain/roster.ts';
import type { Settings } from '../domain/settings.ts';
import type { Result } from '../kernel/result.ts';
import { err, ok } from '../kernel/result.ts';
import { shippedTaxonomy } from '../taxonomy/index.ts';
import type { Path, TownshipError } from './errors.ts';
import { fieldOf, inFileOrder } from './errors.ts';
import { isTimeOfDay, localTime, nextDay } from './forms.ts';
import { findings } from './issues.ts';
import { checkTownship } from './township-checks.ts';
import type { CategoryOverride, TownshipDocument } from './township-schema.ts';
import { townshipSchema } from './township-schema.ts';
import { survey } from './township-survey.ts';
import { readYaml } from './yaml-tree.ts';

export type { FileError, TownshipError } from './errors.ts';
export { formatErrors } from './errors.ts';
export type { CategoryOverride } from './township-schema.ts';

/** The township file as values; everything that may be left out is there, with its default. */
export interface TownshipFile {
  readonly roster: Roster;
  /** As written, with defaults; `settingsInForce` lays the mode over them. */
  readonly settings: Settings;
  readonly categories: readonly CategoryOverride[];
  readonly holidays: Readonly<Record<string, 'rest' | 'work'>>;
  readonly absences: readonly Absence[];
  readonly policies: readonly PolicyCard[];
}

/** Where the value at a path was written. */
export type Locate = (path: Path) => Omit<TownshipError, 'message'>;

/** Field names that a typo may have meant. */
const KNOWN_KEYS =
  `township villages offices roles duty people chats settings categories holidays absences policies id name
  county timezone casePrefix locale dutyPhone secretary cadres zones head groups neighborhoods households tier
  village leader officers secretaries recorders dispatchers admins from to phone accounts adapter external kind
  person deputy keywords title text source date zh short en urgency firstResponse deadline firstTier sensitive
  codes words mode modes workingHours quietHours ladder cases rating followUp digest incidents meeting
  intake reach causes bulletin weekly`.split(/\s+/);

/**
 * @param file the name that errors show, `township.yaml`
 * @param taxonomy what `categories` of offices may name, besides the file's own categories
 */
export function readTownship(
  text: string,
  file: string,
  taxonomy: Taxonomy = shippedTaxonomy,
): Result<TownshipFile, TownshipError[]> {
  const tree = readYaml(text, file, (path) => path[0] === 'settings');
  if (tree.value === null || typeof tree.value !== 'object' || Array.isArray(tree.value)) {
    const nothing = { file, line: 1, field: '', message: '文件里没有内容，或者不是"字段: 值"的形式' };
    return err(tree.errors.length > 0 ? [...tree.errors] : [nothing]);
  }
  const locate: Locate = (path) => ({ file, line: tree.lineOf(path), field: fieldOf(path) });
  return checkedTownship(tree.value, locate, tree.errors, taxonomy);
}

/**
 * Checks a tree of the township file's shape, wherever it came from.
 * @param before what was found wrong while the tree was made
 */
export function checkedTownship(
  tree: unknown,
  locate: Locate,
  before: readonly TownshipError[],
  taxonomy: Taxonomy,
): Result<TownshipFile, TownshipError[]> {
  const parsed = townshipSchema.safeParse(tree, { reportInput: true });
  const misshapen = parsed.success ? [] : findings(parsed.error.issues, KNOWN_KEYS);
  const found = [...misshapen, ...checkTownship(tree, survey(tree), categoryIds(taxonomy))];
  const located = found.map(({ path, message }) => ({ ...locate(path), message }));
  const errors = inFileOrder([...before, ...firstOfEachField(located)]);
  return parsed.success && errors.length === 0 ? ok(townshipFile(parsed.data)) : err(errors);
}

function categoryIds(taxonomy: Taxonomy): ReadonlySet<string> {
  return new Set([...taxonomy.mains, ...taxonomy.categories].map(({ id }) => id));
}

/** What else is said of one field follows from the first. */
function firstOfEachField(errors: readonly TownshipError[]): TownshipError[] {
  const told = new Set<string>();
  return errors.filter(({ file, line, field }) => {
    const place = JSON.stringify([file, line, field]);
    const first = !told.has(place);
    told.add(place);
    return first;
  });
}

function townshipFile(document: TownshipDocument): TownshipFile {
  const { township, villages, offices, roles, people, chats } = document;
  const duty = document.duty.map((span) => dutySpan(span, township.timezone));
  return {
    roster: { township, villages, offices, roles, duty, people, chats },
    settings: document.settings,
    categories: document.categories,
    holidays: document.holidays,
    absences: document.absences,
    policies: document.policies,
  };
}

/** Township local time, end exclusive: a bare day as the end means that whole day. */
function dutySpan({ from, to, people }: DutySpan, timezone: string): DutySpan {
  return { from: start(from, timezone), to: end(to, timezone), people };
}

function start(moment: string, timezone: string): string {
  if (isTimeOfDay(moment)) return moment;
  if (moment.length === 10) return `${moment}T00:00`;
  if (/(Z|[+-]\d{2}:\d{2})$/.test(moment)) return localTime(Date.parse(moment.replace(' ', 'T')), timezone);
  return moment.slice(0, 16).replace(' ', 'T');
}

function end(moment: string, timezone: string): string {
  return moment.length === 10 ? `${nextDay(moment)}T00:00` : start(moment, timezone);
}
