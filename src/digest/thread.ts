/** One thread that builds digests and papers, one after another: started when it is needed, ended when it has been idle. */
import { Worker } from 'node:worker_threads';
import { type Cancel, quietTimers, type Timers } from '../kernel/clock.ts';
import { MINUTE } from '../kernel/zone.ts';
import type { Digest, DigestInput } from './build.ts';
import type { RawPage } from './gather.ts';
import type { PaperToDraw } from './papers.ts';
import type { FromWorker, ToWorker } from './worker.ts';

type Answer = Exclude<FromWorker, { readonly type: 'failed' }>;
type Input = Omit<DigestInput, 'records' | 'before'>;

/** Digests come in a row, when the month is over or somebody asks; then none for days. */
export const IDLE_MS = 5 * MINUTE;

export class DigestThread {
  readonly #timers: Timers;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #rest: Cancel = () => undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** It holds some hundred megabytes while it lives: fonts, charts, the cases of the last digest. */
  get alive(): boolean {
    return this.#worker !== null;
  }

  /** Builds one digest beside the chat. Pages are handed over as they come, so that no large copy is made at once. */
  async build(pages: AsyncIterable<RawPage>, input: Input): Promise<Digest> {
    const answer = await this.#turn(async (thread) => {
      thread.postMessage({ type: 'begin', input } satisfies ToWorker);
      for await (const page of pages) thread.postMessage({ type: 'page', page } satisfies ToWorker);
      thread.postMessage({ type: 'build' } satisfies ToWorker);
    });
    if (answer.type !== 'built') throw new Error(`a digest was asked for, ${answer.type} came back`);
    return answer.digest;
  }

  async draw(paper: PaperToDraw): Promise<Uint8Array> {
    const answer = await this.#turn(async (thread) => {
      thread.postMessage({ type: 'draw', paper } satisfies ToWorker);
    });
    if (answer.type !== 'drawn') throw new Error(`a paper was asked for, ${answer.type} came back`);
    return answer.bytes;
  }

  #turn(ask: (thread: Worker) => Promise<void>): Promise<Answer> {
    const turn = this.#last.then(() => this.#ask(ask));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #ask(ask: (thread: Worker) => Promise<void>): Promise<Answer> {
    this.#rest();
    const thread = this.#opened();
    thread.ref();
    try {
      const answer = answerOf(thread);
      // Whoever awaits below sees it; until then it must not count as unhandled.
      answer.catch(() => undefined);
      await ask(thread);
      const made = await answer;
      this.#rest = this.#timers.after(IDLE_MS, () => this.#end(thread));
      return made;
    } catch (error) {
      // Half a digest's pages may lie in it: the next one starts with a clean thread.
      await this.#end(thread);
      throw error;
    } finally {
      thread.unref();
    }
  }

  async #end(thread: Worker): Promise<void> {
    if (this.#worker === thread) this.#worker = null;
    await thread.terminate();
  }

  #opened(): Worker {
    if (this.#worker === null) {
      const thread = new Worker(new URL('./worker.ts', import.meta.url));
      // Without a listener a crash while idle would be the whole program's.
      thread.on('error', () => undefined);
      thread.once('exit', () => {
        if (this.#worker === thread) this.#worker = null;
      });
      this.#worker = thread;
    }
    return this.#worker;
  }
}

/** Its timer keeps no process alive: a bot that stops does not wait for it. */
const shared = new DigestThread(quietTimers);

export const buildBeside = (pages: AsyncIterable<RawPage>, input: Input): Promise<Digest> =>
  shared.build(pages, input);

export const drawBeside = (paper: PaperToDraw): Promise<Uint8Array> => shared.draw(paper);

function answerOf(thread: Worker): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const take = (message: FromWorker): void => {
    if (message.type === 'failed') reject(message.error);
    else resolve(message);
  };
  const exit = (code: number): void => reject(new Error(`the digest's thread ended with ${code}`));
  thread.on('message', take);
  thread.once('error', reject);
  thread.once('exit', exit);
  const forget = (): void => {
    thread.off('message', take);
    thread.off('error', reject);
    thread.off('exit', exit);
  };
  promise.then(forget, forget);
  return promise;
}
