/** The shared suite speaks in names, Telegram in numbers: the two are translated at the adapter's edge. */
import type { ChatAdapter, Inbound, Outbound, Sink } from '@huiyin/core/port';
import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import type { TelegramAdapter } from '../index.ts';
import { createTelegram } from '../index.ts';
import { FakeTelegram } from './fake-telegram.ts';
import { optionsFor } from './harness.ts';

onlyLoopback();

const GROUPS = -1_000;
const numberIn = (name: string): number => Number(/\d+$/.exec(name)?.[0]);
const chatNumber = (id: string): number => GROUPS - numberIn(id);

function inNames(inbound: Inbound): Inbound {
  const { messageId } = inbound;
  return { ...inbound, eventKey: `m:m${messageId}`, messageId: `m${messageId}` };
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

describeAdapter('telegram', async () => {
  const fake = await FakeTelegram.open();
  return {
    adapter: named(createTelegram(optionsFor(fake.root).options)),
    async say({ id, chat, from, text }) {
      fake.push({
        message: {
          message_id: numberIn(id),
          date: 1_793_577_600,
          chat: { id: chatNumber(chat.id), type: 'supergroup' },
          from: { id: numberIn(from.id), is_bot: false, first_name: from.name },
          text,
        },
      });
    },
    seen: () =>
      fake.called('sendMessage').map(({ payload }) => ({
        chat: `g-${GROUPS - Number(payload.chat_id)}`,
        text: String(payload.text),
      })),
    close: () => fake.close(),
  };
});
