/** Erases files: those taken back at once, those of erased cases and what was left over once a night. */
import { addDays, DAY, HOUR, type Instant, instantOf, localDate } from '../kernel/zone.ts';
import { CASE_FILES, type Media } from '../media/index.ts';
import type { Job } from './job.ts';
import { ALL_FILES, factsIn, factsOf, keyMade, lostKey, type MediaFact, shownOf } from './media-facts.ts';
import type { TaskContext, TaskHandler } from './tasks.ts';

const AT = '03:40';

export const mediaSweep: Job = {
  name: 'media_sweep',
  about: '清掉没人认领的照片、已抹去案件的附件和发过的副本，每天夜里一次',
  next(after, { calendar: { timezone } }) {
    const today = localDate(after, timezone);
    const at = instantOf(today, AT, timezone);
    return at > after ? at : instantOf(addDays(today, 1), AT, timezone);
  },
  tasks: (at) => [{ key: `media_sweep:${at}`, kind: 'media_sweep', payload: {}, runAt: at }],
};

/** 照片发错了, or a message recalled: its files go, unless another message of the case brought the same. */
export const forgetMedia: TaskHandler = async ({ payload }, context) => {
  const { media, store, scope } = context;
  const { case: number, message } = payload;
  if (!media || typeof number !== 'string') return;
  const all = factsIn(await store.facts(scope, factsOf(number)), number);
  const gone = all.filter((one) => message === null || one.message === message);
  const stay = new Set(addressesIn(all.filter((one) => !gone.includes(one))));
  for (const address of addressesIn(gone)) if (!stay.has(address)) await media.files.remove('kept', address);
  await context.commit({}, () => ({ facts: deleted(gone.map(({ id }) => `${factsOf(number)}${id}`)) }));
};

const addressesIn = (facts: readonly MediaFact[]): readonly string[] =>
  facts.flatMap((one) => (one.end === 'stored' ? [one.address] : []));

const deleted = (keys: Iterable<string>): Record<string, null> =>
  Object.fromEntries([...keys].map((key) => [key, null]));

/** Written before its record, a file may be minutes ahead of it. */
const YOUNG_MS = DAY;
/** Longer than any window in which a report is waited for. */
const WAITED_MS = HOUR;

export const sweepMedia: TaskHandler = async (_task, context) => {
  const { media, now } = context;
  if (!media) return;
  const { living, facts } = await eraseUnreadable(context);
  for (const { name, at } of await media.files.list('kept'))
    if (!living.has(name) && at + YOUNG_MS < now) await media.files.remove('kept', name);
  for (const { name, at } of await media.files.list('waiting'))
    if (at + WAITED_MS < now) await media.files.remove('waiting', name);
  await sweepCopies(media, now, context);
  await context.commit({}, () => ({ facts }));
};

/** A case without its key is erased: what is on record of its files goes too. */
async function eraseUnreadable({ store, scope }: TaskContext): Promise<{
  readonly living: ReadonlySet<string>;
  readonly facts: Readonly<Record<string, null>>;
}> {
  const all = await store.facts(scope, ALL_FILES);
  const numbers = new Set([...all.keys()].map((key) => key.split(':')[1] ?? ''));
  const living = new Set<string>();
  const facts: Record<string, null> = {};
  for (const number of numbers) {
    const own = factsIn(all, number);
    const stored = addressesIn(own);
    const entries = stored.length === 0 ? [] : await store.vaultEntries(scope, number);
    if (stored.length === 0 || entries.some(({ field }) => field === CASE_FILES)) {
      for (const address of stored) living.add(address);
      continue;
    }
    const shown = await store.facts(scope, shownOf(number));
    const keys = [...own.map(({ id }) => `${factsOf(number)}${id}`), ...shown.keys(), lostKey(number)];
    // That it had a key stays known: nothing is fetched for it any more.
    Object.assign(facts, deleted(keys.filter((key) => key !== keyMade(number))));
  }
  return { living, facts };
}

async function sweepCopies(media: Media, now: Instant, { store, scope }: TaskContext): Promise<void> {
  const rows = await store.outbox(scope, { status: ['queued', 'sending'] });
  const unsent = new Set(rows.flatMap((row) => row.media.map(({ path }) => path)));
  await media.outgoing.sweep(now - DAY, unsent);
}
