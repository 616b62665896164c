/** Shows a case's files: copies without metadata, in private, to whoever has the case or asked and may see it. */
import { createHash } from 'node:crypto';
import { draftOf, unasked } from '../digest/telling.ts';
import { absencesOn, presence } from '../domain/absences.ts';
import { CASE_STATES, type Case, isOpen, type Party } from '../domain/case.ts';
import type { Policy } from '../domain/policy.ts';
import type { Presence } from '../domain/routing.ts';
import { localDate } from '../kernel/zone.ts';
import type { Media } from '../media/index.ts';
import type { Copy } from '../media/outgoing.ts';
import { type MediaType, TYPE_FACTS } from '../media/sniff.ts';
import { strip } from '../media/strip.ts';
import type { AuditEntry, Loaded, OutboxDraft } from '../store/port.ts';
import type { FileVault } from '../vault/index.ts';
import { belongs, factsIn, factsOf, type MediaFact, shownKey, shownOf } from './media-facts.ts';
import { about, caseFiles } from './media-fetch.ts';
import { placeOfParty, type Reader, readersOf } from './media-people.ts';
import type { TaskContext, TaskHandler } from './tasks.ts';

interface Known {
  readonly value: Case;
  readonly facts: readonly MediaFact[];
  /** Ids of files that a person was shown, by the fact's key. */
  readonly shown: ReadonlyMap<string, readonly string[]>;
  /** Who stands in for whom today. */
  readonly present: Presence;
}

/** What one reader gets: copies and what is missing beside them. */
interface Shown {
  readonly copies: readonly (Copy & { readonly mime: string; readonly kind: Kind })[];
  readonly withheld: number;
  readonly lost: number;
  readonly waiting: number;
  /** What counts as shown by it. */
  readonly ids: readonly string[];
}

type Kind = 'photos' | 'videos' | 'sounds';

export const showMedia: TaskHandler = async (task, context) => {
  const { case: number, to, account, asked } = task.payload;
  if (typeof number !== 'string') throw new Error('files are shown of a case');
  const party = typeof to === 'string' ? to : null;
  const known = await look(number, context);
  if (known === null) return;
  if (asked === true && party !== null) {
    const place = placeOfParty(party, typeof account === 'string' ? account : null, context);
    if (place !== null) await show(task.key, known, [{ who: party, place }], true, context);
    return;
  }
  const able = context.accounts.filter((one) => context.media?.platforms.shows(one));
  const readers = readersOf(known.value, party, known.present, { ...context, accounts: able });
  await show(task.key, known, readers, false, context);
};

/** The case with what is on record of its files, without writing anything. */
async function look(number: string, { store, scope, policy }: TaskContext): Promise<Known | null> {
  const load = { numbers: [number], factsWith: [factsOf(number), shownOf(number), 'absence:'] };
  const decide = (loaded: Loaded, now: number) => ({ answer: knownIn(loaded, number, policy, now) });
  const [result] = await store.transact<Known | null>(scope, [{ load, decide }]);
  if (!result?.ok) throw result?.error ?? new Error('nothing was read');
  return result.answer;
}

function knownIn({ cases, facts }: Loaded, number: string, policy: Policy, now: number): Known | null {
  const value = cases.get(number);
  if (value === undefined) return null;
  const shown = [...facts].filter(([key]) => key.startsWith(shownOf(number)));
  return {
    value,
    facts: factsIn(facts, number).filter(({ message }) => belongs(value, message)),
    shown: new Map(shown.map(([key, ids]) => [key, JSON.parse(ids) as string[]])),
    present: presence(absencesOn(localDate(now, policy.calendar.timezone), facts, policy)),
  };
}

async function show(
  key: string,
  known: Known,
  readers: readonly Reader[],
  asked: boolean,
  context: TaskContext,
): Promise<void> {
  const outbox: OutboxDraft[] = [];
  const facts: Record<string, string> = {};
  const audit: AuditEntry[] = [];
  const { number } = known.value;
  for (const reader of readers) {
    const seen = known.shown.get(shownKey(number, reader.who)) ?? [];
    const wanted = asked ? known.facts : known.facts.filter(({ id }) => !seen.includes(id));
    const shown = await prepared(wanted, known.value, context);
    if (!asked && shown.copies.length + shown.withheld === 0) continue;
    outbox.push(await message(key, known.value, reader, shown, asked, context));
    facts[shownKey(number, reader.who)] = JSON.stringify([...new Set([...seen, ...shown.ids])]);
    if (!asked) audit.push(entry(known.value, reader.who, shown.ids.length, context.now));
  }
  await context.commit({}, () => ({ outbox, facts, audit }));
}

