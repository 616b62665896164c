/** Groups that become supergroups, buttons, pictures, and how the adapter says it is. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outbound } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually } from '../../../tests/adapters/support.ts';
import { BOT, FakeTelegram, refusal, tooMany } from './fake-telegram.ts';
import { GROUP, groupMessage, LIN, run, running } from './harness.ts';

onlyLoopback();

const SUPER = -1_002_002;
const inSuper = (id: number, over: Readonly<Record<string, unknown>> = {}) =>
  groupMessage(id, { chat: { id: SUPER, type: 'supergroup' }, ...over });
const toGroup = (id: string, replyTo: string | null = null) =>
  outbound(id, 'telegram', { chat: { id: String(GROUP), kind: 'group' }, replyTo });

const stateFile = async (): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), 'telegram-')), 'data', 'state.json');

describe('a group that becomes a supergroup', () => {
  test('stays the same group to the core; its new messages are none of the old ones', async () => {
    await running(async ({ fake, sink, adapter }) => {
      fake.push(groupMessage(5));
      fake.push(inSuper(1, { migrate_from_chat_id: GROUP, text: undefined }));
      fake.push(groupMessage(6, { migrate_to_chat_id: SUPER, text: undefined }));
      fake.push(inSuper(5, { text: '接单', reply_to_message: { message_id: 3, text: '#0042' } }));
      await eventually(() => sink.effects.length === 2);
      expect(sink.effects.map(({ chat, eventKey, quote }) => [chat.id, eventKey, quote?.id])).toEqual([
        [String(GROUP), 'm:5', undefined],
        [String(GROUP), 'm:s5', 's3'],
      ]);
      // An answer finds the message in the supergroup; one of before can't be quoted any more.
      expect(await adapter.send(toGroup('o1', 's5'))).toEqual({ type: 'sent', messageId: 's1000' });
      await adapter.send(toGroup('o2', '5'));
      const [first, second] = fake.called('sendMessage').map(({ payload }) => payload);
      expect(first).toMatchObject({ chat_id: SUPER, reply_parameters: { message_id: 5 } });
      expect(second).not.toHaveProperty('reply_parameters');
    });
  });

  test('is known after a restart', async () => {
    const file = await stateFile();
    await running(
      async ({ fake }) => {
        fake.push(groupMessage(6, { migrate_to_chat_id: SUPER, text: undefined }));
        await eventually(() => fake.confirmed === 2);
      },
      { stateFile: file },
    );
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ moved: { [GROUP]: SUPER } });
    await running(
      async ({ fake, sink }) => {
        fake.push(inSuper(9));
        await eventually(() => sink.effects.length === 1);
        expect(sink.effects[0]).toMatchObject({ chat: { id: String(GROUP) }, eventKey: 'm:s9' });
      },
      { stateFile: file },
    );
  });

  test('while the bot was away is learnt from the refusal, and the message goes there', async () => {
    const file = await stateFile();
    await running(
      async ({ fake, adapter }) => {
        const description = 'Bad Request: group chat was upgraded to a supergroup chat';
        fake.fail('sendMessage', {
          status: 400,
          body: refusal(400, description, { migrate_to_chat_id: SUPER }),
        });
        expect(await adapter.send(toGroup('o1', '5'))).toEqual({ type: 'sent', messageId: 's1000' });
        expect(fake.called('sendMessage').map(({ payload }) => payload.chat_id)).toEqual([GROUP, SUPER]);
      },
      { stateFile: file },
    );
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ moved: { [GROUP]: SUPER } });
  });

  test('a file of it that is broken stops the start: going on would make two groups of one', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'telegram-')), 'state.json');
    await writeFile(file, '{');
    await expect(run({ stateFile: file })).rejects.toThrow();
  });
});

describe('a button', () => {
  const press = (id: string) => ({
    callback_query: {
      id,
      from: LIN,
      data: '接单 0042',
      message: { message_id: 80, date: 1, chat: { id: GROUP, type: 'group' }, text: '#0042 请接单' },
    },
  });

  test('is an action of who pressed it, and its waiting ends after the commit', async () => {
    await running(async ({ fake, sink }) => {
      sink.failures = 1;
      fake.push(press('c1'));
      await eventually(() => fake.called('answerCallbackQuery').length === 1);
      expect(sink.effects).toMatchObject([
        { kind: 'action', eventKey: 'a:c1', text: '接单 0042', sender: { id: '77' } },
      ]);
      expect(fake.called('answerCallbackQuery')[0]?.payload).toEqual({ callback_query_id: 'c1' });
    });
  });

  test('answered too late, or not at all, holds nobody up', async () => {
    await running(async ({ fake, sink }) => {
      fake.fail(
        'answerCallbackQuery',
        { status: 400, body: refusal(400, 'Bad Request: query is too old') },
        'hang',
      );
      fake.push(press('c1'));
      fake.push(press('c2'));
      fake.push(groupMessage(1));
      await eventually(() => sink.effects.length === 3);
    });
  });
});

test('its own messages are no news, its coming and going is', async () => {
  await running(async ({ fake, sink }) => {
    fake.push(groupMessage(1, { from: BOT }));
    fake.push({ edited_message: groupMessage(1, { from: BOT }).message });
    const chat = { id: GROUP, type: 'group' };
    const [old_chat_member, new_chat_member] = [{ status: 'left' }, { status: 'member' }];
    fake.push({ my_chat_member: { chat, from: LIN, date: 1, old_chat_member, new_chat_member } });
    await eventually(() => sink.received.length === 1);
    expect(sink.received[0]).toMatchObject({ kind: 'join', sender: { isSelf: true } });
  });
});

describe('a picture', () => {
  test('is fetched by its reference', async () => {
    await running(async ({ fake, adapter }) => {
      fake.files.set('photos/large-1.jpg', Buffer.from('jpeg'));
      // Fetching does no harm twice: here auto-retry waits as it is told.
      fake.fail('getFile', tooMany(0));
      const { bytes, mime } = await adapter.fetchMedia('large-1');
      expect([Buffer.from(bytes).toString(), mime]).toEqual(['jpeg', 'image/jpeg']);
    });
  });

  test.each([
    ['that Telegram no longer has', { status: 400, body: refusal(400, 'Bad Request: invalid file_id') }],
    ['that is too big', { raw: '{"ok":true,"result":{"file_id":"x"}}' }],
    ['that is not where it was said to be', { raw: '{"ok":true,"result":{"file_path":"photos/none.jpg"}}' }],
  ])('%s is told', async (_, fault) => {
    await running(async ({ fake, adapter }) => {
      fake.fail('getFile', fault);
      await expect(adapter.fetchMedia('x')).rejects.toThrow('could not be fetched');
    });
  });
});

describe('health', () => {
  const blind = async (): Promise<FakeTelegram> => {
    const fake = await FakeTelegram.open();
    fake.me = { ...BOT, can_read_all_group_messages: false };
    return fake;
  };

  test('online where it reads everything', async () => {
    await running(async ({ adapter, sink, fake, clock }) => {
      expect(adapter.health()).toEqual({ state: 'online', lastInboundAt: null, lastError: null, qr: null });
      expect(adapter.capabilities.groupVisibility).toBe('all');
      fake.push(groupMessage(1));
      await eventually(() => sink.effects.length === 1);
      expect(adapter.health().lastInboundAt).toBe(clock.now());
    });
  });

  test('degraded in privacy mode, with what to do; well again as an administrator', async () => {
    await running(
      async ({ adapter, fake }) => {
        expect(adapter.health().state).toBe('degraded');
        expect(adapter.health().lastError).toContain('/setprivacy');
        expect(adapter.capabilities.groupVisibility).toBe('mention');
        const chat = { id: GROUP, type: 'group' };
        const [old_chat_member, new_chat_member] = [{ status: 'member' }, { status: 'administrator' }];
        fake.members.set(String(GROUP), 'administrator');
        fake.push({ my_chat_member: { chat, from: LIN, date: 1, old_chat_member, new_chat_member } });
        await eventually(() => adapter.health().state === 'online');
        expect(adapter.capabilities.groupVisibility).toBe('all');
      },
      {},
      await blind(),
    );
  });

  test('names the groups where it can not read, or is not', async () => {
    const fake = await blind();
    fake.members.set('-1', 'administrator').set('-2', 'member').set('-3', 'kicked');
    await running(
      async ({ adapter }) => {
        await eventually(() => adapter.health().lastError?.includes('不在群里') ?? false);
        await eventually(() => adapter.health().lastError?.includes('（群 -2）') ?? false);
        expect(adapter.health().lastError).toContain('不在群里：-3、-4');
      },
      { groups: () => ['-1', '-2', '-3', '-4'] },
      fake,
    );
  });

  test('degraded where it was kicked from a group', async () => {
    await running(async ({ adapter, fake }) => {
      const chat = { id: GROUP, type: 'group' };
      const [old_chat_member, new_chat_member] = [{ status: 'member' }, { status: 'kicked' }];
      fake.push({ my_chat_member: { chat, from: LIN, date: 1, old_chat_member, new_chat_member } });
      await eventually(() => adapter.health().state === 'degraded');
      expect(adapter.health().lastError).toContain(String(GROUP));
    });
  });
});
