/** Live updates: server-sent events to each open page, resumed by the last revision that a page has seen. */
import { encodeEvent, toPage } from './encode.ts';
import type { KeptMessage, WebchatHistory } from './history.ts';

/** Beyond this many the page loads anew: quicker than replaying a month. */
const RESUME_LIMIT = 500;
/** Events that may wait for one page. */
const QUEUE_LIMIT = 1_000;

type Controller = ReadableStreamDefaultController<Uint8Array>;

export interface Hub {
  /** The body of an event stream that begins with what changed after `revision`. */
  open(revision: number): ReadableStream<Uint8Array>;
  publish(message: KeptMessage): void;
  /** Tells the pages that the board may have changed. */
  boardChanged(): void;
  /** Keeps idle lines open and finds those that are dead. */
  ping(): void;
  close(): void;
}

export function createHub(history: WebchatHistory): Hub {
  const open = new Set<Controller>();
  const write = (to: Controller, text: string): void => {
    if (!offer(to, text)) open.delete(to);
  };
  const toAll = (text: string): void => {
    for (const each of open) write(each, text);
  };
  const event = (message: KeptMessage): string => {
    const seen = toPage(message, (id) => history.find(message.chat, id));
    return encodeEvent('message', message.revision, seen);
  };

  return {
    open(revision) {
      let mine: Controller | undefined;
      return new ReadableStream<Uint8Array>({
        start(controller) {
          mine = controller;
          open.add(controller);
          write(controller, backlog(history, revision, event));
        },
        cancel() {
          if (mine) open.delete(mine);
        },
      });
    },
    publish: (message) => toAll(event(message)),
    boardChanged: () => toAll(encodeEvent('board', null, {})),
    ping: () => toAll(': \n\n'),
    close() {
      for (const each of open) each.close();
      open.clear();
    },
  };
}

const encoder = new TextEncoder();

/** False where the page does not read: its line is cut, and it comes back with its last id. */
function offer(to: Controller, text: string): boolean {
  if ((to.desiredSize ?? 0) >= -QUEUE_LIMIT) {
    to.enqueue(encoder.encode(text));
    return true;
  }
  to.error(new Error('the page does not read'));
  return false;
}

/** `retry` asks the browser to wait a second; `ready` tells the page that it has all there is. */
function backlog(history: WebchatHistory, revision: number, event: (message: KeptMessage) => string): string {
  const last = history.revision();
  // A revision ahead of ours comes from another history: the database was made anew.
  const missed = revision > last ? [] : history.changedSince(revision, RESUME_LIMIT + 1);
  if (revision > last || missed.length > RESUME_LIMIT) return encodeEvent('reload', null, {});
  return `retry: 1000\n\n${missed.map(event).join('')}${encodeEvent('ready', null, { revision: last })}`;
}
