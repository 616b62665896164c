/** Known matters and announced works: what fits them is counted, answered and not opened a second time. */
import type { Case } from '../domain/case.ts';
import { Work } from '../domain/decide/work.ts';
import { may } from '../domain/transitions.ts';
import type { Matter, Reading } from '../intake/reading.ts';
import { addDays } from '../kernel/zone.ts';
import { matterIn } from './changes.ts';
import { type Area, areaOf } from './places.ts';
import { referenced } from './references.ts';
import type { Round } from './round.ts';

export interface KnownMatter {
  readonly id: string;
  readonly category: string;
  /** Null: the whole township. */
  readonly village: string | null;
  readonly groups: readonly string[];
  /** Masked, as announced. */
  readonly text: string;
  /** Last local day. */
  readonly until: string;
  readonly households: number;
  readonly reports: number;
  /** The case that stands for it: reporters who fit join it and get its answer. */
  readonly case: string | null;
}

const PREFIX = 'known:';

export function knownMatters(round: Round): readonly KnownMatter[] {
  const stored = [...round.loaded.facts].filter(([key]) => key.startsWith(PREFIX));
  const all = stored.map(([key, value]) => JSON.parse(round.facts[key] ?? value) as KnownMatter);
  return all.filter(({ until }) => until >= round.today);
}

export function knownFor(round: Round, matter: Matter, area: Area): KnownMatter | null {
  const fits = knownMatters(round).filter(
    (known) =>
      known.category === matter.category &&
      (known.village === null || known.village === area.village) &&
      (known.groups.length === 0 || area.groups.some((group) => known.groups.includes(group))),
  );
  return fits[0] ?? null;
}

/** Answers that it is in hand, counts the households, and lets the reporter hear the end of it. */
export function tellKnown(round: Round, known: KnownMatter, matter: Matter): void {
  const more = {
    ...known,
    households: known.households + (matter.households ?? 0),
    reports: known.reports + 1,
  };
  round.facts[`${PREFIX}${known.id}`] = JSON.stringify(more);
  const c = known.case === null ? null : round.case(known.case);
  if (c !== null && may(c.state, 'case_joined')) join(round, c, matter);
  round.answer('receipt', { template: 'receipt_known', params: { text: known.text } }, c?.number ?? null);
}

function join(round: Round, c: Case, matter: Matter): void {
  const { turn } = round;
  const { inbound } = turn;
  const message = `${inbound.account}|${inbound.chat.id}|${inbound.messageId ?? ''}`;
  const reporter = { who: turn.who, message, behalf: null, via: inbound.account };
  const households = matter.households === null ? null : (c.households ?? 0) + matter.households;
  const work = new Work(c, round.ctx);
  work.event('case_joined', { from: null, reporters: [reporter], households });
  round.take(work.done());
}

/** Cases that known matters stand on: loaded before a report is held against them. */
export const knownCases = (facts: ReadonlyMap<string, string>): readonly string[] =>
  [...facts].flatMap(([key, value]) =>
    key.startsWith(PREFIX) ? ((JSON.parse(value) as KnownMatter).case ?? []) : [],
  );

/** Days a known matter holds where no end was named. */
const DEFAULT_DAYS = 3;

/** A dispatcher or an office announces: planned outage, works, a matter already in hand. */
export function setKnown(round: Round, reading: Reading): void {
  const { inbound } = round.turn;
  const ref = referenced(round, reading, 'merge');
  const c = ref.type === 'cases' ? (ref.cases[0] ?? null) : null;
  const words = reading.command?.text ?? (c === null ? reading.masked : c.summary);
  const matter = c !== null ? null : (reading.cases[0] ?? matterIn(round, words));
  const area = matter === null ? null : areaOf(round.turn, matter);
  const known: KnownMatter = {
    id: `${round.today}:${inbound.messageId ?? round.now}`,
    category: c?.category ?? matter?.category ?? 'gov.other',
    village: c?.village ?? area?.village ?? null,
    groups: c?.groups ?? area?.groups ?? [],
    text: words,
    until: reading.command?.until ?? addDays(round.today, DEFAULT_DAYS),
    households: 0,
    reports: 0,
    case: c?.number ?? null,
  };
  round.facts[`${PREFIX}${known.id}`] = JSON.stringify(known);
  round.whisper('notice', { template: 'known_matter_set', params: { text: known.text, count: 0 } });
}
