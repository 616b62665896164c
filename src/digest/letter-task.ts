/** Sends the draft of a reminder letter to the secretary who asked for it. */
import { wordsContext } from '../replies/context.ts';
import type { TaskContext, TaskHandler } from '../schedule/tasks.ts';
import { MIME } from './build.ts';
import type { CaseRecord } from './facts.ts';
import { fileKept } from './keep.ts';
import { paperFor } from './papers.ts';
import { draftOf, placeOf } from './telling.ts';
import { drawBeside } from './thread.ts';

export const sendLetter: TaskHandler = async ({ payload }, context) => {
  const { to, account } = payload;
  const record = await find(payload, context);
  if (record === null || typeof to !== 'string') throw new Error('a letter needs its case and a person');
  const { policy, now } = context;
  const { number, dueAt } = record.value;
  const late = dueAt === null ? 0 : policy.calendar.workingDaysBetween(dueAt, now);
  const ctx = wordsContext(policy, now, false);
  const name = `${number}工作提醒函（草稿）.docx`;
  const path = await fileKept(context.keepFile, `letters/${name}`, () =>
    drawBeside(paperFor({ kind: 'letter', record, late }, policy, now)),
  );
  const place = placeOf(to, typeof account === 'string' ? account : null, context);
  if (place === null) return;
  const english = ctx.locale === 'en';
  const lines = english
    ? [`${number}: the draft of a reminder letter is attached. It is sent by nobody but you.`]
    : [`${number} 的工作提醒函草稿在附件，没有文号。发不发、怎么改，由您定。`];
  const say = { template: 'meeting', params: { lines } } as const;
  const draft = draftOf(place, 'notice', say, [{ name, mime: MIME.docx, path }], now);
  await context.commit({}, () => ({ outbox: [{ ...draft, case: number, cases: [number] }] }));
};

async function find(
  { number, year, serial }: Readonly<Record<string, unknown>>,
  { store, scope }: TaskContext,
): Promise<CaseRecord | null> {
  if (typeof number !== 'string' || typeof year !== 'number' || typeof serial !== 'number') return null;
  const [value] = await store.cases(scope, { after: { year, serial: serial - 1 }, limit: 1 });
  if (value === undefined || value.number !== number) return null;
  return { value, events: await store.events(scope, [number]) };
}
