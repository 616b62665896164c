/** What people and the platform do, from the puppet to the core. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { WORDS } from '../words.ts';
import type { Running } from './harness.ts';
import { IMAGE, running, TEXT } from './harness.ts';
import { Service } from './service.ts';

onlyLoopback();

let service: Service;
beforeAll(async () => {
  service = await Service.open();
});
afterAll(() => service.close());

const says = (id: string, text: string, over: Readonly<Record<string, unknown>> = {}) =>
  service.steer({
    do: 'message',
    payload: { id, talkerId: 'u-1', roomId: 'g-1', type: TEXT, text, ...over },
  });
const emit = (event: string, data: unknown) => service.steer({ do: 'emit', event, data });
const effects = (run: Running, count: number) => eventually(() => run.sink.effects.length >= count);

describe('messages', () => {
  test('have the name of who wrote, in the group the one that is used there', async () => {
    await running(service, async (run) => {
      await says('m1', '路灯不亮');
      await says('m2', '收到', { roomId: '', listenerId: 'wxid_bot' });
      await effects(run, 2);
      expect(run.sink.effects).toMatchObject([
        { chat: { id: 'g-1', kind: 'group' }, sender: { id: 'u-1', name: '林秀英', isBot: false } },
        { chat: { id: 'u-1', kind: 'direct' }, platformTime: 1_793_577_600_000 },
      ]);
    });
  });

  test('of official accounts are a bot’s: they answer by themselves', async () => {
    await running(service, async (run) => {
      await service.steer({ do: 'person', id: 'gh_1', name: '某公众号', over: { type: 2 } });
      await says('m1', '欢迎关注', { talkerId: 'gh_1', roomId: '', listenerId: 'wxid_bot' });
      await effects(run, 1);
      expect(run.sink.effects[0]?.sender.isBot).toBe(true);
    });
  });

  test('that call the bot by its name are to it, also where no list of ids says so', async () => {
    await running(service, async (run) => {
      await says('m1', '@回音\u2005帮助');
      await says('m2', '@回音壁\u2005好看');
      await says('m3', '帮助', { mentionIdList: ['wxid_bot'] });
      await effects(run, 3);
      expect(run.sink.effects.map(({ text, mentionsBot }) => [text, mentionsBot])).toEqual([
        ['帮助', true],
        ['@回音壁\u2005好看', false],
        ['帮助', true],
      ]);
    });
  });

  test('of the bot itself go no further, and neither do stickers and red packets', async () => {
    await running(service, async (run) => {
      await says('m1', '记下了 #0042', { talkerId: 'wxid_bot' });
      await says('m2', '<msg/>', { type: 5 });
      await says('m3', '恭喜发财', { type: 12 });
      await says('m4', '路灯不亮');
      await effects(run, 1);
      expect(run.sink.received.map(({ eventKey }) => eventKey)).toEqual(['m:m4']);
    });
  });

  test('that can not be read yet are read again, without holding up others', async () => {
    await running(service, async (run) => {
      await service.steer({ do: 'reads', how: 'fail' });
      await says('m1', '路灯不亮');
      await eventually(() => run.timers.isWaiting(1_000));
      await service.steer({ do: 'reads', how: 'well' });
      await says('m2', '水管漏水');
      await effects(run, 1);
      await pass(run, 1_000);
      await effects(run, 2);
      expect(run.sink.effects.map(({ eventKey }) => eventKey)).toEqual(['m:m2', 'm:m1']);
      expect(run.adapter.health().state).toBe('online');
    });
  });

  test('that the service never gives are not waited for without end', async () => {
    await running(service, async (run) => {
      await service.steer({ do: 'reads', how: 'never' });
      await says('m1', '路灯不亮');
      await eventually(() => run.timers.isWaiting(15_000));
      await service.steer({ do: 'reads', how: 'well' });
      run.timers.advanceBy(15_000);
      await pass(run, 1_000);
      await effects(run, 1);
    });
  });

  test('that make no sense are passed over, and one that is too long is cut', async () => {
    await running(service, async (run) => {
      for (const data of [{}, { messageId: '' }, { messageId: 7 }]) await emit('message', data);
      await emit('room-join', { inviteeIdList: 'u-1', roomId: 7 });
      await emit('room-topic', { roomId: 'g-1' });
      await emit('scan', { status: 'x' });
      await says('m1', '路'.repeat(100_000));
      await effects(run, 1);
      expect(run.sink.received).toHaveLength(1);
      expect(run.sink.effects[0]?.text.length).toBe(50_000);
      expect(run.adapter.health().state).toBe('online');
    });
  });

  test('that the store does not take are offered again, and then said to be lost', async () => {
    await running(service, async (run) => {
      run.sink.failures = 6;
      await says('m1', '路灯不亮');
      for (const wait of [1_000, 2_000, 4_000, 8_000, 16_000]) await pass(run, wait);
      await eventually(() => run.adapter.health().state === 'degraded');
      expect(run.adapter.health().lastError).toBe(WORDS.notTaken(1));
      expect(run.sink.received).toHaveLength(6);
      expect(run.lines.join()).not.toContain('路灯');
    });
  });
});

describe('groups', () => {
  test('tell who comes, who goes and what they are called now', async () => {
    await running(service, async (run) => {
      const timestamp = 1_793_577_600;
      await emit('room-join', { inviteeIdList: ['u-1', 'u-7'], inviterId: 'u-1', roomId: 'g-1', timestamp });
      await emit('room-leave', { removeeIdList: ['u-7'], removerId: 'u-1', roomId: 'g-1', timestamp });
      const names = { newTopic: '王家村邻长群', oldTopic: '王家村' };
      await emit('room-topic', { changerId: 'u-1', ...names, roomId: 'g-1', timestamp });
      await effects(run, 4);
      expect(run.sink.effects.map(({ kind, eventKey, text }) => [kind, eventKey, text])).toEqual([
        ['join', 'j:1793577600:u-1', ''],
        ['join', 'j:1793577600:u-7', ''],
        ['leave', 'l:1793577600:u-7', ''],
        ['renamed', 'n:1793577600', '王家村邻长群'],
      ]);
    });
  });
});

describe('requests', () => {
  test('of friends and of groups are left to a person', async () => {
    await running(service, async (run) => {
      await emit('friendship', { friendshipId: 'f1' });
      await emit('room-invite', { roomInvitationId: 'i1' });
      await eventually(() => run.lines.filter((line) => line.includes('a request waits')).length === 2);
      expect(service.calls).toEqual([]);
      expect(run.timers.isWaiting(20_000)).toBe(false);
    });
  });

  test('are accepted one after another where the admin wants it, slowly', async () => {
    const over = { acceptFriends: true, acceptInvites: true };
    await running(
      service,
      async (run) => {
        await emit('friendship', { friendshipId: 'f1' });
        await emit('room-invite', { roomInvitationId: 'i1' });
        await pass(run, 20_000);
        await eventually(() => service.calls.length === 1);
        await pass(run, 20_000);
        await eventually(() => service.calls.length === 2);
        expect(service.calls).toEqual(['friendshipAccept f1', 'roomInvitationAccept i1']);
      },
      { over },
    );
  });
});

describe('files', () => {
  const sendsAddress = (id: string, url: string) =>
    service.steer({
      do: 'message',
      payload: { id, talkerId: 'u-1', roomId: 'g-1', type: IMAGE, text: '' },
      file: { name: 'photo.jpg', url },
    });

  test('are fetched from no host that the admin has not named', async () => {
    await running(service, async (run) => {
      await sendsAddress('m1', 'http://169.254.169.254/latest/meta-data');
      await effects(run, 1);
      const ref = run.sink.effects[0]?.media[0]?.ref ?? '';
      await expect(run.adapter.fetchMedia(ref)).rejects.toThrow('not among mediaHosts');
    });
  });

  test('are fetched from one that is named, and no further', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/' });
      response.end(request.url === '/photo' ? 'photo' : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const host = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    try {
      await running(
        service,
        async (run) => {
          await sendsAddress('m1', `http://${host}/photo`);
          await sendsAddress('m2', `http://${host}/away`);
          await effects(run, 2);
          const { bytes } = await run.adapter.fetchMedia('m1');
          expect(Buffer.from(bytes).toString()).toBe('photo');
          await expect(run.adapter.fetchMedia('m2')).rejects.toThrow('HTTP 302');
        },
        { over: { mediaHosts: [host] } },
      );
    } finally {
      server.close();
    }
  });

  test('of any size that people send come whole', async () => {
    await running(service, async (run) => {
      const photo = Buffer.alloc(300_000, 7);
      const payload = { id: 'm1', talkerId: 'u-1', roomId: 'g-1', type: IMAGE, text: '' };
      const file = { name: 'photo.jpg', base64: photo.toString('base64') };
      await service.steer({ do: 'message', payload, file });
      await effects(run, 1);
      const { bytes, mime } = await run.adapter.fetchMedia('m1');
      expect(Buffer.from(bytes).equals(photo)).toBe(true);
      expect(mime).toBe('image/jpeg');
    });
  });
});
