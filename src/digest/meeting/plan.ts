/** What each paper of the meeting holds. Pure: from cases and their events. */
import { type Instant, isOpen, type Party } from '../../domain/case.ts';
import type { Policy } from '../../domain/policy.ts';
import type { OfficeId, PersonId } from '../../domain/roster.ts';
import type { OutboxRecord } from '../../store/port.ts';
import { type NeedsSecretary, needsOf } from '../decisions.ts';
import { type CaseRecord, eventsOf, hiddenOf } from '../facts.ts';
import { byNumber, type Matter, matterOf, mattersOf } from '../matters.ts';

/** Numbers of what goes to the meeting: all that is open when the list is frozen. */
export const frozenOf = (records: readonly CaseRecord[]): readonly string[] =>
  records
    .filter(waits)
    .toSorted(byNumber)
    .map(({ value }) => value.number);

const waits = ({ value }: CaseRecord): boolean => isOpen(value.state) && value.state !== 'resolved';

export interface SheetItem {
  readonly matter: Matter;
  /** What the office has said since the sheets went out; null where the blanks are empty. */
  readonly words: string | null;
}

export interface OfficeSheet {
  /** Null: what nobody has yet, on the dispatchers' sheet. */
  readonly office: OfficeId | null;
  /** The leader; without one the officers. */
  readonly people: readonly PersonId[];
  readonly items: readonly SheetItem[];
}

/**
 * One sheet an office, in the order of the roster; last the one of what has no office yet.
 * @param frozen null where the list was never frozen: then all that is open
 * @param since when the sheets went out: what was said before does not fill a blank
 */
export function sheetsOf(
  records: readonly CaseRecord[],
  frozen: ReadonlySet<string> | null,
  { roster }: Pick<Policy, 'roster'>,
  since: Instant,
  asOf: Instant,
): readonly OfficeSheet[] {
  const listed = records
    .filter((record) => waits(record) && (frozen === null || frozen.has(record.value.number)))
    .toSorted(byNumber);
  const byOffice = Map.groupBy(listed, ({ value }) => value.office ?? '');
  const sheet = (office: OfficeId | null, people: readonly PersonId[]): readonly OfficeSheet[] => {
    const own = byOffice.get(office ?? '') ?? [];
    if (own.length === 0) return [];
    const items = own.map((record) => ({ matter: matterOf(record, asOf), words: saidSince(record, since) }));
    return [{ office, people, items }];
  };
  return [
    ...roster.offices.flatMap(({ id, leader, officers }) => sheet(id, leader === null ? officers : [leader])),
    ...sheet(null, roster.roles.dispatchers),
  ];
}

/** 进展, 延期, 挂账 and 无法办理 all fill the blanks: nobody writes a thing twice. */
function saidSince(record: CaseRecord, since: Instant): string | null {
  const said = eventsOf(
    record,
    'case_progressed',
    'extension_requested',
    'deferral_requested',
    'case_explained',
    'case_resolved',
  )
    .filter(({ at }) => at >= since)
    .at(-1);
  if (said === undefined) return null;
  // Private matters: that something was said, not what.
  if (hiddenOf(record.value) !== null) return '';
  return 'reason' in said.data ? said.data.reason : said.data.text;
}

export function pageOf(
  records: readonly CaseRecord[],
  asOf: Instant,
  most: number,
): readonly NeedsSecretary[] {
  const { open, twiceUnsatisfied } = mattersOf(records, asOf, asOf, asOf);
  return needsOf(open, twiceUnsatisfied, most);
}

export interface Minute {
  readonly matter: Matter;
  readonly record: CaseRecord;
  readonly office: OfficeId | null;
  readonly dueAt: Instant | null;
  /** Empty where the matter is private. */
  readonly text: string;
}

/** What was decided in [from, to), by number; the last word on each. */
export function minutesOf(records: readonly CaseRecord[], from: Instant, to: Instant): readonly Minute[] {
  return records.toSorted(byNumber).flatMap((record) => {
    const event = eventsOf(record, 'decision_recorded')
      .filter(({ at }) => at >= from && at < to)
      .at(-1);
    if (event === undefined) return [];
    const matter = matterOf(record, to);
    const { office, dueAt, text } = event.data;
    return [{ matter, record, office, dueAt, text: matter.hidden === null ? text : '' }];
  });
}

export interface Unheard {
  readonly number: string;
  /** Null for a protected reporter and for someone who is not on the roster. */
  readonly person: PersonId | null;
}

/**
 * Reporters who have not heard what was decided of their matter: without an account, or whose message did not go.
 * Whom somebody has reached since then has heard.
 * @param failed messages that were not sent
 * @param since the morning of the meeting
 */
export function unheardOf(
  minutes: readonly Minute[],
  failed: readonly OutboxRecord[],
  { directory }: Pick<Policy, 'directory'>,
  accounts: readonly string[],
  since: Instant,
): readonly Unheard[] {
  const stuck = new Set(
    failed
      // What failed to arrive after an earlier meeting is that one's.
      .filter(({ kind, createdAt }) => kind === 'decision' && createdAt >= since)
      .map(({ case: about, chat }) => `${about}|${chat.id}`),
  );
  return minutes.flatMap(({ record }) => {
    const { value } = record;
    const { number } = value;
    const decidedAt = eventsOf(record, 'decision_recorded').at(-1)?.at ?? 0;
    const reached = eventsOf(record, 'case_followed_up').some(
      ({ at, data }) => data.reached && at >= decidedAt,
    );
    if (reached) return [];
    const unheard = (who: Party): boolean => {
      const chats = chatsOf(who, directory, accounts);
      return chats.length === 0 || chats.some((chat) => stuck.has(`${number}|${chat}`));
    };
    return value.reporters
      .filter(({ who }) => unheard(who))
      .map(({ who }) => ({ number, person: directory.person(who)?.id ?? null }));
  });
}

function chatsOf(who: Party, directory: Policy['directory'], accounts: readonly string[]): readonly string[] {
  if (who.startsWith('~')) return [who];
  if (who.startsWith('@')) return [who.slice(who.indexOf(':') + 1)];
  const own = directory.person(who)?.accounts ?? {};
  return accounts.flatMap((account) => own[account] ?? []);
}
