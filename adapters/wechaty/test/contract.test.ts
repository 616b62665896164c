import type { ChatAdapter } from '@huiyin/core/port';
import { afterAll, beforeAll } from 'vitest';
import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually } from '../../../tests/adapters/support.ts';
import { createWechaty } from '../index.ts';
import { ECHO_MS, SEND_MS } from '../send.ts';
import { IMAGE, optionsFor, RECALLED, TEXT } from './harness.ts';
import type { Answer } from './puppet-server.ts';
import { Service, TOKEN } from './service.ts';

onlyLoopback();

let service: Service;
beforeAll(async () => {
  service = await Service.open();
});
afterAll(() => service.close());

describeAdapter(
  'wechaty',
  async () => {
    await service.reset();
    const { options, timers, lines } = optionsFor(service);
    const bot = createWechaty(options);
    const online = () => eventually(() => bot.health().state === 'online');
    // What the service is told comes by another way than what the adapter sends to it.
    let told: Promise<void> = Promise.resolve();
    const tell = (how: Answer, once = false): void => {
      told = service.steer({ do: 'answer', how, once });
    };
    const adapter: ChatAdapter = {
      id: bot.id,
      capabilities: bot.capabilities,
      async start(sink) {
        await bot.start(sink);
        await online();
      },
      async send(message) {
        await told;
        return bot.send(message);
      },
      stop: () => bot.stop(),
      fetchMedia: (ref) => bot.fetchMedia(ref),
      health: () => bot.health(),
    };
    const place = ({ id, kind }: { readonly id: string; readonly kind: string }) =>
      kind === 'group' ? { roomId: id } : { listenerId: 'wxid_bot' };
    return {
      adapter,
      async say({ id, chat, from, text, quote, photo }) {
        await service.steer({ do: 'person', id: from.id, name: from.name });
        const quoted = quote === undefined ? text : `「回音：${quote.text}」\n- - - - - - - -\n${text}`;
        const type = photo === undefined ? TEXT : IMAGE;
        const payload = { id, talkerId: from.id, type, text: quoted, ...place(chat) };
        const base64 = Buffer.from(photo ?? []).toString('base64');
        const file = photo === undefined ? {} : { file: { name: 'photo.png', base64 } };
        await service.steer({ do: 'message', payload, ...file });
      },
      async recall({ id, chat, from }) {
        const payload = { id: `r-${id}`, talkerId: from.id, type: RECALLED, text: id, ...place(chat) };
        await service.steer({ do: 'message', payload });
      },
      seen: () =>
        service.said.map(({ conversation, text, file }) => ({
          chat: conversation,
          text,
          files: file === null ? [] : [file],
        })),
      answerNext: (how) => tell(how === 'refused' ? 'refused' : 'lost', true),
      async giveUp() {
        for (const wait of [SEND_MS, ECHO_MS]) {
          await eventually(() => timers.isWaiting(wait));
          timers.advanceBy(wait);
        }
      },
      async cut() {
        await service.steer({ do: 'down' });
        await eventually(() => timers.isWaiting(1_000));
        await service.steer({ do: 'up' });
        timers.advanceBy(1_000);
        await online();
      },
      hold() {
        tell('held');
        return () => tell('release');
      },
      holding: () => service.calls.includes('held'),
      logged: () => lines.join('\n'),
      secrets: [TOKEN],
      close: () => Promise.resolve(),
    };
  },
  {
    edits: false,
    recalls: true,
    quotes: 'text',
    photos: true,
    files: true,
    answers: ['refused', 'lost'],
    cuts: true,
    holds: true,
  },
);
