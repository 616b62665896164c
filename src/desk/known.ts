/** Known matters and announced works: what fits them is counted, answered and not opened a second time. */
import type { Matter, Reading } from '../intake/reading.ts';
import { addDays } from '../kernel/zone.ts';
import { matterIn } from './changes.ts';
import { type Area, areaOf } from './places.ts';
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

export function tellKnown(round: Round, known: KnownMatter, matter: Matter): void {
  const more = {
    ...known,
    households: known.households + (matter.households ?? 0),
    reports: known.reports + 1,
  };
  round.facts[`${PREFIX}${known.id}`] = JSON.stringify(more);
  round.answer('receipt', { template: 'receipt_known', params: { text: known.text } });
}

/** Days a known matter holds where no end was named. */
const DEFAULT_DAYS = 3;

/** A dispatcher or an office announces: planned outage, works, a matter already in hand. */
export function setKnown(round: Round, reading: Reading): void {
  const { inbound } = round.turn;
  const matter = reading.cases[0] ?? matterIn(round, reading.command?.text ?? reading.masked);
  const area = matter === null ? null : areaOf(round.turn, matter);
  const known: KnownMatter = {
    id: `${round.today}:${inbound.messageId ?? round.now}`,
    category: matter?.category ?? reading.command?.to ?? 'gov.other',
    village: area?.village ?? null,
    groups: area?.groups ?? [],
    text: reading.command?.text ?? reading.masked,
    until: reading.command?.until ?? addDays(round.today, DEFAULT_DAYS),
    households: 0,
    reports: 0,
  };
  round.facts[`${PREFIX}${known.id}`] = JSON.stringify(known);
  round.whisper('notice', { template: 'known_matter_set', params: { text: known.text, count: 0 } });
}
