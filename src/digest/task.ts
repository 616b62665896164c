/** Sends a digest to one person: made beside the chat, written once. */
import { absencesOn, presence } from '../domain/absences.ts';
import type { PersonId } from '../domain/roster.ts';
import { localDate } from '../kernel/zone.ts';
import type { KeepFile, TaskContext, TaskHandler } from '../schedule/tasks.ts';
import type { OutboxDraft, Store, TaskRow } from '../store/port.ts';
import { type Bulletin, type DigestFile, MIME } from './build.ts';
import { fileKept } from './keep.ts';
import { makeDigest } from './make.ts';
import { parsePeriod } from './period.ts';
import { draftOf, placeOf, unasked } from './telling.ts';

type Media = OutboxDraft['media'];

interface Made {
  readonly lines: readonly string[];
  readonly media: Media;
  readonly bulletins: readonly (Pick<Bulletin, 'office' | 'lines'> & { readonly media: Media })[];
}

/** Several secretaries get the same files, and each office its part. */
const kept = new WeakMap<Store, { readonly key: string; readonly made: Promise<Made> }>();

export const sendDigest: TaskHandler = async (task, context) => {
  const { period: name, to, account, want } = task.payload;
  if (typeof name !== 'string' || typeof to !== 'string')
    throw new Error('a digest needs a period and a person');
  const digest = await madeFor(name, task, context);
  const { lines, media } = want === 'register' ? registerOf(digest) : digest;
  const say = { template: 'digest', params: { period: name, lines } } as const;
  const place = placeOf(to, typeof account === 'string' ? account : null, context);
  // What was asked for comes at once; what comes round waits out the night it was caught up in.
  const at = typeof account === 'string' ? context.now : unasked(context);
  const draft = place === null ? null : draftOf(place, 'digest', say, media, at);
  const unreached = place === null ? tellDispatchers(to, digest.lines, context) : [];
  await context.commit({}, () => ({ outbox: draft === null ? unreached : [draft] }));
};

/** 月通报 of one office: to its leader, or whoever stands in; without a leader to its officers. */
export const sendBulletin: TaskHandler = async (task, context) => {
  const { period: name, office } = task.payload;
  if (typeof name !== 'string' || typeof office !== 'string')
    throw new Error('a bulletin needs a period and an office');
  const { bulletins } = await madeFor(name, task, context);
  const own = bulletins.find((one) => one.office === office);
  const { policy, now } = context;
  const listed = policy.directory.office(office);
  // Nothing left over is no reason to write to anybody.
  if (own === undefined || listed === null) return;
  const { leader, officers } = listed;
  const today = localDate(now, policy.calendar.timezone);
  const say = { template: 'meeting', params: { lines: own.lines } } as const;
  await context.commit({ factsWith: ['absence:'] }, ({ facts }) => {
    const present = presence(absencesOn(today, facts, policy));
    const people = (leader === null ? officers : [leader]).map((who) => present(who) ?? who);
    return {
      outbox: [...new Set(people)].flatMap((who) => {
        const place = placeOf(who, null, context);
        if (place === null) return tellDispatchers(who, own.lines, context);
        return [draftOf(place, 'notice', say, own.media, unasked(context))];
      }),
    };
  });
};

/** Tasks of one time are of one making. */
const madeFor = (name: string, { runAt }: Pick<TaskRow, 'runAt'>, context: TaskContext): Promise<Made> =>
  once(context.store, `${context.scope.township}|${name}|${runAt}`, () => make(name, context));

/** Its first line and the workbook. */
const registerOf = ({ lines, media }: Made): Pick<Made, 'lines' | 'media'> => ({
  lines: lines.slice(0, 2),
  media: media.filter(({ mime }) => mime === MIME.xlsx),
});

function once(store: Store, key: string, make: () => Promise<Made>): Promise<Made> {
  const before = kept.get(store);
  if (before?.key === key) return before.made;
  const made = make();
  kept.set(store, { key, made });
  // A failure is tried again, not remembered.
  made.catch(() => kept.delete(store));
  return made;
}

async function make(name: string, context: TaskContext): Promise<Made> {
  const { store, scope, policy, now, keepFile } = context;
  const period = parsePeriod(name, policy.calendar.timezone);
  if (period === null) throw new Error(`${name} is no period`);
  const drawn = keepFile !== null;
  const digest = await makeDigest({ store, scope, policy, period, asOf: now, drawn });
  // The weekly one is short: figures and charts; papers are for the month and its meeting.
  const files = period.kind === 'week' ? digest.files.filter(({ mime }) => mime === MIME.png) : digest.files;
  const bulletins: Made['bulletins'][number][] = [];
  for (const { office, lines, file } of digest.bulletins)
    bulletins.push({
      office,
      lines,
      media: await filed(file === null ? [] : [file], `digest/${name}`, keepFile),
    });
  return { lines: digest.lines, media: await filed(files, `digest/${name}`, keepFile), bulletins };
}

async function filed(
  files: readonly DigestFile[],
  folder: string,
  keepFile: KeepFile | null,
): Promise<Media> {
  const media: Media[number][] = [];
  for (const { name, mime, bytes } of files)
    media.push({ name, mime, path: await fileKept(keepFile, `${folder}/${name}`, () => bytes) });
  return media;
}

/** A secretary without an account: the dispatcher prints it. */
function tellDispatchers(
  who: PersonId,
  lines: readonly string[],
  context: TaskContext,
): readonly OutboxDraft[] {
  const { policy } = context;
  const params = {
    person: who,
    name: policy.directory.person(who)?.name ?? '',
    kind: 'digest',
    brief: null,
    text: lines.join('\n'),
  } as const;
  return policy.roster.roles.dispatchers.flatMap((dispatcher) => {
    const place = placeOf(dispatcher, null, context);
    const say = { template: 'bot_cannot_reach', params } as const;
    return place === null ? [] : [draftOf(place, 'notice', say, [], unasked(context))];
  });
}
