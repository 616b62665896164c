/** What comes of a send, and how fast messages of several parts go. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { PART_PAUSE_MS } from '../pacing.ts';
import { ECHO_MS } from '../send.ts';
import { message, running } from './harness.ts';
import { Service } from './service.ts';

onlyLoopback();

let service: Service;
let folder: string;
beforeAll(async () => {
  service = await Service.open();
  folder = await mkdtemp(join(tmpdir(), 'huiyin-wechaty-files-'));
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function file(name: string, bytes: Buffer, mime = 'image/png') {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { name, mime, path };
}

const direct = { chat: { id: 'u-1', kind: 'direct' } } as const;

describe('what comes of it', () => {
  test('the id, where the puppet gives one', async () => {
    await running(service, async ({ adapter }) => {
      expect(await adapter.send(message('o1'))).toEqual({ type: 'sent', messageId: 'own-1' });
      expect(await adapter.send(message('o2', direct))).toEqual({ type: 'sent', messageId: 'own-2' });
      await eventually(() => service.said.length === 2);
      expect(service.said.map(({ conversation }) => conversation)).toEqual(['g-1', 'u-1']);
    });
  });

  test('the id of the own message that comes back, where it gives none', async () => {
    await running(service, async ({ adapter, sink }) => {
      await service.answer('silent');
      expect(await adapter.send(message('o1'))).toEqual({ type: 'sent', messageId: 'own-1' });
      expect(await adapter.send(message('o2'))).toEqual({ type: 'sent', messageId: 'own-2' });
      expect(sink.received).toEqual([]);
    });
  });

  test('sent without an id, where nothing comes back either', async () => {
    await running(service, async (run) => {
      await service.answer('silent');
      // The own message can't be read.
      await service.steer({ do: 'reads', how: 'fail' });
      const sending = run.adapter.send(message('o1'));
      await pass(run, ECHO_MS);
      expect(await sending).toEqual({ type: 'sent', messageId: null });
    });
  });

  test('sent, where the answer is an error but the own message comes back', async () => {
    await running(service, async ({ adapter }) => {
      await service.answer('failed-after');
      expect(await adapter.send(message('o1'))).toEqual({ type: 'sent', messageId: 'own-1' });
    });
  });

  test('unknown, where the answer is an error and nothing comes back', async () => {
    await running(service, async (run) => {
      await service.answer('failed');
      const sending = run.adapter.send(message('o1'));
      await pass(run, ECHO_MS);
      expect(await sending).toMatchObject({ type: 'unknown' });
      expect(service.said).toEqual([]);
    });
  });

  test('never twice the same own message for two sends of the same words', async () => {
    await running(service, async (run) => {
      await service.answer('silent');
      expect(await run.adapter.send(message('o1'))).toEqual({ type: 'sent', messageId: 'own-1' });
      await service.answer('failed');
      const sending = run.adapter.send(message('o2'));
      await pass(run, ECHO_MS);
      expect(await sending).toMatchObject({ type: 'unknown' });
    });
  });
});

describe('who can not be written to', () => {
  test('somebody who is no friend, as far as the puppet tells', async () => {
    await running(service, async ({ adapter, sink }) => {
      await service.steer({ do: 'person', id: 'u-2', name: '路人', over: { friend: false } });
      await service.steer({ do: 'contacts', ids: ['u-1'] });
      const chat = { id: 'u-2', kind: 'direct' } as const;
      expect(await adapter.send(message('o1', { chat }))).toMatchObject({
        type: 'rejected',
        permanent: true,
        code: 'unreachable',
      });
      expect(service.said).toEqual([]);
      // Whoever writes can be answered.
      const payload = { id: 'm1', talkerId: 'u-2', listenerId: 'wxid_bot', type: 7, text: '在吗' };
      await service.steer({ do: 'message', payload });
      await eventually(() => sink.effects.length === 1);
      expect(await adapter.send(message('o2', { chat }))).toMatchObject({ type: 'sent' });
    });
  });

  test('but not a friend of whom the puppet tells nothing', async () => {
    await running(service, async ({ adapter }) => {
      await service.steer({ do: 'person', id: 'u-3', name: '小组长', over: { friend: false } });
      const chat = { id: 'u-3', kind: 'direct' } as const;
      // Friends of whom the puppet says nothing look like strangers; the list of contacts has them.
      await service.steer({ do: 'contacts', ids: ['u-1', 'u-3'] });
      expect(await adapter.send(message('o1', { chat }))).toMatchObject({ type: 'sent' });
    });
  });

  test('a group that the bot was removed from, until it is back', async () => {
    await running(service, async ({ adapter, sink }) => {
      const removed = {
        removeeIdList: ['wxid_bot'],
        removerId: 'u-1',
        roomId: 'g-1',
        timestamp: 1_793_577_600,
      };
      await service.steer({ do: 'emit', event: 'room-leave', data: removed });
      await eventually(() => sink.effects.length === 1);
      expect(sink.effects[0]).toMatchObject({ kind: 'leave', sender: { id: 'wxid_bot', isSelf: true } });
      expect(adapter.health()).toMatchObject({ state: 'degraded' });
      expect(await adapter.send(message('o1'))).toMatchObject({ type: 'rejected', code: 'unreachable' });
      const back = { inviteeIdList: ['wxid_bot'], inviterId: 'u-1', roomId: 'g-1', timestamp: 1_793_577_700 };
      await service.steer({ do: 'emit', event: 'room-join', data: back });
      await eventually(() => adapter.health().state === 'online');
      expect(await adapter.send(message('o2'))).toMatchObject({ type: 'sent' });
    });
  });
});

describe('several parts', () => {
  test('go with pauses, and hold back what follows', async () => {
    await running(service, async (run) => {
      run.timers.easy = false;
      const media = [
        await file('一.png', Buffer.alloc(100, 1)),
        await file('二.docx', Buffer.alloc(60_000, 2)),
      ];
      const sending = run.adapter.send(message('o1', { media }));
      await pass(run, PART_PAUSE_MS);
      expect(service.said.length).toBeLessThan(3);
      await pass(run, PART_PAUSE_MS);
      expect(await sending).toMatchObject({ type: 'sent', messageId: 'own-1' });
      await eventually(() => service.said.length === 3);
      expect(service.said.map((said) => said.file && Buffer.from(said.file, 'base64').length)).toEqual([
        null,
        100,
        60_000,
      ]);
      expect(await run.adapter.send(message('o2', direct))).toMatchObject({
        type: 'deferred',
        scope: 'account',
      });
      run.timers.advanceBy(3_000);
      expect(await run.adapter.send(message('o2', direct))).toMatchObject({ type: 'sent' });
      const held = await run.adapter.send(message('o3'));
      expect(held).toMatchObject({ type: 'deferred', retryAfterMs: 11_000 });
      run.timers.advanceBy(11_000);
      expect(await run.adapter.send(message('o3'))).toMatchObject({ type: 'sent' });
    });
  });

  test('that break off in the middle are left to a person', async () => {
    await running(service, async (run) => {
      run.timers.easy = false;
      const media = [await file('三.png', Buffer.alloc(10, 3))];
      const sending = run.adapter.send(message('o1', { media }));
      await eventually(() => run.timers.isWaiting(PART_PAUSE_MS));
      await service.steer({ do: 'logout', reason: 'kicked' });
      await eventually(() => run.adapter.health().state === 'kicked');
      await pass(run, PART_PAUSE_MS);
      const result = await sending;
      expect(result).toMatchObject({ type: 'unknown' });
      expect(JSON.stringify(result)).toContain('1 of 2 parts went');
    });
  });

  test('leave nothing where a file of them can not go', async () => {
    await running(service, async ({ adapter }) => {
      const good = await file('好.png', Buffer.alloc(10, 4));
      const refused = { type: 'rejected', permanent: true };
      const large = await file('大.xlsx', Buffer.alloc(20_000_001));
      const empty = await file('空.png', Buffer.alloc(0));
      for (const bad of [large, empty, { ...good, path: join(folder, '没有.png') }]) {
        expect(await adapter.send(message('o1', { media: [good, bad] }))).toMatchObject(refused);
      }
      expect(await adapter.send(message('o2', { text: '' }))).toMatchObject({ ...refused, code: 'empty' });
      expect(service.said).toEqual([]);
    });
  });
});
