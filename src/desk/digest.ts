/** 月报 and 台账 on demand: the figures are made after the commit, as a task; who may not see them is told so. */

import { refuse } from '../domain/decide/work.ts';
import type { Reading } from '../intake/reading.ts';
import { localDate } from '../kernel/zone.ts';
import type { Round } from './round.ts';
import { hasRole } from './turn.ts';

export function digestAsked(round: Round, reading: Reading): boolean {
  const { turn, now, today } = round;
  if (!hasRole(turn, 'secretary', 'recorder', 'dispatcher', 'admin') || turn.person === null) {
    round.refuse(refuse('not_for_you', { command: 'digest', turnTo: 'secretary' }).refusal);
    return true;
  }
  const period = reading.command?.extra.period ?? today.slice(0, 7);
  if (period > localDate(now, turn.policy.calendar.timezone).slice(0, 7)) {
    round.refuse(refuse('too_early', { command: 'digest' }).refusal);
    return true;
  }
  const key = `digest:asked:${turn.who}:${turn.inbound.messageId ?? now}`;
  round.tasks.push({
    key,
    kind: 'digest',
    // 台账 asks for the register alone.
    payload: { period, to: turn.who, account: turn.inbound.account, want: reading.intent },
    runAt: now,
  });
  round.touched = true;
  return true;
}
