import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outbound } from '../../../tests/adapters/contract.ts';
import { createWebchat, openWebchatHistory } from '../index.ts';
import type { Running } from './harness.ts';
import { message, options, PNG, RecordingSink, run } from './harness.ts';

let running: Running;
beforeEach(async () => {
  running = await run();
});
afterEach(() => running.stop());

/** `fetch` may not set Host; a program that pretends to be another site may. */
function statusWithHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(running.chat.address(), { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject).end();
  });
}

describe('only pages of its own, on this machine', () => {
  test('another Host is refused: a name that was pointed at 127.0.0.1', async () => {
    const port = new URL(running.chat.address()).port;
    expect(await statusWithHost(`evil.example:${port}`)).toBe(403);
    expect(await statusWithHost('127.0.0.1:1')).toBe(403);
    expect(await statusWithHost(`localhost:${port}`)).toBe(200);
  });

  test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'a request from %s is refused',
    async (origin) => {
      const headers = { origin };
      const body = JSON.stringify(message('m1'));
      expect((await running.ask('/api/messages', { method: 'POST', body, headers })).status).toBe(403);
      expect((await running.ask('/api/state', { headers })).status).toBe(403);
      expect(running.sink.received).toEqual([]);
    },
  );

  test('a writing request without Origin is refused, and so is one with an old token', async () => {
    const body = JSON.stringify(message('m1'));
    const bare = await fetch(`${running.chat.address()}api/messages`, { method: 'POST', body });
    expect(bare.status).toBe(403);
    const old = await running.ask('/api/state', { headers: { 'x-webchat-token': 'of yesterday' } });
    expect([old.status, await old.json()]).toEqual([403, { error: 'wrong_token', detail: null }]);
  });

  test('what the browser calls cross-site is refused, except the page itself', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await running.ask('/api/state', { headers })).status).toBe(403);
    expect((await running.ask('/api/photos/x.jpg', { headers })).status).toBe(403);
    expect((await fetch(running.chat.address(), { headers })).status).toBe(200);
  });

  test('each answer carries the security headers, also a refusal', async () => {
    for (const path of ['/', '/app.js', '/api/state', '/nothing']) {
      const { headers } = await running.ask(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  test('no path leads out of the page folder', async () => {
    for (const path of ['/../config.ts', '/%2e%2e/config.ts', '/page/app.js', '/index.html']) {
      expect((await running.ask(path)).status).toBe(404);
    }
  });

  test('the page asks for nothing that is not served, and for nothing elsewhere', async () => {
    const page = await (await running.ask('/')).text();
    const asked = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    const scripts = await Promise.all(asked.map(async (path) => (await running.ask(path)).status));
    expect(asked.length).toBeGreaterThan(4);
    expect(new Set(scripts)).toEqual(new Set([200]));
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<script(?![^>]*src=)|style=|onclick=/);
  });
});

describe('what a page sends', () => {
  test('bad JSON and bad requests are told apart from good ones', async () => {
    const bad = await running.ask('/api/messages', { method: 'POST', body: '{"type":' });
    expect([bad.status, (await bad.json()) as unknown]).toMatchObject([400, { error: 'bad_request' }]);
    expect((await running.post(message('m1', { text: 7 }))).status).toBe(400);
    expect((await running.post(message('m1'))).status).toBe(200);
  });

  test('a body without measure is cut off', async () => {
    const body = JSON.stringify(message('m1', { text: '灯'.repeat(200_000) }));
    const answer = await running.ask('/api/messages', { method: 'POST', body });
    expect(answer.status).toBe(413);
    const photo = await running.ask('/api/photos', { method: 'POST', body: new Uint8Array(9 * 1024 * 1024) });
    expect(photo.status).toBe(413);
  });

  test.each([
    ['a person that is not', { as: 'nobody' }, 'no_such_person'],
    ['a chat that is not', { chat: 'group:g-9' }, 'no_such_chat'],
    ['a key that is none', { chat: 'g-1' }, 'no_such_chat'],
    ['a group one is not in', { as: 'u-2' }, 'not_a_member'],
    ['another one’s private chat', { chat: 'direct:u-2' }, 'not_a_member'],
    ['nothing', { text: ' \n ' }, 'empty'],
    ['a photo never uploaded', { photos: [`${'a'.repeat(64)}.jpg`] }, 'no_photo'],
  ])('%s is refused', async (_, over, error) => {
    const answer = await running.post(message('m1', over));
    expect([answer.status, await answer.json()]).toEqual([409, { error, detail: null }]);
    expect(running.history.revision()).toBe(0);
  });

  test('the same message twice stands once in the chat and has one key', async () => {
    await running.post(message('m1'));
    await running.post(message('m1', { text: 'other words do not matter' }));
    expect(running.history.list('group:g-1', null, 10).map(({ text }) => text)).toEqual([
      '3组王家桥路灯坏了两盏',
    ]);
    expect(new Set(running.sink.received.map(({ eventKey }) => eventKey))).toEqual(new Set(['m:m1']));
  });

  test('nobody takes, changes or recalls what another one wrote', async () => {
    const people = [
      ...options(running.history).people(),
      { account: 'u-3', name: '张', title: '', groups: ['g-1'] },
    ];
    await running.stop();
    running = await run({ people: () => people });
    await running.post(message('m1'));
    for (const type of ['message', 'edit', 'recall']) {
      const { text, ...rest } = message('m1', { type, as: 'u-3' });
      const answer = await running.post(type === 'recall' ? rest : { ...rest, text });
      expect(await answer.json()).toMatchObject({ error: 'not_yours' });
    }
    expect(running.history.find('group:g-1', 'm1')).toMatchObject({ edited: false, recalled: false });
  });

  test('an edit shows the new words, a recall none, and both reach the core', async () => {
    const { text: _, ...bare } = message('m1', { type: 'recall' });
    await running.post(message('m1'));
    await running.post(message('m1', { type: 'edit', text: '三盏' }));
    expect(running.history.find('group:g-1', 'm1')).toMatchObject({ text: '三盏', edited: true });
    await running.post(bare);
    expect(running.history.find('group:g-1', 'm1')).toMatchObject({ text: '', recalled: true });
    expect(await (await running.post(message('m1', { type: 'edit', text: '四盏' }))).json()).toMatchObject({
      error: 'not_yours',
    });
    expect(running.sink.received.map(({ kind }) => kind)).toEqual(['message', 'edit', 'recall']);
  });

  test('a photo goes up, hangs on a message, can be fetched by the core, and is served as itself only', async () => {
    const up = await running.ask('/api/photos', { method: 'POST', body: PNG });
    const { ref } = (await up.json()) as { ref: string };
    await running.post(message('m1', { text: '', photos: [ref] }));
    expect(running.sink.received[0]?.media).toEqual([{ kind: 'image', name: ref, mime: 'image/png', ref }]);
    expect(Buffer.from((await running.chat.fetchMedia(ref)).bytes).equals(PNG)).toBe(true);
    expect((await running.ask(`/api/photos/${ref}`)).headers.get('content-type')).toBe('image/png');
    const page = await running.ask('/api/photos', { method: 'POST', body: '<script>alert(1)</script>' });
    expect(page.status).toBe(415);
    await expect(running.chat.fetchMedia('../x')).rejects.toThrow();
  });

  test('a pressed button comes as an action with the words of its message', async () => {
    await running.chat.send(outbound('o1', 'webchat', { buttons: [{ label: '满意', command: '满意 42' }] }));
    const press = {
      type: 'press',
      id: 'p1',
      chat: 'group:g-1',
      as: 'u-1',
      message: 'bot-o1',
      command: '满意 42',
    };
    expect((await running.post(press)).status).toBe(200);
    expect(running.sink.received[0]).toMatchObject({ kind: 'action', eventKey: 'a:p1', text: '满意 42' });
    expect(running.sink.received[0]?.quote?.text).toContain('#0042');
  });
});

describe('what the core says', () => {
  test('a chat that is not there is refused for good', async () => {
    const lost = outbound('o1', 'webchat', { chat: { id: 'g-9', kind: 'group' } });
    expect(await running.chat.send(lost)).toMatchObject({ type: 'rejected', permanent: true });
  });

  test('a file that the run does not keep leaves its name', async () => {
    const media = [{ name: '台账.xlsx', mime: 'application/x-test', path: null }];
    expect(await running.chat.send(outbound('o1', 'webchat', { media }))).toMatchObject({ type: 'sent' });
    expect(running.history.find('group:g-1', 'bot-o1')?.media).toMatchObject([
      { name: '台账.xlsx', ref: null },
    ]);
  });
});

describe('starting', () => {
  test('outside a demo, or open to others, it refuses in words', async () => {
    const history = openWebchatHistory(':memory:');
    const sink = new RecordingSink();
    await expect(createWebchat(options(history, { demo: false })).start(sink)).rejects.toThrow('演示');
    await expect(createWebchat(options(history, { host: '0.0.0.0' })).start(sink)).rejects.toThrow(
      '127.0.0.1',
    );
    history.close();
  });

  test('a port in use is told in words', async () => {
    const port = Number(new URL(running.chat.address()).port);
    await expect(run({ port })).rejects.toThrow(`端口 ${port} 已被占用`);
  });
});
