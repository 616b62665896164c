/** Hears of commits in other processes: LISTEN on a connection of its own, made anew when it breaks. */
import type pg from 'pg';
import type { Cancel, Timers } from '../../kernel/clock.ts';

const AGAIN_MS = 1_000;
const LONGEST_MS = 30_000;

/** This connection is always there, so it is the one by which a server that is away is noticed. */
export interface Watching {
  /** Once an outage. */
  readonly lost: (error: Error) => void;
  readonly back: () => void;
}

export class WakeUp {
  readonly #pool: pg.Pool;
  readonly #timers: Timers;
  readonly #watching: Watching;
  readonly #listeners = new Set<() => void>();
  #client: pg.PoolClient | null = null;
  #again: Cancel | null = null;
  #closed = false;
  /** Since the connection was there last. */
  #failures = 0;

  constructor(pool: pg.Pool, timers: Timers, watching: Watching) {
    this.#pool = pool;
    this.#timers = timers;
    this.#watching = watching;
  }

  add(run: () => void): () => void {
    this.#listeners.add(run);
    return () => this.#listeners.delete(run);
  }

  tell(): void {
    // What the server still says to a connection that is being closed wakes nobody.
    if (this.#closed) return;
    for (const run of this.#listeners) run();
  }

  /** Also after a break: what was missed meanwhile is asked for at once. */
  async listen(): Promise<void> {
    let client: pg.PoolClient | null = null;
    try {
      client = await this.#pool.connect();
      if (this.#closed) return client.release();
      const broken = client;
      client.on('error', (error) => this.#broke(broken, error));
      client.on('notification', () => this.tell());
      await client.query('LISTEN huiyin_wake');
      this.#client = client;
      if (this.#failures > 0) this.#watching.back();
      this.#failures = 0;
    } catch (error) {
      client?.release(true);
      this.#later(error);
    }
  }

  close(): void {
    this.#closed = true;
    this.#again?.();
    this.#client?.release(true);
    this.#client = null;
  }

  #broke(client: pg.PoolClient, error: Error): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.release(true);
    this.#later(error);
  }

  #later(error: unknown): void {
    if (this.#closed) return;
    this.#failures += 1;
    if (this.#failures === 1) this.#watching.lost(error instanceof Error ? error : new Error(String(error)));
    const wait = Math.min(LONGEST_MS, AGAIN_MS * 2 ** Math.min(this.#failures - 1, 10));
    this.#again = this.#timers.after(wait, () => {
      void this.listen().then(() => this.tell());
    });
  }
}
