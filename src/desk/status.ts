/** Status: state, office and date of the cases a person may see. Sensitive ones are never told in a group. */
import type { Case } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import { briefOf, refuse } from '../domain/decide/work.ts';
import type { Reading } from '../intake/reading.ts';
import { referenced } from './references.ts';
import type { Round } from './round.ts';

const AT_MOST = 6;

export function status(round: Round, reading: Reading): boolean {
  const found = referenced(round, reading, 'status');
  if (found.type === 'unknown') {
    round.refuse(refuse('no_such_case', { command: 'status', number: found.ref }).refusal);
    return true;
  }
  const cases = found.type === 'none' ? lately(round) : found.cases;
  if (cases.length === 0) round.answer('status', { template: 'nothing_open', params: {} });
  else show(round, cases);
  return true;
}

/** Without an open case: the last ones, so that "查询" is never answered with nothing at all. */
const lately = (round: Round): readonly Case[] =>
  round.mine.filter(({ state }) => state !== 'cancelled').slice(0, 3);

export function show(round: Round, cases: readonly Case[]): void {
  const { turn } = round;
  const ordered = [...cases].sort(
    (a, b) => Number(isOpen(b.state)) - Number(isOpen(a.state)) || b.receivedAt - a.receivedAt,
  );
  const items = ordered
    .slice(0, AT_MOST)
    .map((c) => ({ brief: briefOf(c), answer: c.answer, rating: c.rating }));
  const say = { template: 'status', params: { items, more: Math.max(0, ordered.length - AT_MOST) } } as const;
  const [only] = ordered;
  const number = ordered.length === 1 && only ? only.number : null;
  const secret = ordered.some((c) => c.sensitive || c.protected);
  if (turn.direct || !secret) {
    round.answer('status', say, number);
    return;
  }
  const { dutyPhone } = turn.policy.roster.township;
  round.answer('private', {
    template: 'private',
    params: { dutyPhone, reachable: round.reachable, recall: false },
  });
  round.whisper('status', say, number);
}
