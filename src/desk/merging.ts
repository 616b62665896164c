/** 并案: a dispatcher makes two cases one; a reporter may propose it. All reporters get the answer. */
import type { Case } from '../domain/case.ts';
import { briefOf, party, refuse, Work } from '../domain/decide/work.ts';
import { isReporter } from '../domain/rights.ts';
import { may } from '../domain/transitions.ts';
import type { Reading } from '../intake/reading.ts';
import { referenced } from './references.ts';
import type { Round } from './round.ts';
import { hasRole } from './turn.ts';

export function merge(round: Round, reading: Reading): boolean {
  const found = referenced(round, reading, 'merge');
  if (found.type === 'unknown') {
    round.refuse(refuse('no_such_case', { command: 'merge', number: found.ref }).refusal);
    return true;
  }
  const cases = found.type === 'none' ? [] : found.cases;
  if (hasRole(round.turn, 'dispatcher', 'secretary')) join(round, cases);
  else propose(round, cases, reading);
  return true;
}

const byAge = (a: Case, b: Case): number => a.year - b.year || a.serial - b.serial;

/** Into the oldest: its clock has run longest. */
function join(round: Round, cases: readonly Case[]): void {
  const [main, ...others] = [...cases].sort(byAge);
  if (main === undefined || others.length === 0) {
    round.refuse(refuse('needs_reference', { command: 'merge' }).refusal);
    return;
  }
  for (const other of others) joinOne(round, main.number, other);
}

function joinOne(round: Round, into: string, other: Case): void {
  const target = round.case(into);
  if (target === null || !may(target.state, 'case_joined') || !may(other.state, 'case_merged')) {
    const stuck = target !== null && may(target.state, 'case_joined') ? other : (target ?? other);
    round.refuse(
      refuse('wrong_state', { command: 'merge', number: stuck.number, state: stuck.state }).refusal,
    );
    return;
  }
  // Who stands behind a protected report, and whom it accuses, must not come into another's case.
  if (target.protected || other.protected) {
    round.refuse(refuse('not_possible_here', { command: 'merge', number: other.number }).refusal);
    return;
  }
  const duplicate = new Work(other, round.ctx);
  const { assignee } = other;
  duplicate.event('case_merged', { into });
  const main = new Work(target, round.ctx);
  const households = sum(target.households, other.households);
  main.event('case_joined', { from: other.number, reporters: other.reporters, households });
  const say = (to: 'reporter' | 'officer') =>
    ({ template: 'merged', params: { brief: duplicate.brief, into: main.brief, to } }) as const;
  duplicate.tellReporters('merged', say('reporter'));
  if (assignee !== null) duplicate.tellAssignee('merged', say('officer'));
  duplicate.acknowledge('merge');
  passOnAnswer(main, other);
  round.take(main.done());
  round.take(duplicate.done());
}

/** Who joins a matter that was answered already hears the answer; the question was put to those before. */
function passOnAnswer(main: Work, { reporters }: Case): void {
  const { state, answer, outcome } = main.case;
  if (state !== 'resolved' || answer === null) return;
  const told = { brief: main.brief, text: answer, ask: false };
  for (const { who } of reporters) {
    if (outcome === 'explained')
      main.say(party(who), 'explained', { template: 'explained', params: { ...told, ground: null } });
    else {
      const partly = outcome === 'partly_fixed';
      main.say(party(who), 'resolved', { template: 'resolved', params: { ...told, partly } });
    }
  }
}

const sum = (a: number | null, b: number | null): number | null =>
  a === null && b === null ? null : (a ?? 0) + (b ?? 0);

/** A reporter's word that two are one: the dispatchers decide. */
function propose(round: Round, named: readonly Case[], reading: Reading): void {
  const own = round.mine.find((c) => isReporter(c, round.actor) && may(c.state, 'merge_proposed'));
  if (own === undefined) {
    round.answer('ask', { template: 'ask_matter', params: { brief: null } });
    return;
  }
  const other = named.find(({ number }) => number !== own.number) ?? alike(round, own);
  const work = new Work(own, round.ctx);
  work.event('merge_proposed', { with: other?.number ?? '' });
  const text = reading.command?.text ?? reading.masked;
  work.tellDispatchers('notice', {
    template: 'merge_proposed',
    params: { brief: work.brief, with: other === null ? null : briefOf(other), text },
  });
  round.take(work.acknowledge('propose_merge').done());
}

/** The only other open case of the same kind in the village, where there is just one. */
function alike(round: Round, own: Case): Case | null {
  const others = round
    .found(`similar:${own.village}:${own.category}`)
    .filter(({ number }) => number !== own.number);
  const [only] = others;
  return others.length === 1 && only ? only : null;
}
