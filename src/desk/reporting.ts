/** Matters to cases: one case a matter, with its area, its photos, its contacts and whom it accuses. */
import type { Behalf, Case, Reporter, Source } from '../domain/case.ts';
import { type NewReport, openCase, type ReportWords } from '../domain/decide/report.ts';
import { hotlinesOf } from '../domain/hotlines.ts';
import { categoryOf, officesFor } from '../domain/routing.ts';
import type { Matter, Missing, Reading } from '../intake/reading.ts';
import { localDate } from '../kernel/zone.ts';
import type { LoadSpec } from '../store/port.ts';
import { knownFor, tellKnown } from './known.ts';
import { gatherMedia, recentSince } from './media.ts';
import { areaOf, placeMissing } from './places.ts';
import type { Round } from './round.ts';
import type { Turn } from './turn.ts';

/** What a report needs to know: the officers who may get it, the next number, what is known already. */
export function reportLoad(turn: Turn, matters: readonly Matter[], now: number): LoadSpec {
  const officers = matters.flatMap((matter) => {
    const { village } = areaOf(turn, matter);
    return officesFor(turn.policy, { category: matter.category, village, except: [] }).flatMap(
      ({ officers, leader }) => (officers.length > 0 ? officers : leader === null ? [] : [leader]),
    );
  });
  const year = Number(localDate(now, turn.policy.calendar.timezone).slice(0, 4));
  return { openCounts: [...new Set(officers)], serialOf: [year], factsWith: ['known:'] };
}

/** Only a picture looks for the report that was just made. */
export const recentLoad = (turn: Turn, now: number): LoadSpec => {
  const { inbound, who } = turn;
  if (inbound.media.length === 0) return {};
  const since = recentSince(turn, now);
  return { recent: { account: inbound.account, chat: inbound.chat.id, who, since } };
};

export interface ReportOptions {
  readonly selfHandled?: boolean;
  /** The message said that it is a report (#上报, a template): missing words are asked for. */
  readonly behalf?: Behalf | null;
  readonly source?: Source;
  /** Its number where it came in. */
  readonly external?: string | null;
}

export function report(round: Round, reading: Reading, options: ReportOptions = {}): readonly Case[] {
  const media = gatherMedia(round);
  const made: Case[] = [];
  for (const matter of reading.cases) {
    const known = options.selfHandled ? null : knownFor(round, matter, areaOf(round.turn, matter));
    if (known !== null && matter.urgency !== 'U1') {
      tellKnown(round, known, matter);
      continue;
    }
    made.push(open(round, reading, matter, { ...options, media: made.length === 0 ? media : [] }));
  }
  return made;
}

type OpenOptions = ReportOptions & { readonly media: NewReport['media'] };

function open(round: Round, reading: Reading, matter: Matter, options: OpenOptions): Case {
  const { turn } = round;
  const year = Number(round.today.slice(0, 4));
  const serial = round.serial(year);
  const number = numberOf(turn.policy.roster.township.casePrefix, round.today, serial);
  const words: ReportWords = { inGroup: !turn.direct, reachable: round.reachable };
  const contacts = sealContacts(round, reading, number);
  const behalf = options.behalf ?? null;
  const reporter = reporterOf(round, number, matter, behalf);
  const text = reading.cases.length > 1 ? matter.summary : reading.masked;
  const shape = shapeOf(round, matter, reading);
  const fresh: NewReport = {
    number,
    year,
    serial,
    reporter,
    behalf,
    contacts,
    text,
    ...shape,
    media: options.media,
    source: options.source ?? sourceOf(turn, behalf),
    external: options.external ?? null,
    selfHandled: options.selfHandled ?? false,
  };
  const work = openCase(fresh, words, { ...round.ctx, behalf });
  round.take(work.done());
  if (work.case.asked !== null) askMissing(round, work.case, work.case.asked);
  else if (fresh.missing.includes('place')) askMissing(round, work.case, lookOut(round));
  return work.case;
}

/** `<casePrefix><yymm>-<serial>`, four digits or more. */
export const numberOf = (prefix: string, date: string, serial: number): string =>
  `${prefix}${date.slice(2, 4)}${date.slice(5, 7)}-${String(serial).padStart(4, '0')}`;

type Shape = Omit<
  NewReport,
  | 'number'
  | 'year'
  | 'serial'
  | 'reporter'
  | 'behalf'
  | 'contacts'
  | 'text'
  | 'media'
  | 'source'
  | 'external'
  | 'selfHandled'
>;

