/**
 * Fetches what a report brought: at once, since some platforms' addresses live five minutes; a few times,
 * since networks fail; with an end that somebody hears of.
 */
import { draftOf, draftsTo } from '../digest/telling.ts';
import type { Case } from '../domain/case.ts';
import type { Say } from '../domain/messages.ts';
import { SECOND } from '../kernel/zone.ts';
import { CASE_FILES, type Media, readWaiting } from '../media/index.ts';
import { type MediaType, sniff } from '../media/sniff.ts';
import type { ChangeSet, Loaded, LoadSpec, OutboxDraft, TaskDraft } from '../store/port.ts';
import type { FileVault } from '../vault/index.ts';
import {
  batchOf,
  belongs,
  type Ending,
  factKey,
  factsIn,
  factsOf,
  factValue,
  isSettled,
  itemOf,
  keyMade,
  lostKey,
  type MediaFact,
  type MediaItem,
} from './media-facts.ts';
import { placeOfParty } from './media-people.ts';
import type { TaskContext, TaskHandler } from './tasks.ts';

/** After a failure, how long until the next try: six within the five minutes, then for more than an hour. */
export const RETRIES_MS = [5, 15, 40, 60, 120, 600, 3_600].map((seconds) => seconds * SECOND);
/** From this failure on the other files of the message go ahead. */
const LATE_AFTER = 3;

export const fetchMedia: TaskHandler = async ({ payload }, context) => {
  const { media } = context;
  if (!media) return;
  const item = itemOf(payload);
  const waited = await readWaiting(media, item.waiting).catch(() => null);
  const fetched =
    waited === null ? await media.platforms.fetch(item.ref) : ({ type: 'bytes', bytes: waited } as const);
  if (fetched.type === 'bytes') await take(item, fetched.bytes, media, context);
  else if (fetched.type === 'absent') await ended(item, { end: 'absent' }, context);
  else await again(item, context);
  await media.files.remove('waiting', item.waiting);
};

async function take(item: MediaItem, bytes: Uint8Array, media: Media, context: TaskContext): Promise<void> {
  const checked = check(bytes, context.policy.settings.cases.mediaMegabytes);
  if ('end' in checked) return ended(item, checked, context);
  const vault = await filesOf(item.case, media, context);
  // Its case was erased meanwhile.
  if (vault === null) return;
  const address = vault.address(bytes);
  await media.files.put('kept', address, vault.seal(address, bytes), context.now);
  await ended(item, { end: 'stored', address, type: checked.type }, context);
}

const BYTES_A_MEGABYTE = 1_000_000;

/** Size and content decide, never the name. */
export function check(
  bytes: Uint8Array,
  megabytes: number,
): { readonly type: MediaType } | (Ending & { readonly end: 'refused' }) {
  if (bytes.length > megabytes * BYTES_A_MEGABYTE) return { end: 'refused', why: 'size' };
  const type = sniff(bytes);
  return type === null ? { end: 'refused', why: 'kind' } : { type };
}

/** The case's own key for files, made with its first one; null where it was erased: then it is made no more. */
async function filesOf(number: string, media: Media, context: TaskContext): Promise<FileVault | null> {
  const made = keyMade(number);
  await write(context, { facts: [made] }, ({ facts }) =>
    facts.has(made) ? {} : { facts: { [made]: '1' }, vault: [media.vault.seal(number, CASE_FILES, '')] },
  );
  return caseFiles(number, media, context);
}

export async function caseFiles(
  number: string,
  media: Media,
  { store, scope }: Pick<TaskContext, 'store' | 'scope'>,
): Promise<FileVault | null> {
  const entries = await store.vaultEntries(scope, number);
  const entry = entries.find(({ field }) => field === CASE_FILES);
  return entry === undefined ? null : media.vault.files(entry);
}

