/** Sends a digest to one person: made beside the chat, written once. */
import type { PersonId } from '../domain/roster.ts';
import type { TaskContext, TaskHandler } from '../schedule/tasks.ts';
import type { OutboxDraft, Store } from '../store/port.ts';
import { MIME } from './build.ts';
import { fileKept } from './keep.ts';
import { makeDigest } from './make.ts';
import { parsePeriod } from './period.ts';
import { draftOf, placeOf, unasked } from './telling.ts';

interface Made {
  readonly lines: readonly string[];
  readonly media: OutboxDraft['media'];
}

/** Tasks of one time are of one making: several secretaries get the same files. */
const kept = new WeakMap<Store, { readonly key: string; readonly made: Promise<Made> }>();

export const sendDigest: TaskHandler = async (task, context) => {
  const { period: name, to, account, want } = task.payload;
  if (typeof name !== 'string' || typeof to !== 'string')
    throw new Error('a digest needs a period and a person');
  const digest = await once(context.store, `${context.scope.township}|${name}|${task.runAt}`, () =>
    make(name, context),
  );
  const { lines, media } = want === 'register' ? registerOf(digest) : digest;
  const say = { template: 'digest', params: { period: name, lines } } as const;
  const place = placeOf(to, typeof account === 'string' ? account : null, context);
  // What was asked for comes at once; what comes round waits out the night it was caught up in.
  const at = typeof account === 'string' ? context.now : unasked(context);
  const draft = place === null ? null : draftOf(place, 'digest', say, media, at);
  const unreached = place === null ? tellDispatchers(to, digest.lines, context) : [];
  await context.commit({}, () => ({ outbox: draft === null ? unreached : [draft] }));
};

/** Its first line and the workbook. */
const registerOf = ({ lines, media }: Made): Made => ({
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
  const media: { name: string; mime: string; path: string }[] = [];
  // The weekly one is short: figures and charts; papers are for the month and its meeting.
  const files = period.kind === 'week' ? digest.files.filter(({ mime }) => mime === MIME.png) : digest.files;
  for (const { name: file, mime, bytes } of files) {
    const path = await fileKept(keepFile, `digest/${name}/${file}`, () => bytes);
    media.push({ name: file, mime, path });
  }
  return { lines: digest.lines, media };
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