function shapeOf(round: Round, matter: Matter, reading: Reading): Shape {
  const { turn } = round;
  const area = areaOf(turn, matter);
  const emergency = matter.urgency === 'U1';
  const unsure =
    matter.category === 'gov.other' || matter.confidence < turn.policy.settings.intake.categoryFrom;
  return {
    category: matter.category,
    urgency: matter.urgency,
    emergency,
    village: area.village,
    groups: area.groups,
    neighborhood: area.neighborhood,
    place: matter.place,
    households: matter.households,
    since: matter.since,
    summary: matter.summary,
    // Blows at home, somebody not seen for days: an alarm of such a kind is always about somebody one can name.
    sensitive: matter.sensitive || (emergency && mayBePrivate(turn, matter.category)),
    protected: matter.protected,
    accused: matter.protected ? accusedIn(turn, reading.masked) : [],
    missing: missingOf(matter, area, emergency),
    fromPost: area.fromPost,
    unclear: unsure && !emergency,
    hotlines: emergency ? hotlinesOf(matter.category) : [],
  };
}

/** Only what can't be filled in from the chat or the post is asked for; a question needs no place. */
function missingOf(matter: Matter, area: ReturnType<typeof areaOf>, emergency: boolean): readonly Missing[] {
  const missing: Missing[] = matter.missing.includes('matter') ? ['matter'] : [];
  const placed = !placeMissing(matter, area);
  const needsPlace = emergency
    ? matter.place === null && matter.group === null
    : !placed && !isPlaceless(matter.category);
  if (needsPlace && matter.missing.includes('place')) missing.push('place');
  return missing;
}

const mayBePrivate = ({ policy }: Turn, category: string): boolean =>
  categoryOf(policy.taxonomy, category)?.sensitive === 'may';

/** Matters of a person or of papers have no place to look for. */
const isPlaceless = (category: string): boolean =>
  /^(?:gov|social|welfare|agri\.(?:subsidy|tech|collective)|market|edu\.school)/.test(category);

function sourceOf(turn: Turn, behalf: Behalf | null): Source {
  if (behalf?.means === 'phone') return 'phone';
  if (behalf?.means === 'visit' || behalf?.means === 'paper') return 'visit';
  return turn.direct ? 'private' : 'group';
}

/** A protected reporter is an alias everywhere but in the vault. */
function reporterOf(round: Round, number: string, matter: Matter, behalf: Behalf | null): Reporter {
  const { turn } = round;
  const { inbound } = turn;
  const message = `${inbound.account}|${inbound.chat.id}|${inbound.messageId ?? ''}`;
  if (!matter.protected) return { who: turn.who, message, behalf, via: inbound.account };
  const behind = JSON.stringify({ account: inbound.account, chat: inbound.sender.id, who: turn.who });
  round.vault.push(turn.secrets.seal(number, `reporter:${turn.alias}`, behind));
  return { who: turn.alias, message: null, behalf, via: inbound.account };
}

const CALLABLE = new Set(['mobile', 'phone']);

/** What an officer needs to call; other personal numbers are masked and kept nowhere. */
export function sealContacts(round: Round, reading: Reading, number: string): readonly string[] {
  const callable = reading.personal.filter(({ kind }) => CALLABLE.has(kind));
  const names = new Map<string, number>();
  return callable.map(({ kind, original }) => {
    const nth = (names.get(kind) ?? 0) + 1;
    names.set(kind, nth);
    const field = nth === 1 ? kind : `${kind}.${nth}`;
    round.vault.push(round.turn.secrets.seal(number, field, original));
    return field;
  });
}

/** Offices and people of the roster that an accusation names: they never get it. */
function accusedIn({ policy }: Turn, text: string): readonly string[] {
  const { offices, people } = policy.roster;
  const named = offices.filter(({ name }) => text.includes(name)).map(({ id }) => id);
  const persons = people.filter(({ name }) => name.length > 1 && text.includes(name)).map(({ id }) => id);
  const theirs = persons.flatMap((id) => policy.directory.officesOf(id).map((office) => office.id));
  return [...new Set([...named, ...persons, ...theirs])];
}

type Asked = NonNullable<Case['asked']>;

/** An emergency does not wait for its place, but the next words may give it. */
const lookOut = (round: Round): Asked => ({
  missing: ['place'],
  until: round.now + round.turn.policy.settings.cases.askBackMinutes * 60_000,
});

/** One question at most: the answer is looked for in this chat until the case goes to the dispatcher. */
function askMissing(round: Round, c: Case, { missing, until }: Asked): void {
  const { inbound, who, direct } = round.turn;
  const quietly = !direct && (c.sensitive || c.protected) && c.urgency !== 'U1';
  round.ask({
    id: `missing:${c.number}`,
    who,
    account: inbound.account,
    chat: quietly ? inbound.sender.id : inbound.chat.id,
    kind: 'missing',
    case: c.number,
    payload: { missing },
    openedAt: round.now,
    expiresAt: until,
  });
}
