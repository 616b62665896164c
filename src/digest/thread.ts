/** One thread that builds digests, one after another; it is started when it is first needed and holds nothing up. */
import { Worker } from 'node:worker_threads';
import type { Digest, DigestInput } from './build.ts';
import type { RawPage } from './gather.ts';
import type { FromWorker, ToWorker } from './worker.ts';

let worker: Worker | null = null;
let last: Promise<unknown> = Promise.resolve();

/** Builds one digest beside the chat. Pages are handed over as they come, so that no large copy is made at once. */
export function buildBeside(
  pages: AsyncIterable<RawPage>,
  input: Omit<DigestInput, 'records' | 'before'>,
): Promise<Digest> {
  const turn = last.then(() => build(pages, input));
  last = turn.catch(() => undefined);
  return turn;
}

async function build(
  pages: AsyncIterable<RawPage>,
  input: Omit<DigestInput, 'records' | 'before'>,
): Promise<Digest> {
  const thread = opened();
  thread.ref();
  try {
    const answer = answerOf(thread);
    // Whoever awaits below sees it; until then it must not count as unhandled.
    answer.catch(() => undefined);
    for await (const page of pages) thread.postMessage({ type: 'page', page } satisfies ToWorker);
    thread.postMessage({ type: 'build', input } satisfies ToWorker);
    return await answer;
  } catch (error) {
    // Half a digest's pages may lie in it: the next one starts with a clean thread.
    worker = null;
    await thread.terminate();
    throw error;
  } finally {
    thread.unref();
  }
}

function opened(): Worker {
  if (worker === null) {
    const thread = new Worker(new URL('./worker.ts', import.meta.url));
    // Without a listener a crash while idle would be the whole program's.
    thread.on('error', () => undefined);
    thread.once('exit', () => {
      if (worker === thread) worker = null;
    });
    worker = thread;
  }
  return worker;
}

function answerOf(thread: Worker): Promise<Digest> {
  const { promise, resolve, reject } = Promise.withResolvers<Digest>();
  const take = (message: FromWorker): void => {
    if (message.type === 'built') resolve(message.digest);
    else reject(message.error);
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
