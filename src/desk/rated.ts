/** The reporter's word on an answer, and on a matter that mended before there was one. */
import type { Case } from '../domain/case.ts';
import { Work } from '../domain/decide/work.ts';
import { isReporter } from '../domain/rights.ts';
import { may } from '../domain/transitions.ts';
import type { Reading } from '../intake/reading.ts';
import { referenced } from './references.ts';
import type { Round } from './round.ts';
import { runCommand, runOn } from './running.ts';

export function rated(round: Round, reading: Reading): boolean {
  const c = worksAlready(reading) ? stillOpen(round, reading) : null;
  if (c === null) return runCommand(round, reading, 'rate');
  if (isReporter(c, round.actor)) runOn(round, reading, 'supplement', c);
  else passOn(round, c, reading.command?.text ?? reading.masked);
  return true;
}

/** 好了, 灯亮了: a statement, not a mark. */
const worksAlready = ({ command, masked, bareNumber }: Reading): boolean =>
  command?.score === 2 && bareNumber === null && !/满意/u.test(masked);

/** The case it is said of, where nobody has answered yet: there is nothing to rate, but the officer should know. */
function stillOpen(round: Round, reading: Reading): Case | null {
  const named = referenced(round, reading, 'rate');
  const forUs = round.turn.direct || round.turn.inbound.mentionsBot;
  const found = named.type === 'none' && forUs ? referenced(round, reading, 'urge') : named;
  const [only, ...more] = found.type === 'cases' ? found.cases : [];
  if (only === undefined || more.length > 0 || only.state === 'resolved') return null;
  return may(only.state, 'case_withdrawn') ? only : null;
}

/** Said by somebody else of the village or the office: whoever works on it hears it. */
function passOn(round: Round, c: Case, text: string): void {
  const work = new Work(c, round.ctx);
  work.event('case_supplemented', { text, media: [], changes: {}, reporter: null, contacts: [] });
  const params = { brief: work.brief, text, media: 0, to: 'officer' } as const;
  if (c.assignee === null) work.tellDispatchers('supplemented', { template: 'supplemented', params });
  else work.tellAssignee('supplemented', { template: 'supplemented', params });
  round.take(work.acknowledge('supplement').done());
}
