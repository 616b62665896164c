import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Inbound, Sink, Taken } from '@huiyin/core/port';
import { describe, expect, test } from 'vitest';
import type { PlatformHarness, SpokenMessage } from '../../tests/adapters/contract.ts';
import { describeAdapter, outbound, spoken, until } from '../../tests/adapters/contract.ts';
import { encodeSend } from './encode.ts';
import { createBridge, MAX_LINE_BYTES, readMedia } from './index.ts';
import { BRIDGE_PLAYS, lineOf, optionsOver, photoName, pipes, shown, times } from './testing.ts';

async function overPipes(): Promise<PlatformHarness> {
  const pair = pipes();
  const mediaDir = await mkdtemp(join(tmpdir(), 'bridge-'));
  let acknowledged: () => void = () => undefined;
  const adapter = createBridge({ ...optionsOver(pair), mediaDir, acknowledged: () => acknowledged() });
  const write = async (type: string, message: SpokenMessage): Promise<void> => {
    if (message.photo) await writeFile(join(mediaDir, photoName(message)), message.photo);
    pair.write(lineOf(message, type));
  };
  return {
    adapter,
    say: (message) => write('message', message),
    edit: (message) => write('edit', message),
    recall: (message) => write('recall', message),
    seen: () => shown(pair.lines()),
    // Nothing comes back of what a reader that acknowledges does not acknowledge.
    answerNext() {
      acknowledged = pair.hold();
      pair.write({ type: 'ack', id: 'of before' });
    },
    hold: () => pair.hold(),
    holding: () => pair.holding,
    close: () => rm(mediaDir, { recursive: true }),
  };
}

describeAdapter('the bridge', overPipes, { ...BRIDGE_PLAYS, holds: true, secretless: true });

/** A desk that answers each message with one send, as the composition root wires it. */
function answering(bridge: ReturnType<typeof createBridge>, received: Inbound[] = []): Sink {
  return {
    receive: async (inbound): Promise<Taken> => {
      received.push(inbound);
      const repeated = received.filter(({ eventKey }) => eventKey === inbound.eventKey).length > 1;
      if (repeated) return { outcome: 'repeated', flushed: Promise.resolve() };
      const sent = bridge.send(outbound(`o${received.length}`, 'bridge', { replyTo: inbound.messageId }));
      return { outcome: 'done', flushed: sent.then(() => undefined) };
    },
  };
}

