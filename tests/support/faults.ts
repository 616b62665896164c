/** Databases that fail at the n-th statement, to see that nothing is written by halves. */
import pg from 'pg';
import type { Handle } from '../../src/store/sqlite/tables.ts';
import type { Faults } from '../store/contract/context.ts';

/** Counts statements from each BEGIN; throws at the n-th, `times` times. */
export class StatementFaults implements Faults {
  #nth = 0;
  #times = 0;
  #count = 0;
  #fired = false;

  arm(nth: number, times: number): void {
    this.#nth = nth;
    this.#times = times;
    this.#count = 0;
    this.#fired = false;
  }

  disarm(): void {
    this.#times = 0;
  }

  fired(): boolean {
    return this.#fired;
  }

  /** To be called before each statement. A rollback always works: else nothing could be promised. */
  next(sql: string): void {
    if (sql.startsWith('BEGIN')) this.#count = 0;
    if (sql === 'ROLLBACK' || this.#times === 0) return;
    this.#count += 1;
    if (this.#count !== this.#nth) return;
    this.#times -= 1;
    this.#fired = true;
    throw new Error(`fault at statement ${this.#nth}: ${sql}`);
  }
}

const RUNS: ReadonlySet<string | symbol> = new Set(['run', 'get', 'all']);

/** A connection like the one given, with faults at will. */
export function faultyHandle(db: Handle): { handle: Handle; faults: StatementFaults } {
  const faults = new StatementFaults();
  const wrapped = <T extends object>(statement: T, sql: string): T =>
    new Proxy(statement, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...values: unknown[]) => {
          if (RUNS.has(name)) faults.next(sql);
          const result: unknown = value.apply(target, values);
          return result === target ? wrapped(target, sql) : result;
        };
      },
    });
  const handle = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name === 'prepare') return (sql: string) => wrapped(target.prepare(sql), sql);
      return value.bind(target);
    },
  });
  return { handle, faults };
}

/** A pool like the one given, with faults at will in what its connections are asked. */
export function faultyPool(pool: pg.Pool): { pool: pg.Pool; faults: StatementFaults } {
  const faults = new StatementFaults();
  const watched = (client: pg.PoolClient): pg.PoolClient =>
    new Proxy(client, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'query') return value.bind(target);
        return async (query: string | { text: string }, values?: unknown[]) => {
          try {
            faults.next(typeof query === 'string' ? query : query.text);
          } catch (error) {
            const fault = new pg.DatabaseError(String(error), 0, 'error');
            fault.code = 'P0001';
            throw fault;
          }
          return target.query(query as string, values);
        };
      },
    });
  const handle = new Proxy(pool, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name === 'connect') return async () => watched(await target.connect());
      return value.bind(target);
    },
  });
  return { pool: handle, faults };
}
