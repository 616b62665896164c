/** The long connection by the official SDK, and what it does on Feishu's bad days. */
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { APP_ID, type FakeFeishu, SECRET } from './fake-feishu.ts';
import { acked, ENDPOINT, event, received, running, TOKENS } from './harness.ts';

onlyLoopback();

describe('the connection', () => {
  test('is made anew after a cut, with growing patience, and says so', async () => {
    await running(async (parts) => {
      parts.fake.cut();
      await eventually(() => parts.adapter.health().state === 'connecting');
      expect(parts.adapter.health().lastError).toContain('正在重连');
      await pass(parts, 1_000);
      await eventually(() => parts.fake.connections === 2 && parts.adapter.health().state === 'online');
      parts.fake.cut();
      await pass(parts, 2_000);
      await eventually(() => parts.adapter.health().state === 'online');
      await acked(parts, parts.fake.push(received('om_1')));
      expect(parts.sink.effects).toHaveLength(1);
    });
  });

  test.each([
    ['busy', { status: 200, body: { code: 1, msg: 'system busy', data: {} } }, '拒绝'],
    ['broken', { status: 502, body: '<html>bad gateway</html>' }, '拒绝'],
    ['cut', 'drop', '连不上'],
    ['silly', { status: 200, body: { code: 0, data: null } }, '看不懂'],
    [
      'throttled',
      { status: 429, body: { code: 99991400 }, headers: { 'x-ogw-ratelimit-reset': '1' } },
      '限流',
    ],
  ] as const)('waits where the endpoint is %s, and tries again', async (_, fault, words) => {
    await running(
      async (parts) => {
        await eventually(() => parts.adapter.health().lastError !== null);
        expect(parts.adapter.health()).toMatchObject({ state: 'connecting' });
        expect(parts.adapter.health().lastError).toContain(words);
        await pass(parts, 1_000);
        await eventually(() => parts.adapter.health().state === 'online');
      },
      { prepare: (fake) => fake.fail(ENDPOINT, fault), wait: false },
    );
  });

  test('that hangs is given up after a while', async () => {
    await running(
      async (parts) => {
        await eventually(() => parts.fake.called(ENDPOINT).length === 1);
        await pass(parts, 15_000);
        await pass(parts, 1_000);
        await eventually(() => parts.adapter.health().state === 'online');
      },
      { prepare: (fake) => fake.fail(ENDPOINT, 'hang'), wait: false },
    );
  });

  test('taken by other programs is `kicked`', async () => {
    const full = { status: 200, body: { code: 1000040350, msg: 'exceed conn limit', data: {} } };
    await running(
      async ({ adapter }) => {
        await eventually(() => adapter.health().state === 'kicked');
        expect(adapter.health().lastError).toContain('别处还开着');
      },
      { prepare: (fake) => fake.fail(ENDPOINT, full), wait: false },
    );
  });
});

describe('who the bot is', () => {
  test('a wrong secret is `kicked`, in words, and tried again', async () => {
    const wrong = { status: 200, body: { code: 10014, msg: `app secret invalid ${SECRET} of ${APP_ID}` } };
    await running(
      async (parts) => {
        await eventually(() => parts.adapter.health().state === 'kicked');
        expect(parts.adapter.health().lastError).toContain('不认这对 appId 和 appSecret');
        await pass(parts, 1_000);
        await eventually(() => parts.adapter.health().state === 'online');
      },
      { prepare: (fake) => fake.fail(TOKENS, wrong), wait: false },
    );
  });

  test('missing scopes are named, and those of mentions do where mentions are all that is wanted', async () => {
    const few = (fake: FakeFeishu): void => {
      fake.scopes = ['im:message', 'im:message.group_at_msg:readonly'];
    };
    await running(
      async ({ adapter }) => {
        expect(adapter.health()).toMatchObject({ state: 'degraded' });
        expect(adapter.health().lastError).toContain('缺少权限 im:message.p2p_msg:readonly、im:resource');
        expect(adapter.capabilities.groupVisibility).toBe('mention');
      },
      { prepare: few },
    );
    await running(
      async ({ adapter }) => {
        expect(adapter.health().lastError).toContain('im:message.group_msg');
        expect(adapter.capabilities.groupVisibility).toBe('all');
      },
      { over: { allGroupMessages: true } },
    );
  });

  test('removed from a group it says so, until it is back', async () => {
    await running(async (parts) => {
      const { fake, adapter, sink } = parts;
      const moved = { chat_id: 'oc_7', operator_id: { open_id: 'ou_lin' }, name: '龙塘湾村三长群' };
      await acked(parts, fake.push(event('im.chat.member.bot.deleted_v1', 'e-1', moved)));
      expect(adapter.health()).toMatchObject({ state: 'degraded' });
      expect(adapter.health().lastError).toContain('oc_7');
      await acked(parts, fake.push(event('im.chat.member.bot.added_v1', 'e-2', moved)));
      expect(adapter.health().state).toBe('online');
      expect(sink.effects).toMatchObject([
        { kind: 'leave', sender: { isSelf: true } },
        { kind: 'join', sender: { isSelf: true }, chat: { id: 'oc_7' } },
      ]);
    });
  });

  test('can be stopped at any moment', async () => {
    const hang = (fake: FakeFeishu): void => fake.fail('GET /open-apis/bot/v3/info', 'hang');
    await running(async ({ fake }) => eventually(() => fake.calls.length === 2), {
      prepare: hang,
      wait: false,
    });
    await running(async () => undefined, { wait: false });
  });
});
