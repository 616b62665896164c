/** What a correction or a supplement changes: the facts its words name, read as a report's would be. */
import type { Case } from '../domain/case.ts';
import type { CorrectableFacts } from '../domain/events.ts';
import type { Matter } from '../intake/reading.ts';
import { understand } from '../intake/understand.ts';
import { areaOf } from './places.ts';
import type { Round } from './round.ts';
import { contextOf, limitsOf } from './turn.ts';

/** From here on the words of a correction name another category than the report did. */
const SURE = 0.6;

/** `更正 42 是3组` → the group; only what is said, the rest stays as it is. */
export function correctionIn(round: Round, c: Case, text: string): CorrectableFacts {
  const matter = matterIn(round, text);
  if (matter === null) return {};
  const area = areaOf(round.turn, matter);
  const placed = matter.group !== null || matter.groups.length > 0 || matter.neighborhood !== null;
  return {
    ...(matter.place === null ? {} : { place: matter.place }),
    ...(placed ? { groups: area.groups, neighborhood: area.neighborhood } : {}),
    ...(matter.village === null || area.village === null ? {} : { village: area.village }),
    ...(matter.households === null ? {} : { households: matter.households }),
    ...(matter.since === null ? {} : { since: matter.since }),
    ...(matter.confidence >= SURE && matter.category !== 'gov.other' && matter.category !== c.category
      ? { category: matter.category, urgency: matter.urgency }
      : {}),
    ...emergencyIn(matter),
    // Private stays private, whatever the new words are.
    ...(matter.sensitive && !c.sensitive ? { sensitive: true } : {}),
  };
}

/** A supplement adds what was not known; it moves nothing. */
export function supplementIn(round: Round, c: Case, text: string): CorrectableFacts {
  const matter = matterIn(round, text);
  if (matter === null) return {};
  return {
    ...(matter.place !== null && c.place === null ? { place: matter.place } : {}),
    ...(matter.households === null ? {} : { households: matter.households }),
    ...emergencyIn(matter),
  };
}

/** Danger is danger in whatever words it is told. */
export const emergencyIn = (matter: Matter): CorrectableFacts =>
  matter.urgency === 'U1' ? { urgency: 'U1' } : {};

export function dangerIn(round: Round, text: string): CorrectableFacts {
  const matter = matterIn(round, text);
  return matter === null ? {} : emergencyIn(matter);
}

/** The one matter that words name, though they are no report. */
export function matterIn(round: Round, text: string): Matter | null {
  const { turn, now } = round;
  const reading = understand(
    `#上报 ${text}`,
    { ...contextOf(turn, now), quoteText: null },
    limitsOf(turn.policy),
  );
  return reading.cases[0] ?? null;
}
