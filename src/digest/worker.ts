/** The other side of the thread: takes pages until all are there, then builds and hands the files back. */
import { parentPort } from 'node:worker_threads';
import { buildDigest, type DigestInput } from './build.ts';
import type { CaseRecord } from './facts.ts';
import type { Page } from './gather.ts';
import type { Seen } from './history.ts';

export type ToWorker =
  | { readonly type: 'page'; readonly page: Page }
  | { readonly type: 'build'; readonly input: Omit<DigestInput, 'records' | 'history'> };

export type FromWorker =
  | { readonly type: 'built'; readonly digest: Awaited<ReturnType<typeof buildDigest>> }
  | { readonly type: 'failed'; readonly error: Error };

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

let records: CaseRecord[] = [];
let history: Seen[] = [];

port.on('message', (message: ToWorker) => {
  if (message.type === 'page') {
    records.push(...message.page.records);
    history.push(...message.page.history);
    return;
  }
  const input = { ...message.input, records, history };
  records = [];
  history = [];
  buildDigest(input).then(
    (digest) => port.postMessage({ type: 'built', digest } satisfies FromWorker),
    (error: Error) => port.postMessage({ type: 'failed', error } satisfies FromWorker),
  );
});
