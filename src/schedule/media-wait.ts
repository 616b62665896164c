/**
 * A head's photo that came before its report: fetched while its address lives, kept for the minutes in which
 * the report may come, then erased. Chatter is never stored.
 */
import { SECOND } from '../kernel/zone.ts';
import { putWaiting } from '../media/index.ts';
import { check, RETRIES_MS } from './media-fetch.ts';
import type { TaskContext, TaskHandler } from './tasks.ts';

interface Waiting {
  readonly ref: string;
  /** What its file is called while it waits. */
  readonly name: string;
  readonly until: number;
}

export const fetchWaiting: TaskHandler = async (task, context) => {
  const { media, policy } = context;
  const { kept, tries } = task.payload;
  const text = typeof kept === 'string' ? media?.reopen(kept) : null;
  if (!media || text == null || typeof tries !== 'number') return;
  const waiting = JSON.parse(text) as Waiting;
  if (context.now >= waiting.until) return;
  const fetched = await media.platforms.fetch(waiting.ref);
  if (fetched.type === 'absent') return;
  if (fetched.type === 'failed') return again(task.key, task.payload, tries, waiting, context);
  const fit = 'type' in check(fetched.bytes, policy.settings.cases.mediaMegabytes);
  // It may have taken minutes: what comes too late is not kept at all.
  if (fit && (await timeNow(context)) < waiting.until)
    await putWaiting(media, waiting.name, fetched.bytes, context.now);
};

async function again(
  key: string,
  payload: Readonly<Record<string, unknown>>,
  tries: number,
  { until }: Waiting,
  context: TaskContext,
): Promise<void> {
  const runAt = context.now + (RETRIES_MS[tries] ?? 60 * SECOND);
  if (runAt >= until) return;
  const next = { key: `${key}+`, kind: 'media_wait', payload: { ...payload, tries: tries + 1 }, runAt };
  await context.commit({}, () => ({ tasks: [next] }));
}

async function timeNow({ store, scope, now }: TaskContext): Promise<number> {
  const [result] = await store.transact(scope, [{ load: {}, decide: (_, at) => ({ answer: at }) }]);
  return result?.ok ? result.answer : now;
}

/** Its time is over: whether a report took it or not, here it stays no longer. */
export const dropWaiting: TaskHandler = async ({ payload }, { media }) => {
  if (typeof payload.name === 'string') await media?.files.remove('waiting', payload.name);
};
