/** What the tests of every adapter use: a clock they move, a sink that remembers, waiting without delays. */
import { expect } from 'vitest';
import { ManualTimers } from '../../src/kernel/clock.ts';
import type { AdapterLog } from '../../src/kit/index.ts';
import type { Inbound, Sink, Taken } from '../../src/port.ts';

/** 2026-11-02, a Monday, 08:30 in Shanghai. */
export const START = Date.UTC(2026, 10, 2, 0, 30);

/** Tells what is being waited for, so that a test moves the clock no sooner. */
export class WatchedTimers extends ManualTimers {
  readonly #waiting: number[] = [];

  override after(milliseconds: number, run: () => void): () => void {
    this.#waiting.push(milliseconds);
    let over = false;
    const done = (): void => {
      if (!over) this.#waiting.splice(this.#waiting.indexOf(milliseconds), 1);
      over = true;
    };
    const cancel = super.after(milliseconds, () => {
      done();
      run();
    });
    return () => {
      done();
      cancel();
    };
  }

  isWaiting(milliseconds: number): boolean {
    return this.#waiting.includes(milliseconds);
  }
}

const TURNS = 200_000;

/** Waits by turns of the event loop: long enough for a disk and a socket of a machine that is busy. */
export async function eventually(condition: () => boolean, turns = TURNS): Promise<void> {
  for (let turn = 0; turn < turns && !condition(); turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(condition(), 'waited in vain').toBe(true);
}

/** Until somebody waits for so long; then that time has passed. */
export async function pass(
  { timers }: { readonly timers: WatchedTimers },
  milliseconds: number,
): Promise<void> {
  await eventually(() => timers.isWaiting(milliseconds));
  timers.advanceBy(milliseconds);
}

/** Remembers; has one effect for each key, as the core has. */
export class RecordingSink implements Sink {
  readonly received: Inbound[] = [];
  readonly effects: Inbound[] = [];
  readonly #keys = new Set<string>();
  /** How many of the next events throw, as a store that is away would. */
  failures = 0;
  failure = 'the store is away';
  /** What to wait for before the commit. */
  hold: Promise<void> | null = null;
  /** What to wait for after it. */
  stuck: Promise<void> | null = null;

  async receive(inbound: Inbound): Promise<Taken> {
    this.received.push(inbound);
    await this.hold;
    if (this.failures > 0) {
      this.failures--;
      throw new Error(this.failure);
    }
    const key = `${inbound.chat.id} ${inbound.eventKey}`;
    const repeated = this.#keys.has(key);
    if (!repeated) this.effects.push(inbound);
    this.#keys.add(key);
    await this.stuck;
    return { outcome: repeated ? 'repeated' : 'done', flushed: Promise.resolve() };
  }
}

/** Each line with its fields as text, so that a planted secret is found wherever it stands. */
export function logTo(lines: string[]): AdapterLog {
  const write = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  return { info: write, warn: write, error: write };
}
