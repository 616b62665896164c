/** The other side of the thread: takes pages until all are there, then builds and hands the files back; draws papers. */
import { parentPort } from 'node:worker_threads';
import { buildDigest, countedFrom, type Digest, type DigestInput } from './build.ts';
import type { Counted } from './figures.ts';
import { Gathering, type RawPage } from './gather.ts';
import { drawPaper, type PaperToDraw } from './papers.ts';

type Input = Omit<DigestInput, 'records' | 'before'>;

export type ToWorker =
  | { readonly type: 'begin'; readonly input: Input }
  | { readonly type: 'page'; readonly page: RawPage }
  | { readonly type: 'build' }
  | { readonly type: 'draw'; readonly paper: PaperToDraw };

export type FromWorker =
  | { readonly type: 'built'; readonly digest: Digest }
  | { readonly type: 'drawn'; readonly bytes: Uint8Array }
  | { readonly type: 'failed'; readonly error: Error };

/** One digest: what its own cases say is counted while the other thread still reads what came before them. */
class Building {
  readonly #input: Input;
  readonly #gathering = new Gathering();
  #counted: Counted | null = null;

  constructor(input: Input) {
    this.#input = input;
  }

  take(page: RawPage): void {
    this.#gathering.take(page);
    // The records are whole when the first page of what came before them is here.
    if (page.of === 'before') this.#count();
  }

  digest(): Promise<Digest> {
    const counted = this.#count();
    return buildDigest({ ...this.#input, ...this.#gathering.done() }, counted);
  }

  #count(): Counted {
    this.#counted ??= countedFrom({ ...this.#input, records: this.#gathering.records() });
    return this.#counted;
  }
}

const port = parentPort;
if (port === null) throw new Error('this file runs as a worker thread');

let building: Building | null = null;

async function answerTo(message: ToWorker): Promise<FromWorker | null> {
  if (message.type === 'draw') return { type: 'drawn', bytes: await drawPaper(message.paper) };
  if (message.type === 'begin') {
    building = new Building(message.input);
    return null;
  }
  if (building === null) throw new Error(`a digest's ${message.type} came before its beginning`);
  if (message.type === 'page') {
    building.take(message.page);
    return null;
  }
  const whole = building;
  building = null;
  return { type: 'built', digest: await whole.digest() };
}

port.on('message', (message: ToWorker) => {
  answerTo(message).then(
    (answer) => {
      if (answer !== null) port.postMessage(answer);
    },
    (error: Error) => port.postMessage({ type: 'failed', error } satisfies FromWorker),
  );
});
