import type { PlatformHarness, SpokenMessage } from '../../../tests/adapters/contract.ts';
import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { createDingtalk } from '../index.ts';
import { FakeDingtalk, SECRET, TICKET, TO_GROUP, TOKEN } from './fake-dingtalk.ts';
import { optionsFor, received } from './harness.ts';

onlyLoopback();

/** Refusals that repeat what the app gave. */
const chatty = `${SECRET} ${TOKEN}1`;
const ANSWERS = {
  throttled: {
    status: 403,
    body: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', message: chatty },
  },
  refused: { status: 400, body: { code: 'invalidParameter.msgParam.invalid', message: chatty } },
  lost: 'hang',
} as const;

function payloadOf({ id, chat, from, text, quote, photo }: SpokenMessage) {
  const group = chat.kind === 'group';
  const replied = quote && {
    isReplyMsg: true,
    repliedMsg: { msgType: 'text', msgId: quote.id, senderId: 'x', content: { text: quote.text } },
  };
  return received(id, {
    conversationId: group ? chat.id : `cid-of-${chat.id}`,
    conversationType: group ? '2' : '1',
    senderStaffId: from.id,
    senderNick: from.name,
    ...(photo
      ? { msgtype: 'picture', content: { downloadCode: `code-${id}` } }
      : { text: { content: text, ...replied } }),
  });
}

async function create(): Promise<PlatformHarness> {
  const fake = await FakeDingtalk.open();
  const { options, timers, lines } = optionsFor(fake.root);
  const adapter = createDingtalk(options);
  const online = (): Promise<void> => eventually(() => adapter.health().state === 'online');
  return {
    adapter,
    async say(message) {
      await online();
      if (message.photo) fake.files.set(`code-${message.id}`, message.photo);
      fake.push(payloadOf(message));
    },
    seen: () => fake.said,
    answerNext: (how) => fake.fail(TO_GROUP, ANSWERS[how]),
    async giveUp() {
      await eventually(() => fake.called(TO_GROUP).length > 0);
      await pass({ timers }, 15_000);
    },
    async cut() {
      fake.cut();
      await eventually(() => adapter.health().state === 'connecting');
      await pass({ timers }, 1_000);
      await online();
    },
    hold: () => fake.hold(),
    holding: () => fake.holding,
    logged: () => lines.join('\n'),
    secrets: [SECRET, TOKEN, TICKET],
    close: () => fake.close(),
  };
}

describeAdapter('dingtalk', create, {
  edits: false,
  recalls: false,
  quotes: 'text',
  photos: true,
  files: true,
  answers: ['throttled', 'refused', 'lost'],
  cuts: true,
  holds: true,
});
