/** 督办 42 提醒函: supervision as ever, and the draft of a reminder letter for a person to sign or to drop. */
import { isOpen } from '../domain/case.ts';
import type { Reading } from '../intake/reading.ts';
import { referenced } from './references.ts';
import type { Round } from './round.ts';
import { runCommand, runOn } from './running.ts';
import { hasRole } from './turn.ts';

const LETTER = /提醒函/u;

export function supervised(round: Round, reading: Reading): boolean {
  const wanted = LETTER.test(reading.command?.reason ?? '') && hasRole(round.turn, 'secretary');
  const found = wanted ? referenced(round, reading, 'supervise') : null;
  if (found?.type !== 'cases') return runCommand(round, reading, 'supervise');
  const { who, inbound } = round.turn;
  for (const c of found.cases) {
    // Asked for once more, a letter is no second card.
    if (c.supervision === 'none' || !isOpen(c.state)) runOn(round, reading, 'supervise', c);
    // It is refused in words: a letter that asks to hurry would be nonsense.
    if (!isOpen(c.state)) continue;
    const { number, year, serial } = c;
    round.tasks.push({
      key: `letter:${number}:${inbound.messageId ?? round.now}`,
      kind: 'letter',
      payload: { number, year, serial, to: who, account: inbound.account },
      runAt: round.now,
    });
  }
  round.touched = true;
  return true;
}