/** Asked for, a reading is on record before this task is begun; see src/desk/photos.ts. */
const entry = (c: Case, to: Party, files: number, at: number): AuditEntry => ({
  at,
  by: 'clock',
  what: 'media_shown',
  case: c.number,
  detail: { to, files },
});

async function prepared(facts: readonly MediaFact[], c: Case, context: TaskContext): Promise<Shown> {
  const { media } = context;
  const files = media ? await caseFiles(c.number, media, context) : null;
  const shown = {
    copies: [] as Shown['copies'][number][],
    ids: [] as string[],
    withheld: 0,
    lost: facts.filter(({ end }) => end === 'lost').length,
    waiting: facts.filter(({ end }) => end === 'late').length,
  };
  // The same picture sent twice is one file, and one picture to look at.
  const seen = new Set<string>();
  for (const fact of facts) {
    if (fact.end !== 'stored' || !media || files === null) continue;
    shown.ids.push(fact.id);
    if (seen.has(fact.address)) continue;
    seen.add(fact.address);
    const bytes = await opened(fact.address, files, media, context);
    const copy = bytes === null ? null : strip(fact.type, bytes);
    if (bytes === null) shown.lost++;
    else if (copy === null) shown.withheld++;
    else shown.copies.push(named(copy, fact.type, shown.copies, context));
  }
  return shown;
}

/** Null where the disk has lost or damaged it: the others are shown all the same. */
async function opened(
  address: string,
  files: FileVault,
  media: Media,
  context: TaskContext,
): Promise<Uint8Array | null> {
  const sealed = await media.files.read('kept', address);
  try {
    return sealed === null ? null : files.open(address, sealed);
  } catch (error) {
    context.log?.error('a stored file does not open', { address, error });
    return null;
  }
}

const NAMES = {
  'zh-CN': { photos: '照片', videos: '视频', sounds: '录音' },
  en: { photos: 'photo-', videos: 'video-', sounds: 'sound-' },
} as const;

/** Never the sender's own name for it: phones and people write names and places into those. */
function named(
  bytes: Uint8Array,
  type: MediaType,
  before: Shown['copies'],
  { policy }: TaskContext,
): Shown['copies'][number] {
  const { mime, ending } = TYPE_FACTS[type];
  const kind = kindOf(mime);
  const nth = before.filter((one) => one.kind === kind).length + 1;
  return { name: `${NAMES[policy.roster.township.locale][kind]}${nth}.${ending}`, bytes, mime, kind };
}

const kindOf = (mime: string): Kind =>
  mime.startsWith('video/') ? 'videos' : mime.startsWith('audio/') ? 'sounds' : 'photos';

async function message(
  key: string,
  c: Case,
  { who, place }: Reader,
  shown: Shown,
  asked: boolean,
  context: TaskContext,
): Promise<OutboxDraft> {
  const { media, now } = context;
  const able = media?.platforms.shows(place.account) ?? false;
  const sent = able ? shown.copies : [];
  const label = `${c.number.replace(/[^\w-]/g, '')}-${hash(`${key} ${who}`)}`;
  const paths = sent.length > 0 ? ((await media?.outgoing.place(label, sent, now)) ?? []) : [];
  const count = (kind: Kind) => shown.copies.filter((one) => one.kind === kind).length;
  const { withheld, lost, waiting } = shown;
  const say = {
    template: 'media_shown',
    params: {
      number: c.number,
      ...{ photos: count('photos'), videos: count('videos'), sounds: count('sounds') },
      ...{ withheld, lost, waiting, able },
    },
  } as const;
  const files = sent.map(({ name, mime }, i) => ({ name, mime, path: paths[i] ?? '' }));
  const draft = about(c.number)(draftOf(place, 'notice', say, files, asked ? now : dueOf(c, context)));
  if (asked) return draft;
  // With the assignment it belongs to: before all else, and dropped where the case is over by then.
  return { ...draft, priority: c.urgency === 'U1' ? 0 : 5, guard: { case: c.number, states: OPEN } };
}

const OPEN = CASE_STATES.filter(isOpen);

/** As assignments go: those of U1 and U2 at any hour. */
const dueOf = ({ urgency }: Case, context: TaskContext): number =>
  urgency === 'U1' || urgency === 'U2' ? context.now : unasked(context);

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
