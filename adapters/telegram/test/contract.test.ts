/** The shared suite speaks in names, Telegram in numbers: the two are translated at the adapter's edge. */
import type { ChatAdapter, Inbound, Outbound, Sink } from '@huiyin/core/port';
import type { PlatformHarness, SpokenMessage } from '../../../tests/adapters/contract.ts';
import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import type { TelegramAdapter } from '../index.ts';
import { createTelegram } from '../index.ts';
import { FakeTelegram, refusal, TOKEN } from './fake-telegram.ts';
import { optionsFor } from './harness.ts';

onlyLoopback();

/** `g-1` ↔ -1001, `u-1` ↔ 1. */
const GROUPS = -1_000;
const numberIn = (name: string): number => Number(/\d+$/.exec(name)?.[0]);
const chatNumber = (id: string): number => (id.startsWith('g') ? GROUPS - numberIn(id) : numberIn(id));
const chatName = (number: string): string =>
  Number(number) < 0 ? `g-${GROUPS - Number(number)}` : `u-${number}`;
const messageName = (id: string | null): string | null => (id === null ? null : `m${id}`);

function inNames(inbound: Inbound): Inbound {
  const { eventKey, messageId, chat, sender, quote } = inbound;
  return {
    ...inbound,
    eventKey: eventKey.replace(/^([a-z]):/, '$1:m'),
    messageId: messageName(messageId),
    chat: { ...chat, id: chatName(chat.id) },
    sender: { ...sender, id: `u-${sender.id}` },
    quote: quote && { ...quote, id: messageName(quote.id) },
  };
}

function named(adapter: TelegramAdapter): ChatAdapter {
  return {
    id: adapter.id,
    capabilities: adapter.capabilities,
    start: (sink: Sink) => adapter.start({ receive: (inbound) => sink.receive(inNames(inbound)) }),
    send: (message: Outbound) => {
      const chat = { ...message.chat, id: String(chatNumber(message.chat.id)) };
      return adapter.send({ ...message, chat });
    },
    stop: () => adapter.stop(),
    fetchMedia: (ref) => adapter.fetchMedia(ref),
    health: () => adapter.health(),
  };
}

const messageOf = ({ id, chat, from, text, quote, photo }: SpokenMessage) => ({
  message_id: numberIn(id),
  date: 1_793_577_600,
  chat: { id: chatNumber(chat.id), type: chat.kind === 'group' ? 'supergroup' : 'private' },
  from: { id: numberIn(from.id), is_bot: false, first_name: from.name },
  ...(photo ? { photo: [{ file_id: `of-${id}`, width: 1, height: 1 }] } : { text }),
  ...(quote ? { reply_to_message: { message_id: numberIn(quote.id), text: quote.text } } : {}),
});

/** Refusals that repeat the token, as an address in an error of Telegram's would. */
const ANSWERS = {
  throttled: { status: 429, body: refusal(429, `Too Many Requests for ${TOKEN}`, { retry_after: 3 }) },
  refused: { status: 403, body: refusal(403, `Forbidden: ${TOKEN} was kicked`) },
  lost: 'hang',
} as const;
const PART_MS = 30_000;

async function create(): Promise<PlatformHarness> {
  const fake = await FakeTelegram.open();
  const { options, timers, lines } = optionsFor(fake.root);
  const adapter = createTelegram(options);
  return {
    adapter: named(adapter),
    async say(message) {
      if (message.photo) fake.files.set(`photos/of-${message.id}.jpg`, message.photo);
      fake.push({ message: messageOf(message) });
    },
    edit: async (message) => void fake.push({ edited_message: messageOf(message) }),
    async press({ id, text, chat, from }) {
      const said = fake.said.at(-1);
      const button = said?.buttons.find(({ callback_data: command }) => command === text);
      const { date, chat: place, from: person } = messageOf({ id, text, chat, from });
      const message = { message_id: 1_000, date, chat: place, text: said?.text };
      fake.push({ callback_query: { id, from: person, data: button?.callback_data, message } });
    },
    seen: () =>
      fake.said.map(({ chat, text, files, buttons }) => {
        return { chat: chatName(chat), text, files, buttons: buttons.map((button) => button.text) };
      }),
    answerNext: (how) => fake.fail('sendMessage', ANSWERS[how]),
    async giveUp() {
      await eventually(() => fake.called('sendMessage').length > 0);
      await pass({ timers }, PART_MS);
    },
    async cut() {
      await eventually(() => fake.polling);
      fake.cut();
      await pass({ timers }, 1_000);
      await eventually(() => fake.polling);
    },
    hold: () => fake.hold(),
    holding: () => fake.holding,
    logged: () => lines.join('\n'),
    secrets: [TOKEN, TOKEN.slice(TOKEN.indexOf(':') + 1)],
    close: () => fake.close(),
  };
}

describeAdapter('telegram', create, {
  edits: true,
  recalls: false,
  quotes: 'id',
  photos: true,
  files: true,
  answers: ['throttled', 'refused', 'lost'],
  cuts: true,
  holds: true,
  presses: true,
});
