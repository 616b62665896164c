/** Hears of commits in other processes: LISTEN on a connection of its own, made anew when it breaks. */
import type pg from 'pg';
import type { Cancel, Timers } from '../../kernel/clock.ts';

const AGAIN_MS = 1_000;

export class WakeUp {
  readonly #pool: pg.Pool;
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  #client: pg.PoolClient | null = null;
  #again: Cancel | null = null;
  #closed = false;

  constructor(pool: pg.Pool, timers: Timers) {
    this.#pool = pool;
    this.#timers = timers;
  }

  add(run: () => void): () => void {
    this.#listeners.add(run);
    return () => this.#listeners.delete(run);
  }

  tell(): void {
    for (const run of this.#listeners) run();
  }

  /** Also after a break: what was missed meanwhile is asked for at once. */
  async listen(): Promise<void> {
    let client: pg.PoolClient | null = null;
    try {
      client = await this.#pool.connect();
      if (this.#closed) return client.release();
      const broken = client;
      client.on('error', () => this.#broke(broken));
      client.on('notification', () => this.tell());
      await client.query('LISTEN huiyin_wake');
      this.#client = client;
    } catch {
      client?.release(true);
      this.#later();
    }
  }

  close(): void {
    this.#closed = true;
    this.#again?.();
    this.#client?.release(true);
    this.#client = null;
  }

  #broke(client: pg.PoolClient): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.release(true);
    this.#later();
  }

  #later(): void {
    if (this.#closed) return;
    this.#again = this.#timers.after(AGAIN_MS, () => {
      void this.listen().then(() => this.tell());
    });
  }
}
