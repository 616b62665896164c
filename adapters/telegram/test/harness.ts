/** A Telegram adapter against the fake server, with a clock that the test moves. */

import { ManualClock } from '../../../src/kernel/clock.ts';
import { eventually, logTo, RecordingSink, START, WatchedTimers } from '../../../tests/adapters/support.ts';
import type { TelegramAdapter, TelegramOptions } from '../index.ts';
import { createTelegram, telegramConfig } from '../index.ts';
import { FakeTelegram, TOKEN } from './fake-telegram.ts';

export const GROUP = -1001;
export const SECRET = 'planted-secret_planted-secret';

export interface Running {
  readonly fake: FakeTelegram;
  readonly adapter: TelegramAdapter;
  readonly sink: RecordingSink;
  readonly timers: WatchedTimers;
  readonly clock: ManualClock;
  /** All that was logged, as text. */
  readonly lines: string[];
  stop(): Promise<void>;
}

export function optionsFor(root: string, over: Partial<TelegramOptions> = {}) {
  const clock = new ManualClock(START);
  const timers = new WatchedTimers(clock);
  const lines: string[] = [];
  const options: TelegramOptions = {
    ...telegramConfig.parse({ token: TOKEN, apiRoot: root }),
    id: 'telegram',
    clock,
    timers,
    log: logTo(lines),
    stateFile: null,
    groups: () => [],
    ...over,
  };
  return { options, clock, timers, lines };
}

/** @param fake one of before, to start anew on what it still holds */
export async function run(
  over: Partial<TelegramOptions> = {},
  sink = new RecordingSink(),
  fake?: FakeTelegram,
): Promise<Running> {
  const server = fake ?? (await FakeTelegram.open());
  const { options, clock, timers, lines } = optionsFor(server.root, over);
  const adapter = createTelegram(options);
  await adapter.start(sink);
  const stop = async (): Promise<void> => {
    await adapter.stop();
    await server.close();
  };
  return { fake: server, adapter, sink, timers, clock, lines, stop };
}

/** Uses an adapter that polls, and stops it whatever comes of it. */
export async function running<T>(
  use: (running: Running) => Promise<T>,
  over: Partial<TelegramOptions> = {},
  fake?: FakeTelegram,
): Promise<T> {
  const parts = await run(over, new RecordingSink(), fake);
  try {
    await eventually(() => parts.fake.polling);
    return await use(parts);
  } finally {
    await parts.stop();
  }
}

export const LIN = { id: 77, is_bot: false, first_name: '秀英', last_name: '林' };

export const groupMessage = (id: number, over: Readonly<Record<string, unknown>> = {}) => ({
  message: {
    message_id: id,
    from: LIN,
    chat: { id: GROUP, type: 'group', title: '龙塘湾村三长群' },
    date: START / 1_000,
    text: '3组王家桥路灯坏了两盏',
    ...over,
  },
});

export const photo = (id: number, album: string | null, over: Readonly<Record<string, unknown>> = {}) =>
  groupMessage(id, {
    text: undefined,
    photo: [
      { file_id: `small-${id}`, width: 90, height: 67 },
      { file_id: `large-${id}`, width: 1280, height: 960 },
    ],
    ...(album === null ? {} : { media_group_id: album }),
    ...over,
  });
