/** Killed again and again at points nobody chose: nothing acknowledged is lost, nothing happens twice. */
import { expect, test } from 'vitest';
import { hashShare } from '../../src/kernel/ids.ts';
import { count, newBot, Reader, reportLine, run } from './support.ts';

const MESSAGES = 60;
const KILLS = 4;

test('a bot that is killed at random points keeps its promises', { timeout: 180_000 }, async () => {
  const bot = await newBot();
  const reader = new Reader();
  const all = Array.from({ length: MESSAGES }, (_, n) => ({ id: `m${n}`, line: reportLine(n) }));
  for (let round = 0; round < KILLS; round++) {
    const left = all.filter(({ id }) => !reader.handled.has(id));
    // A platform also delivers again what was acknowledged, when the acknowledgement got lost.
    const repeated = all.filter(({ id }) => reader.handled.has(id) && hashShare(id, `again ${round}`) < 0.2);
    const lastSeen = 1 + Math.floor(hashShare(`round ${round}`, 'crash') * left.length);
    await run({
      args: bot.plain,
      lines: [...repeated, ...left].map(({ line }) => line),
      reader,
      deadly: (seen) => seen === lastSeen,
    });
    const { messages } = count(bot.db);
    for (const id of reader.handled) expect(messages).toContain(id);
  }
  await run({ args: bot.plain, lines: all.map(({ line }) => line), reader });
  const { cases, messages } = count(bot.db);
  expect(cases).toBe(MESSAGES);
  expect(new Set(messages).size).toBe(MESSAGES);
  expect(reader.handled.size).toBe(MESSAGES);
  for (const { id } of all) expect(reader.receiptsOf(id)).toHaveLength(1);
});