/** Beside the task's own one writing: each of these may be done twice. */
async function write(
  { store, scope }: TaskContext,
  load: LoadSpec,
  decide: (loaded: Loaded) => Omit<ChangeSet<null>, 'answer'>,
): Promise<void> {
  const step = { load, decide: (loaded: Loaded) => ({ ...decide(loaded), answer: null }) };
  const [result] = await store.transact(scope, [step]);
  if (!result?.ok) throw result?.error ?? new Error('nothing was written');
}

async function again(item: MediaItem, context: TaskContext): Promise<void> {
  const wait = RETRIES_MS[item.tries];
  if (wait === undefined) return ended(item, { end: 'lost' }, context);
  const next: TaskDraft = {
    key: `${taskKey(item)}:${item.tries + 1}`,
    kind: 'media',
    payload: { ...item, tries: item.tries + 1 },
    runAt: context.now + wait,
  };
  if (item.tries === LATE_AFTER) await ended(item, { end: 'late' }, context, [next]);
  else await context.commit({}, () => ({ tasks: [next] }));
}

const taskKey = (item: MediaItem): string => `${factKey(item)}:fetch`;

/** Records how it ended; the last one of its message brings on what follows. */
async function ended(
  item: MediaItem,
  ending: Ending,
  context: TaskContext,
  next: readonly TaskDraft[] = [],
): Promise<void> {
  const { case: number } = item;
  let taken = true;
  await context.commit(
    { numbers: [number], factsWith: [factsOf(number)], facts: [lostKey(number)] },
    (loaded, now) => {
      const c = loaded.cases.get(number);
      taken = c !== undefined && belongs(c, item.message);
      if (c === undefined || !taken) return {};
      const facts = { [factKey(item)]: factValue(item, ending) };
      const all = factsIn(new Map([...loaded.facts, ...Object.entries(facts)]), number);
      const batch = all.filter((one) => batchOf(one) === item.batch);
      const told = ending.end === 'lost' && !loaded.facts.has(lostKey(number));
      return {
        facts: told ? { ...facts, [lostKey(number)]: String(now) } : facts,
        tasks: [...next, ...showing(item, batch, now)],
        outbox: [...(told ? lost(c, context) : []), ...refused(item, batch, context)],
      };
    },
  );
  if (!taken && ending.end === 'stored') await context.media?.files.remove('kept', ending.address);
}

function showing(item: MediaItem, batch: readonly MediaFact[], now: number): readonly TaskDraft[] {
  if (!isSettled(batch) || !batch.some(({ end }) => end === 'stored')) return [];
  const key = `media_show:${item.case}:${item.batch}.${item.nth}.${item.tries}`;
  return [{ key, kind: 'media_show', payload: { case: item.case }, runAt: now }];
}

/** A call away: the dispatchers hear once a case that a picture did not come. */
function lost(c: Case, context: TaskContext): readonly OutboxDraft[] {
  const say = { template: 'media_lost', params: { number: c.number } } as const;
  return draftsTo(context.policy.roster.roles.dispatchers, 'notice', say, context).map(about(c.number));
}

/** Only where nothing else usable came: who sent three photos and a program wants to hear nothing. */
function refused(item: MediaItem, batch: readonly MediaFact[], context: TaskContext): readonly OutboxDraft[] {
  const [first] = batch.flatMap((one) => (one.end === 'refused' ? [one] : []));
  const none = batch.every(({ end }) => end === 'refused' || end === 'absent');
  if (!isSettled(batch) || !none || first === undefined || item.by === null) return [];
  const account = item.ref.slice(0, item.ref.indexOf('|'));
  const place = placeOfParty(item.by, account, context);
  if (place === null) return [];
  const megabytes = context.policy.settings.cases.mediaMegabytes;
  const params = { number: item.case, why: first.why, megabytes };
  const say: Say = { template: 'media_refused', params };
  return [draftOf(place, 'notice', say, [], context.now)].map(about(item.case));
}

export const about =
  (number: string) =>
  (draft: OutboxDraft): OutboxDraft => ({ ...draft, case: number, cases: [number] });
