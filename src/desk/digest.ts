/** 月报 and 台账 on demand: the figures are made after the commit, as a task; who may not see them is told so. */
import { areaNamed, maySeeArea, ownAreas, viewerOf } from '../domain/areas.ts';
import { refuse } from '../domain/decide/work.ts';
import type { Reading } from '../intake/reading.ts';
import { localDate } from '../kernel/zone.ts';
import type { Round } from './round.ts';
import { hasRole } from './turn.ts';

export function digestAsked(round: Round, reading: Reading): boolean {
  const { township, areas } = asked(round, reading);
  if (!township && areas.length === 0) {
    round.refuse(refuse('not_for_you', { command: 'digest', turnTo: 'secretary' }).refusal);
    return true;
  }
  const { turn, now, today } = round;
  const period = reading.command?.extra.period ?? today.slice(0, 7);
  if (period > localDate(now, turn.policy.calendar.timezone).slice(0, 7)) {
    round.refuse(refuse('too_early', { command: 'digest' }).refusal);
    return true;
  }
  const { who, inbound } = turn;
  const by = `asked:${who}:${inbound.messageId ?? now}`;
  const payload = { period, to: who, account: inbound.account };
  // 台账 asks for the register alone.
  if (township)
    round.tasks.push({
      ...{ key: `digest:${by}`, kind: 'digest', runAt: now },
      payload: { ...payload, want: reading.intent },
    });
  for (const area of areas)
    round.tasks.push({
      ...{ key: `area:${area}:${by}`, kind: 'area', runAt: now },
      payload: { ...payload, area },
    });
  round.touched = true;
  return true;
}

interface Asked {
  readonly township: boolean;
  /** Ids of areas. */
  readonly areas: readonly string[];
}

/** An area that is named is all that is meant; else what there is to see for whoever asks. */
function asked({ turn }: Round, { masked, intent }: Reading): Asked {
  const { person, policy } = turn;
  if (person === null) return { township: false, areas: [] };
  const { areas = [], roster } = policy;
  const viewer = viewerOf(roster.township.id, person.id);
  const named = intent === 'digest' ? areaNamed(masked, areas) : null;
  if (named !== null)
    return { township: false, areas: maySeeArea(viewer, named.id, areas) ? [named.id] : [] };
  return {
    township: hasRole(turn, 'secretary', 'recorder', 'dispatcher', 'admin'),
    areas: intent === 'digest' ? ownAreas(viewer, areas).map(({ id }) => id) : [],
  };
}
