/** The four windows in which a process can die between a message and the record of its answer. */
import { describe, expect, test } from 'vitest';
import { count, newBot, Reader, reportLine, run } from './support.ts';

const LINES = [1, 2, 3].map(reportLine);
const MESSAGES = ['m1', 'm2', 'm3'];

/** Dies at the window, comes back, gets again what was not acknowledged. */
async function dieAndReturn(window: string, nth: number) {
  const bot = await newBot();
  const reader = new Reader();
  const signal = await run({ args: bot.fragile(window, nth), lines: LINES, reader });
  expect(signal).toBe('SIGKILL');
  const acknowledged = [...reader.handled];
  const again = LINES.filter((_, i) => !reader.handled.has(`m${i + 1}`));
  await run({ args: bot.plain, lines: again, reader });
  return { bot, reader, acknowledged };
}

describe.for([
  ['before_commit', 2],
  ['commit_ack', 2],
  ['commit_send', 3],
  ['send_settle', 3],
] as const)('killed in the window %s', ([window, nth]) => {
  test('each message has one case and one receipt, and none is lost', { timeout: 60_000 }, async () => {
    const { bot, reader, acknowledged } = await dieAndReturn(window, nth);
    expect([...reader.handled].toSorted()).toEqual(MESSAGES);
    const { cases, messages } = count(bot.db);
    expect(cases).toBe(3);
    expect(messages.toSorted()).toEqual(MESSAGES);
    expect(acknowledged.every((id) => messages.includes(id))).toBe(true);
    for (const message of MESSAGES) expect(reader.receiptsOf(message)).toHaveLength(1);
    // What was settled is sent; nothing hangs between.
    expect(
      Object.keys(count(bot.db).outbox).filter((status) => !['sent', 'queued'].includes(status)),
    ).toEqual([]);
  });
});

describe('killed between send and settle', () => {
  test('a channel that drops repeats gets the same id again', { timeout: 60_000 }, async () => {
    const { reader } = await dieAndReturn('send_settle', 1);
    expect(reader.repeats).toBe(1);
  });

  test('a channel that can not: the row is unknown, a person is told, nothing is sent twice', {
    timeout: 60_000,
  }, async () => {
    const bot = await newBot();
    const reader = new Reader();
    await run({ args: bot.fragile('send_settle', 1, 'forgetful'), lines: [reportLine(1)], reader });
    await run({ args: bot.fragile('none', 1, 'forgetful'), lines: [reportLine(1)], reader });
    expect(reader.repeats).toBe(0);
    expect(reader.receiptsOf('m1')).toHaveLength(1);
    expect(count(bot.db).outbox.unknown).toBe(1);
    expect([...reader.sends.values()].some(({ kind, id }) => kind === 'notice' && id !== 'o1')).toBe(true);
  });
});