describe('the run of a bridge', () => {
  test('handled comes after the sends it caused, once again for a repeat, and the end is clean', async () => {
    const pair = pipes();
    const bridge = createBridge(optionsOver(pair));
    await bridge.start(answering(bridge));
    pair.write(lineOf(spoken('m1')), lineOf(spoken('m1')), lineOf(spoken('m2')));
    pair.input.end();
    expect(await bridge.ended).toBe('end');
    const handled = pair.lines().map(({ type, id, replyTo }) => [type, replyTo ?? id]);
    expect(handled.filter(([type]) => type === 'handled')).toEqual([
      ['handled', 'm1'],
      ['handled', 'm1'],
      ['handled', 'm2'],
    ]);
    const at = (type: string, id: string) => handled.findIndex(([t, i]) => t === type && i === id);
    expect(at('send', 'm1')).toBeLessThan(at('handled', 'm1'));
    expect(at('send', 'm2')).toBeLessThan(at('handled', 'm2'));
    expect(handled.filter(([type]) => type === 'send')).toHaveLength(2);
  });

  test('a bad line gives an error in its place and the run goes on', async () => {
    const pair = pipes();
    const bridge = createBridge(optionsOver(pair));
    await bridge.start(answering(bridge));
    const long = JSON.stringify(lineOf(spoken('m2', { text: '长'.repeat(MAX_LINE_BYTES) })));
    pair.write({ type: 'message', id: 'm1' }, '{', long, lineOf(spoken('m3')));
    pair.input.end();
    await bridge.ended;
    expect(pair.lines().map(({ type, id, code, detail }) => ({ type, id, code, detail }))).toEqual([
      { type: 'error', id: 'm1', code: 'bad_line', detail: 'line 1: chat is missing' },
      { type: 'error', id: null, code: 'bad_line', detail: 'line 2: not valid JSON' },
      { type: 'error', id: null, code: 'bad_line', detail: 'line 3: longer than 1 MB' },
      { type: 'send', id: 'o1' },
      { type: 'handled', id: 'm3' },
    ]);
  });

  test('a message that could not be recorded is not handled', async () => {
    const pair = pipes();
    const bridge = createBridge(optionsOver(pair));
    await bridge.start({ receive: () => Promise.reject(new Error('disk full')) });
    pair.write(lineOf(spoken('m1')));
    pair.input.end();
    await bridge.ended;
    expect(pair.lines()).toEqual([
      { type: 'error', id: 'm1', code: 'not_taken', detail: 'line 1: nothing was recorded, send it again' },
    ]);
  });

  test('once a reader acknowledges, only its word makes a send sent', async () => {
    const pair = pipes();
    const acked: string[] = [];
    const bridge = createBridge({ ...optionsOver(pair), acknowledged: (id) => acked.push(id) });
    await bridge.start(answering(bridge));
    expect(await bridge.send(outbound('o1', 'bridge'))).toEqual({ type: 'sent', messageId: 'o1' });
    pair.write({ type: 'ack', id: 'o1' });
    await until(() => acked.length === 1);
    expect(await bridge.send(outbound('o2', 'bridge'))).toMatchObject({ type: 'unknown' });
    pair.input.end();
    await bridge.ended;
    expect(pair.lines()).toHaveLength(2);
  });

  test('a reader that has gone ends the run without a word', async () => {
    const pair = pipes();
    const warned: string[] = [];
    const output = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })),
    });
    const bridge = createBridge({ ...optionsOver({ ...pair, output }), warn: (text) => warned.push(text) });
    await bridge.start(answering(bridge));
    expect(await bridge.send(outbound('o1', 'bridge'))).toMatchObject({ type: 'unknown' });
    expect(await bridge.ended).toBe('closed');
    expect(warned).toEqual([]);
    await bridge.stop();
  });
});

describe('what is written', () => {
  const written = (over: Parameters<typeof outbound>[2], filesDir: string | null = null) =>
    encodeSend(outbound('o1', 'bridge', over), { printTime: times.print, filesDir });

  test('a send, to the letter', () => {
    expect(written({ text: '记下了', replyTo: 'm1', case: 'LC2611-0001' })).toBe(
      '{"type":"send","id":"o1","chat":{"id":"g-1","kind":"group"},"replyTo":"m1","text":"记下了","kind":"receipt","case":"LC2611-0001","at":"2026-11-02T08:30:00+08:00","media":[]}\n',
    );
  });

  test('one case is case, several are cases', () => {
    expect(JSON.parse(written({ case: null, cases: ['LC2611-0001'] }))).toMatchObject({
      case: 'LC2611-0001',
    });
    const several = JSON.parse(written({ case: null, cases: ['LC2611-0001', 'LC2611-0002'] }));
    expect(several).toMatchObject({ case: null, cases: ['LC2611-0001', 'LC2611-0002'] });
  });

  test('files are named relative to their folder; without one by name alone', () => {
    const media = [{ name: '月报.docx', mime: 'application/docx', path: '/out/2026/月报.docx' }];
    expect(JSON.parse(written({ media }, '/out')).media).toEqual([
      { name: '月报.docx', mime: 'application/docx', path: '2026/月报.docx' },
    ]);
    const kept = [{ name: '月报.docx', mime: 'application/docx', path: null }];
    expect(JSON.parse(written({ media: kept })).media).toEqual([{ name: '月报.docx' }]);
  });
});

describe('incoming media', () => {
  test('are read below their folder and nowhere else', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'bridge-'));
    await writeFile(join(dir, 'a.jpg'), 'picture');
    await symlink('/etc/hostname', join(dir, 'link.jpg'));
    expect(await readMedia(dir, 'a.jpg')).toMatchObject({ mime: 'image/jpeg' });
    await expect(readMedia(dir, '../../etc/hostname')).rejects.toThrow();
    await expect(readMedia(dir, 'link.jpg')).rejects.toThrow('out of the media folder');
    await expect(readMedia(null, 'a.jpg')).rejects.toThrow('fetches no media');
  });
});
