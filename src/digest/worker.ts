/** The other side of the thread: takes pages until all are there, then builds and hands the files back; draws papers. */
import { parentPort } from 'node:worker_threads';
import { buildDigest, type DigestInput } from './build.ts';
import { Gathering, type RawPage } from './gather.ts';
import { drawPaper, type PaperToDraw } from './papers.ts';

export type ToWorker =
  | { readonly type: 'page'; readonly page: RawPage }
  | { readonly type: 'build'; readonly input: Omit<DigestInput, 'records' | 'before'> }
  | { readonly type: 'draw'; readonly paper: PaperToDraw };

export type FromWorker =
  | { readonly type: 'built'; readonly digest: Awaited<ReturnType<typeof buildDigest>> }
  | { readonly type: 'drawn'; readonly bytes: Uint8Array }
  | { readonly type: 'failed'; readonly error: Error };

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

let gathering = new Gathering();

port.on('message', (message: ToWorker) => {
  if (message.type === 'page') {
    gathering.take(message.page);
    return;
  }
  answerTo(message).then(
    (answer) => port.postMessage(answer),
    (error: Error) => port.postMessage({ type: 'failed', error } satisfies FromWorker),
  );
});

async function answerTo(message: Exclude<ToWorker, { readonly type: 'page' }>): Promise<FromWorker> {
  if (message.type === 'draw') return { type: 'drawn', bytes: await drawPaper(message.paper) };
  const input = { ...message.input, ...gathering.done() };
  gathering = new Gathering();
  return { type: 'built', digest: await buildDigest(input) };
}
