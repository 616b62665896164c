/** A Telegram adapter against the fake server, with a clock that the test moves. */

import type { AdapterLog } from '@huiyin/core/kit';
import { ManualClock, ManualTimers } from '../../../src/kernel/clock.ts';
import type { Inbound, Sink, Taken } from '../../../src/port.ts';
import type { TelegramAdapter, TelegramOptions } from '../index.ts';
import { createTelegram, telegramConfig } from '../index.ts';
import { FakeTelegram, TOKEN } from './fake-telegram.ts';

export const START = Date.UTC(2026, 10, 2, 0, 30);
export const GROUP = -1001;
export const SECRET = 'planted-secret_planted-secret';

/** Tells what is being waited for, so that a test moves the clock no sooner. */
export class WatchedTimers extends ManualTimers {
  readonly #waiting: number[] = [];

  override after(milliseconds: number, run: () => void): () => void {
    this.#waiting.push(milliseconds);
    const over = (): void => {
      const index = this.#waiting.indexOf(milliseconds);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
    const cancel = super.after(milliseconds, () => {
      over();
      run();
    });
    let cancelled = false;
    return () => {
      if (!cancelled) over();
      cancelled = true;
      cancel();
    };
  }

  isWaiting(milliseconds: number): boolean {
    return this.#waiting.includes(milliseconds);
  }
}

const TURNS = 200_000;

/** Waits by turns of the event loop: long enough for a disk and a socket of a machine that is busy. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < TURNS && !condition(); turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (!condition()) throw new Error('waited in vain');
}

/** Until somebody waits for so long; then that time has passed. */
export async function pass(
  { timers }: { readonly timers: WatchedTimers },
  milliseconds: number,
): Promise<void> {
  await until(() => timers.isWaiting(milliseconds));
  timers.advanceBy(milliseconds);
}

/** Remembers; has one effect for each key, as the core has. */
export class RecordingSink implements Sink {
  readonly received: Inbound[] = [];
  readonly effects: Inbound[] = [];
  readonly #keys = new Set<string>();
  /** How many of the next events throw, as a store that is away would. */
  failures = 0;
  /** What to wait for before the commit. */
  hold: Promise<void> | null = null;
  /** What to wait for after it. */
  stuck: Promise<void> | null = null;

  async receive(inbound: Inbound): Promise<Taken> {
    this.received.push(inbound);
    await this.hold;
    if (this.failures > 0) {
      this.failures--;
      throw new Error('the store is away');
    }
    const key = `${inbound.chat.id} ${inbound.eventKey}`;
    const repeated = this.#keys.has(key);
    if (!repeated) this.effects.push(inbound);
    this.#keys.add(key);
    await this.stuck;
    return { outcome: repeated ? 'repeated' : 'done', flushed: Promise.resolve() };
  }
}

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

export function logTo(lines: string[]): AdapterLog {
  const write = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  return { info: write, warn: write, error: write };
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
    await until(() => parts.fake.polling);
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
