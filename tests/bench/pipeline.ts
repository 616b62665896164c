/** Reports that are safe on disk, sent and settled: one by one, and with twenty waiting. */
import { join } from 'node:path';
import { type Bot, startBot } from './bot.ts';
import { alternate, timed } from './measure.ts';
import { openRaw, putAside, type Raw, readWritten, type Written } from './raw.ts';
import type { BenchSettings } from './row.ts';
import { benchTownship, line, reportText, writersOf } from './township.ts';

export async function pipeline({ folder, pairs, slice }: BenchSettings): Promise<object> {
  const alone = await openPipe(join(folder, 'alone.db'), slice);
  const crowd = await openPipe(join(folder, 'crowd.db'), slice);
  let raw: Raw | null = null;
  const result = await alternate(pairs, {
    oneByOne: () => alone.run(1),
    twentyWaiting: () => crowd.run(20),
    raw: async () => {
      crowd.written();
      const written = alone.written();
      raw ??= openRaw(join(folder, 'raw.db'), written);
      const opened = raw;
      return timed(slice, () => opened.write(written));
    },
  });
  await alone.stop();
  await crowd.stop();
  (raw as Raw | null)?.close();
  const names = ['oneByOne', 'twentyWaiting', 'raw'] as const;
  return {
    casesPerSecond: Object.fromEntries(names.map((name) => [name, result.perSecond(name)])),
    ratio: {
      oneByOneToRaw: result.ratio('oneByOne', 'raw'),
      twentyToRaw: result.ratio('twentyWaiting', 'raw'),
      twentyToOne: result.ratio('twentyWaiting', 'oneByOne'),
    },
    cpuMs: Object.fromEntries(names.map((name) => [name, result.cpuMs(name)])),
    aims: { oneByOneToRaw: 0.6, twentyToOne: 4 },
    ...{ pairs, slice },
  };
}

interface Pipe {
  /** A slice of reports, so many of them on their way at any time. */
  run(waiting: number): ReturnType<typeof timed>;
  /** What the last slice left in the database. */
  written(): readonly Written[];
  stop(): Promise<void>;
}

async function openPipe(file: string, slice: number): Promise<Pipe> {
  const township = benchTownship();
  const writers = writersOf(township.policy);
  const bot = await startBot(file, township);
  let count = 0;
  const report = (): Promise<void> => {
    const writer = writers[(count * 7) % writers.length];
    if (writer === undefined) throw new Error('nobody writes in this township');
    count += 1;
    return bot.take(line(`b${count}`, writer, reportText(count, writer)));
  };
  return {
    run: (waiting) =>
      timed(slice, async () => {
        let left = slice;
        const worker = async () => {
          while (left-- > 0) await report();
        };
        await Promise.all(Array.from({ length: waiting }, worker));
        await bot.settled();
      }),
    written: () => {
      const written = readWritten(file, count - slice, bot.queued());
      if (written.length !== slice) throw new Error(`${slice} reports made ${written.length} cases`);
      putAside(file);
      return written;
    },
    stop: () => stopSettled(bot, township.policy.roster.township.id),
  };
}

/** A figure is worth nothing where something was left undone. */
async function stopSettled(bot: Bot, township: string): Promise<void> {
  const open = await bot.store.outbox({ township }, { status: ['sending', 'queued'], limit: 1 });
  await bot.stop();
  if (open.length > 0) throw new Error('a message is not settled');
}
