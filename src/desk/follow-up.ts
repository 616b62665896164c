/** 回访 42 …: what the person called said; 甄别 42 …: what becomes of it; 回访 alone: who waits for a call. */
import type { Reading } from '../intake/reading.ts';
import type { Round } from './round.ts';
import { runCommand } from './running.ts';
import { hasRole } from './turn.ts';

export function calledBack(round: Round, reading: Reading): boolean {
  if (listWanted(round, reading)) return askForList(round);
  return runCommand(round, reading, reading.command?.extra.screening === undefined ? 'follow_up' : 'screen');
}

/** In private, without a case and without a word more. */
function listWanted({ turn }: Round, reading: Reading): boolean {
  const bare = /^回访[。.!！~\s]*$/u.test(reading.masked.trim());
  return bare && turn.direct && turn.inbound.quote === null && hasRole(turn, 'dispatcher');
}

/** The list is made after the commit, as a task: it reads what closings have left. */
function askForList(round: Round): boolean {
  const { who, inbound } = round.turn;
  round.tasks.push({
    key: `follow_up:asked:${who}:${inbound.messageId ?? round.now}`,
    kind: 'follow_up',
    payload: { to: who, account: inbound.account },
    runAt: round.now,
  });
  round.touched = true;
  return true;
}
