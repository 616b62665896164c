import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { outbound } from '../../../tests/adapters/contract.ts';
import { openWebchatHistory } from '../index.ts';
import type { Running } from './harness.ts';
import { message, RecordingSink, run } from './harness.ts';

let running: Running | undefined;
const folder = mkdtempSync(join(tmpdir(), 'huiyin-webchat-'));
const file = join(folder, 'demo.webchat.sqlite');
afterEach(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Event {
  readonly name: string;
  readonly id: string | undefined;
  readonly data: { readonly text?: string; readonly recalled?: boolean };
}

/** The events of a stream from its opening until `last` came. */
async function eventsUntil(from: Running, lastEventId: number | null, last: (event: Event) => boolean) {
  const headers = lastEventId === null ? {} : { 'last-event-id': String(lastEventId) };
  const stop = new AbortController();
  const response = await from.ask('/api/stream', {
    headers: headers as Record<string, string>,
    signal: stop.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: Event[] = [];
  let text = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (reader && !events.some(last)) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    events.push(...blocks.filter((block) => block.includes('data: ')).map(parse));
  }
  stop.abort();
  return events;
}

function parse(block: string): Event {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  return {
    name: field('event') ?? '',
    id: field('id'),
    data: JSON.parse(field('data') ?? 'null') as Event['data'],
  };
}

const isReady = ({ name }: Event) => name === 'ready';

describe('live updates', () => {
  test('come in order, each with its revision, and resume after the last one seen', async () => {
    running = await run();
    for (const id of ['m1', 'm2', 'm3']) await running.post(message(id, { text: id }));
    const all = await eventsUntil(running, 0, isReady);
    expect(all.map(({ id, data }) => [id, data.text])).toEqual([
      ['1', 'm1'],
      ['2', 'm2'],
      ['3', 'm3'],
      [undefined, undefined],
    ]);
    const missed = await eventsUntil(running, 2, isReady);
    expect(missed.map(({ data }) => data.text)).toEqual(['m3', undefined]);
  });

  test('tell of changes to old messages too', async () => {
    running = await run();
    await running.post(message('m1'));
    await running.post(message('m2'));
    const { text: _, ...recall } = message('m1', { type: 'recall' });
    await running.post(recall);
    const missed = await eventsUntil(running, 2, isReady);
    expect(missed[0]).toMatchObject({ id: '3', data: { id: 'm1', recalled: true, text: '' } });
  });

  test('reach a page that is open, from people and from the bot', async () => {
    running = await run();
    const current = running;
    const live = eventsUntil(current, 0, ({ data }) => data.text === '收到了');
    await current.post(message('m1'));
    await current.chat.send(outbound('o1', 'webchat', { text: '收到了' }));
    expect((await live).map(({ data }) => data.text)).toContain('3组王家桥路灯坏了两盏');
  });

  test('ask a page of another history to load anew', async () => {
    running = await run();
    const [first] = await eventsUntil(running, 99, () => true);
    expect(first?.name).toBe('reload');
  });

  test('end when the program stops, so that it can stop', async () => {
    running = await run();
    const open = eventsUntil(running, 0, () => false).catch(() => []);
    await running.ask('/api/state');
    await running.stop();
    expect(await open).toBeDefined();
  });
});

describe('a restart', () => {
  test('keeps the history, its order and what was changed', async () => {
    const history = openWebchatHistory(newFile());
    running = await run({ history });
    await running.post(message('m1'));
    await running.post(message('m1', { type: 'edit', text: '三盏' }));
    await running.chat.send(outbound('o1', 'webchat', { replyTo: 'm1', text: '记下了' }));
    await running.stop();
    history.close();
    running = await run({ history: openWebchatHistory(file) });
    const answer = await running.ask('/api/messages?chat=group%3Ag-1');
    expect(await answer.json()).toMatchObject({
      messages: [
        { id: 'm1', text: '三盏', edited: true },
        { id: 'bot-o1', text: '记下了', quote: { id: 'm1', text: '三盏' } },
      ],
    });
  });

  test('hands over again what the core had not taken, and not what it had', async () => {
    const history = openWebchatHistory(newFile());
    running = await run({ history });
    await running.post(message('m1'));
    running.sink.fail = true;
    expect((await running.post(message('m2'))).status).toBe(503);
    expect(running.chat.health().lastError).toBe('the store is away');
    await running.stop();
    const sink = new RecordingSink();
    running = await run({ history }, sink);
    expect(sink.received.map(({ eventKey }) => eventKey)).toEqual(['m:m2']);
    expect(history.pending()).toEqual([]);
  });

  test('is not needed where the core recovers by itself', async () => {
    running = await run();
    running.sink.fail = true;
    await running.post(message('m1'));
    running.sink.fail = false;
    running.timers.advanceBy(15_000);
    const { sink, history } = running;
    await expect.poll(() => history.pending().length).toBe(0);
    expect(sink.received).toHaveLength(1);
  });

  test('a file of another version is refused, not misread', async () => {
    const history = openWebchatHistory(newFile());
    history.close();
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(file);
    db.pragma('user_version = 99');
    db.close();
    expect(() => openWebchatHistory(file)).toThrow('另一个版本');
  });
});

describe('the list of a chat', () => {
  test('goes back in pages, oldest first in each', async () => {
    running = await run();
    for (const id of ['m1', 'm2', 'm3', 'm4', 'm5']) await running.post(message(id, { text: id }));
    const page = async (before: string) => {
      const answer = await running?.ask(`/api/messages?chat=group%3Ag-1&limit=2${before}`);
      return (await answer?.json()) as { messages: { text: string; position: number }[]; more: boolean };
    };
    const newest = await page('');
    expect(newest.messages.map(({ text }) => text)).toEqual(['m4', 'm5']);
    const older = await page(`&before=${newest.messages[0]?.position}`);
    expect([older.messages.map(({ text }) => text), older.more]).toEqual([['m2', 'm3'], true]);
    const oldest = await page(`&before=${older.messages[0]?.position}`);
    expect([oldest.messages.map(({ text }) => text), oldest.more]).toEqual([['m1'], false]);
  });
});

function newFile(): string {
  rmSync(file, { force: true });
  mkdirSync(folder, { recursive: true });
  return file;
}
