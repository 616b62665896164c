/** The thread that builds digests: there while it is needed, gone when it has been idle for a while. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { DigestInput } from '../../src/digest/build.ts';
import { matterOf } from '../../src/digest/matters.ts';
import { drawPaper, paperFor } from '../../src/digest/papers.ts';
import { pastOf, spansOf } from '../../src/digest/past.ts';
import { DigestThread, IDLE_MS } from '../../src/digest/thread.ts';
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { at, testPolicy } from '../support/world.ts';
import { dated, period, ZONE } from './support.ts';

const { roster, taxonomy, settings } = testPolicy();
const november = period('2026-11');
const input: Omit<DigestInput, 'records' | 'before'> = {
  ...{ roster, taxonomy, drawn: false, pageMatters: 8, incidents: settings.incidents },
  period: november,
  asOf: at('2026-12-01 09:00'),
  past: pastOf([], spansOf(november, november.to, ZONE)),
};

async function* nothing(): AsyncGenerator<never> {}

test('ends when it has been idle, not before, and starts anew for the next digest', async () => {
  const timers = new ManualTimers(new ManualClock(0));
  const thread = new DigestThread(timers);
  expect(thread.alive).toBe(false);
  expect((await thread.build(nothing(), input)).lines[0]).toContain('2026年11月');
  timers.advanceBy(IDLE_MS - 1);
  expect(thread.alive).toBe(true);
  // Asked again in time, it has all its time again.
  await thread.build(nothing(), input);
  timers.advanceBy(IDLE_MS - 1);
  expect(thread.alive).toBe(true);
  timers.advanceBy(1);
  expect(thread.alive).toBe(false);
  expect((await thread.build(nothing(), input)).files).toHaveLength(5);
  timers.advanceBy(IDLE_MS);
  expect(thread.alive).toBe(false);
});

test('two digests asked for at once are built one after the other; the time of rest begins after the second', async () => {
  const timers = new ManualTimers(new ManualClock(0));
  const thread = new DigestThread(timers);
  const both = await Promise.all([thread.build(nothing(), input), thread.build(nothing(), input)]);
  expect(both.map(({ files }) => files.length)).toEqual([5, 5]);
  timers.advanceBy(IDLE_MS);
  expect(thread.alive).toBe(false);
});

test('ends at once where a digest fails: half of its cases may lie in it', async () => {
  const thread = new DigestThread(new ManualTimers(new ManualClock(0)));
  const gone = (): AsyncGenerator<never> =>
    ({
      next: () => Promise.reject(new Error('the database is gone')),
      [Symbol.asyncIterator]: () => gone(),
    }) as unknown as AsyncGenerator<never>;
  await expect(thread.build(gone(), input)).rejects.toThrow('the database is gone');
  expect(thread.alive).toBe(false);
  const miscounted = { ...input, past: { first: 0, spans: [] } };
  await expect(thread.build(nothing(), miscounted)).rejects.toThrow('nothing was counted');
  expect(thread.alive).toBe(false);
  expect((await thread.build(nothing(), input)).files).toHaveLength(5);
});

test('draws papers too, in turn with digests, byte for byte as the same words would be drawn here', async () => {
  const thread = new DigestThread(new ManualTimers(new ManualClock(0)));
  const record = { value: dated(1, { village: 'fl' }), events: [] };
  const policy = testPolicy();
  const matter = { matter: matterOf(record, input.asOf), words: null };
  const sheet = { office: 'cunjian', people: [], items: [matter] };
  const papers = [
    paperFor({ kind: 'letter', record, late: 3 }, policy, input.asOf),
    paperFor({ kind: 'sheet', sheet, date: '2026-12-20' }, policy, input.asOf),
    paperFor({ kind: 'minutes', minutes: [], date: '2026-12-20' }, policy, input.asOf),
  ];
  const [digest, ...drawn] = await Promise.all([
    thread.build(nothing(), input),
    ...papers.map((paper) => thread.draw(paper)),
  ]);
  expect(digest.files).toHaveLength(5);
  const here = await Promise.all(papers.map(drawPaper));
  expect(drawn.map((bytes) => Buffer.from(bytes).toString('base64'))).toEqual(
    here.map((bytes) => Buffer.from(bytes).toString('base64')),
  );
  // A paper that can't be drawn takes no digest along.
  const torn = paperFor({ kind: 'letter', record: { ...record, value: null as never }, late: 0 }, policy, 0);
  await expect(thread.draw(torn)).rejects.toThrow();
  expect((await thread.build(nothing(), input)).files).toHaveLength(5);
});

test('what the chat’s own thread loads for its tasks draws nothing: a page of Word would stop the chat', () => {
  const seen = new Set<string>();
  const walk = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    // Types are gone when it runs.
    const loaded = readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type )[^;]*? from '(\.[^']+)'/gmu,
    );
    for (const [, path = ''] of loaded) walk(resolve(dirname(file), path));
  };
  for (const task of ['task', 'letter-task', 'area-task', 'meeting/task'])
    walk(resolve(import.meta.dirname, `../../src/digest/${task}.ts`));
  const files = [...seen].map((file) => file.replace(/^.*\/src\//u, ''));
  expect(files).toContain('digest/thread.ts');
  expect(files.filter((file) => /\/(?:documents|charts)\/|meeting\/papers/u.test(file))).toEqual([]);
});
