/** A web chat on a free port, and a page's side of it: what a browser would send, with its headers. */

import { ManualClock, ManualTimers } from '../../../src/kernel/clock.ts';
import type { Inbound, Sink, Taken } from '../../../src/port.ts';
import type { Webchat, WebchatHistory, WebchatOptions } from '../index.ts';
import { createWebchat, openWebchatHistory } from '../index.ts';

export const START = Date.UTC(2026, 10, 2, 0, 30);

export const PEOPLE = [
  { account: 'u-1', name: '林秀英', title: '龙塘湾村 3组 7邻 邻长', groups: ['g-1'] },
  { account: 'u-2', name: '李明', title: '村建办 承办人', groups: [] },
];

const silent = { info() {}, warn() {}, error() {} };

export class RecordingSink implements Sink {
  readonly received: Inbound[] = [];
  fail = false;

  async receive(inbound: Inbound): Promise<Taken> {
    if (this.fail) throw new Error('the store is away');
    this.received.push(inbound);
    return { outcome: 'done', flushed: Promise.resolve() };
  }
}

export interface Running {
  readonly chat: Webchat;
  readonly sink: RecordingSink;
  readonly history: WebchatHistory;
  readonly timers: ManualTimers;
  /** A request as the page would make it; `headers` replace or, with '', remove its own. */
  ask(path: string, options?: RequestInit & { headers?: Record<string, string> }): Promise<Response>;
  post(request: Record<string, unknown>): Promise<Response>;
  stop(): Promise<void>;
}

export function options(history: WebchatHistory, over: Partial<WebchatOptions> = {}): WebchatOptions {
  const clock = new ManualClock(START);
  return {
    id: 'webchat',
    host: '127.0.0.1',
    port: 0,
    demo: true,
    chats: [{ external: 'g-1', title: '龙塘湾村三长群', kind: 'heads', village: '龙塘湾村' }],
    people: () => PEOPLE,
    history,
    clock,
    timers: new ManualTimers(clock),
    log: silent,
    ...over,
  };
}

/** @param over `history` may be one that was used before: then the web chat is started anew on it. */
export async function run(over: Partial<WebchatOptions> = {}, sink = new RecordingSink()): Promise<Running> {
  const given = options(over.history ?? openWebchatHistory(':memory:'), over);
  const chat = createWebchat(given);
  await chat.start(sink);
  const origin = chat.address().slice(0, -1);
  const page = await (await fetch(chat.address())).text();
  const token = /name="webchat-token" content="([^"]+)"/.exec(page)?.[1] ?? '';
  const ask: Running['ask'] = (path, request = {}) =>
    fetch(origin + path, { ...request, headers: { 'x-webchat-token': token, origin, ...request.headers } });
  return {
    chat,
    sink,
    history: given.history,
    timers: given.timers as ManualTimers,
    ask,
    post: (request) => ask('/api/messages', { method: 'POST', body: JSON.stringify(request) }),
    stop: () => chat.stop(),
  };
}

export const message = (id: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'message',
  id,
  chat: 'group:g-1',
  as: 'u-1',
  text: '3组王家桥路灯坏了两盏',
  ...over,
});

/** The smallest picture there is. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
