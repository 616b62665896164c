/** The other side of the thread: takes pages until all are there, then builds and hands the files back. */
import { parentPort } from 'node:worker_threads';
import { buildDigest, type DigestInput } from './build.ts';
import { Gathering, type RawPage } from './gather.ts';

export type ToWorker =
  | { readonly type: 'page'; readonly page: RawPage }
  | { readonly type: 'build'; readonly input: Omit<DigestInput, 'records' | 'before'> };

export type FromWorker =
  | { readonly type: 'built'; readonly digest: Awaited<ReturnType<typeof buildDigest>> }
  | { readonly type: 'failed'; readonly error: Error };

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

let gathering = new Gathering();

port.on('message', (message: ToWorker) => {
  if (message.type === 'page') {
    gathering.take(message.page);
    return;
  }
  const input = { ...message.input, ...gathering.done() };
  gathering = new Gathering();
  buildDigest(input).then(
    (digest) => port.postMessage({ type: 'built', digest } satisfies FromWorker),
    (error: Error) => port.postMessage({ type: 'failed', error } satisfies FromWorker),
  );
});
