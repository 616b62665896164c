/** Makes the list of people to call back from the facts that closings left, and says it once. */
import { draftOf, draftsTo, placeOf } from '../digest/telling.ts';
import type { Case } from '../domain/case.ts';
import { briefOf } from '../domain/decide/work.ts';
import {
  FOLLOW_UPS,
  type FollowUp,
  followUpKey,
  followUpsIn,
  followUpValue,
  isCalledBack,
  wasReached,
} from '../domain/follow-up.ts';
import type { FollowUpItem, Say } from '../domain/messages.ts';
import { DAY } from '../kernel/zone.ts';
import type { Loaded, OutboxDraft } from '../store/port.ts';
import { listAfter } from './follow-up.ts';
import type { TaskContext, TaskHandler } from './tasks.ts';

/** A phone shows about so many lines; the rest stand in the next list. */
const LINES = 12;
/** Whom nobody called in so long, nobody calls any more. */
const KEPT_MS = 30 * DAY;

interface List {
  readonly shown: readonly Case[];
  readonly more: number;
  readonly facts: Readonly<Record<string, string | null>>;
}

export const sendFollowUps: TaskHandler = async ({ payload }, context) => {
  const { day, to, account } = payload;
  if (typeof to === 'string') return answer(to, typeof account === 'string' ? account : null, context);
  if (typeof day !== 'string') throw new Error('a list of people to call back needs its day');
  // Caught up after days of silence, they are one list: the last one.
  if (listAfter(day, context.policy) <= context.now) return;
  await say(context, (list, words) =>
    list.shown.length === 0
      ? []
      : draftsTo(context.policy.roster.roles.dispatchers, 'follow_up', words, context),
  );
};

/** Asked for in chat: all who still wait for a call, at once; the next morning's list stays as it is. */
async function answer(to: string, account: string | null, context: TaskContext): Promise<void> {
  const place = placeOf(to, account, context);
  if (place === null) return;
  await say(context, (_, words) => [draftOf(place, 'follow_up', words, [], context.now)], true);
}

async function say(
  context: TaskContext,
  drafts: (list: List, words: Say) => readonly OutboxDraft[],
  asked = false,
): Promise<void> {
  const { store, scope } = context;
  const numbers = followUpsIn(await store.facts(scope, FOLLOW_UPS)).map(({ number }) => number);
  await context.commit({ numbers, events: numbers, factsWith: [FOLLOW_UPS] }, (loaded) => {
    const list = listOf(loaded, asked, context);
    const items = list.shown.map(itemOf);
    const words: Say = { template: 'follow_up', params: { items, more: list.more } };
    const about = list.shown.map(({ number }) => number);
    return {
      facts: asked ? {} : list.facts,
      outbox: drafts(list, words).map((draft) => ({
        ...draft,
        case: about.length === 1 ? (about[0] ?? null) : null,
        cases: about,
      })),
    };
  });
}

/** Whoever stands in it is marked; who is not called back any more is let go. */
function listOf(loaded: Loaded, asked: boolean, { policy, now }: TaskContext): List {
  const facts: Record<string, string | null> = {};
  const waiting: { readonly entry: FollowUp; readonly value: Case }[] = [];
  for (const entry of followUpsIn(loaded.facts)) {
    const value = loaded.cases.get(entry.number);
    const called = wasReached(loaded.events.get(entry.number) ?? []);
    const wanted = value !== undefined && !called && isCalledBack(value, policy.settings.followUp);
    if (!wanted || entry.closedAt + KEPT_MS < now) facts[followUpKey(entry.number)] = null;
    else if (asked || !entry.listed) waiting.push({ entry, value });
  }
  const shown = waiting.slice(0, LINES);
  for (const { entry } of shown) facts[followUpKey(entry.number)] = followUpValue({ ...entry, listed: true });
  return { shown: shown.map(({ value }) => value), more: waiting.length - shown.length, facts };
}

/** Of a protected matter no words go into the row either. */
function itemOf(c: Case): FollowUpItem {
  const brief = briefOf(c);
  if (!c.protected) return { brief, answer: c.answer, rating: c.rating };
  return { brief: { ...brief, summary: '', place: null, groups: [] }, answer: null, rating: null };
}
