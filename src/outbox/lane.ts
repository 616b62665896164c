/** One account's queue: one message a chat at a time, the most urgent first, at the platform's pace. */
import type { Cancel, Clock, Timers } from '../kernel/clock.ts';
import type { Instant } from '../kernel/zone.ts';
import type { OutboxRow } from '../store/port.ts';
import type { Turn } from './order.ts';
import { compareTurns } from './order.ts';
import type { Pace } from './pace.ts';

export interface Entry {
  readonly row: OutboxRow;
  readonly turn: Turn;
  /** From here on its lease is too near its end: the store takes it back. */
  readonly keepUntil: Instant;
  /** It was settled, given back, or handed over to a channel that will acknowledge it. */
  readonly done: () => void;
}

export interface LaneOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly pace: Pace;
  /** Chats served at once. One keeps the order of all sends of the account. */
  readonly parallel: number;
  /** Sends and settles; never throws. Several entries are receipts to send as one message. */
  readonly deliver: (entries: readonly [Entry, ...Entry[]]) => Promise<void>;
  /** Gives a row back to the store, to be claimed at that time or later. */
  readonly giveBack: (entry: Entry, at: Instant) => Promise<void>;
}

/** Receipts in one message at most: more would outgrow what platforms take. */
const MOST_JOINED = 10;

export class Lane {
  readonly #options: LaneOptions;
  /** In the order of their turns. */
  #waiting: Entry[] = [];
  readonly #busy = new Set<string>();
  /** Chats whose next message had to wait: receipts that gathered meanwhile become one message. */
  readonly #held = new Set<string>();
  #alarm: Cancel | null = null;
  #stopped = false;
  /** Work that `stop` waits for. */
  readonly #running = new Set<Promise<void>>();

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  add(entries: readonly Entry[]): void {
    if (this.#stopped) {
      for (const entry of entries) this.#track(this.#return(entry, this.#options.clock.now()));
      return;
    }
    for (const entry of entries) this.#insert(entry);
    this.#pump();
  }

  /** Ends what is under way; gives back what has not begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarm?.();
    await Promise.all(this.#running);
    const now = this.#options.clock.now();
    for (const entry of this.#waiting.splice(0)) await this.#return(entry, now);
  }

  #insert(entry: Entry): void {
    let low = 0;
    let high = this.#waiting.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#waiting[middle];
      if (other && compareTurns(other.turn, entry.turn) <= 0) low = middle + 1;
      else high = middle;
    }
    this.#waiting.splice(low, 0, entry);
  }

  #pump(): void {
    if (this.#stopped) return;
    while (this.#busy.size < this.#options.parallel && this.#waiting.length > 0) {
      const now = this.#options.clock.now();
      const next = this.#next(now);
      if (!next) break;
      this.#start(this.#take(next), now);
    }
    this.#wait();
  }

  /** The first whose chat is free and may be written to. */
  #next(now: Instant): Entry | undefined {
    const asked = new Set(this.#busy);
    return this.#waiting.find(({ row }) => {
      const chat = row.chat.id;
      if (asked.has(chat)) return false;
      asked.add(chat);
      if (this.#options.pace.readyAt(chat, now) <= now) return true;
      this.#held.add(chat);
      return false;
    });
  }

  /** With a receipt that had to wait go the receipts that gathered behind it in its chat. */
  #take(entry: Entry): [Entry, ...Entry[]] {
    const chat = entry.row.chat.id;
    this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    if (!this.#held.delete(chat) || entry.row.kind !== 'receipt') return [entry];
    const others = this.#waiting
      .filter(({ row }) => row.kind === 'receipt' && row.chat.id === chat)
      .slice(0, MOST_JOINED - 1);
    this.#waiting = this.#waiting.filter((other) => !others.includes(other));
    return [entry, ...others];
  }

  #start(entries: [Entry, ...Entry[]], now: Instant): void {
    const chat = entries[0].row.chat.id;
    this.#busy.add(chat);
    this.#options.pace.take(chat, now);
    this.#track(
      this.#options.deliver(entries).then(() => {
        this.#busy.delete(chat);
        for (const { done } of entries) done();
      }),
    );
  }

  /** Sleeps until something may go; what would outlive its lease, or whose chat is told to wait, goes back. */
  #wait(): void {
    const now = this.#options.clock.now();
    const stay: Entry[] = [];
    let wake = Number.POSITIVE_INFINITY;
    for (const entry of this.#waiting) {
      const { id: chat } = entry.row.chat;
      const ready = this.#options.pace.readyAt(chat, now);
      if (ready >= entry.keepUntil || this.#options.pace.isBlocked(chat, now)) {
        // It comes back as one who had to wait: what gathered meanwhile goes with it.
        if (ready > now) this.#held.add(chat);
        this.#track(this.#return(entry, ready));
      } else {
        stay.push(entry);
        wake = Math.min(wake, ready > now ? ready : entry.keepUntil, entry.keepUntil);
      }
    }
    this.#waiting = stay;
    this.#alarm?.();
    this.#alarm = stay.length === 0 ? null : this.#options.timers.after(wake - now, () => this.#pump());
  }

  async #return(entry: Entry, at: Instant): Promise<void> {
    await this.#options.giveBack(entry, at);
    entry.done();
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => {
      this.#running.delete(tracked);
      this.#pump();
    });
    this.#running.add(tracked);
  }
}
