/**
 * A changed township file or calendar moves what has not happened yet: the next step of every open case is
 * worked out anew. Nothing else of a case changes, and nothing is said.
 */
import { CASE_STATES, isOpen } from '../domain/case.ts';
import type { Policy } from '../domain/policy.ts';
import type { Step, Store } from '../store/port.ts';
import { stored } from './change.ts';

/** Cases read at a time: a page is over in a few milliseconds, and messages come in between. */
const PAGE = 200;
const OPEN = CASE_STATES.filter(isOpen);

/** What the plans rest on: another mark means that they are to be made anew. */
const markOf = ({ version, calendar }: Policy): string => `${version}:${calendar.coveredUntil}`;

/** @returns how many open cases were looked at; 0 where nothing they rest on has changed */
export async function replan(store: Store, policy: Policy): Promise<number> {
  const scope = { township: policy.roster.township.id };
  const mark = markOf(policy);
  const before = await store.meta(scope, 'planned');
  if (before === mark) return 0;
  let count = 0;
  let after: { year: number; serial: number } | undefined;
  for (;;) {
    const page = await store.cases(scope, {
      states: OPEN,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    const last = page.at(-1);
    if (last === undefined) break;
    await store.transact(
      scope,
      page.map(({ number }) => planStep(number, policy)),
    );
    count += page.length;
    after = { year: last.year, serial: last.serial };
  }
  await store.setMeta(scope, 'planned', mark);
  return count;
}

const planStep = (number: string, policy: Policy): Step<null> => ({
  load: { numbers: [number] },
  decide: ({ cases }, now) => {
    const c = cases.get(number);
    return c === undefined ? { answer: null } : { answer: null, cases: [stored(c, policy, now)] };
  },
});
