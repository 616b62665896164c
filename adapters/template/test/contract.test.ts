import type { PlatformHarness, SpokenMessage } from '../../../tests/adapters/contract.ts';
import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { createTemplate } from '../index.ts';
import { FakePlatform, TOKEN } from './fake-platform.ts';
import { optionsFor } from './harness.ts';

onlyLoopback();

const eventOf = (type: string, { id, chat, from, text, quote, photo }: SpokenMessage) => ({
  type,
  id,
  chat: { id: chat.kind === 'direct' ? 'private-7' : chat.id, private: chat.kind === 'direct' },
  from,
  text,
  ...(quote ? { answers: quote } : {}),
  ...(photo ? { files: [{ id: `of-${id}`, name: 'a.png', type: 'image/png' }] } : {}),
});

const ANSWERS = {
  throttled: { status: 429, headers: { 'retry-after': '3' } },
  refused: { status: 403 },
  lost: 'lost',
} as const;

async function create(): Promise<PlatformHarness> {
  const fake = await FakePlatform.open();
  const { options, timers, lines } = optionsFor(fake.root);
  return {
    adapter: createTemplate(options),
    async say(message) {
      if (message.photo) fake.files.set(`of-${message.id}`, message.photo);
      fake.push(eventOf('message', message));
    },
    edit: async (message) => fake.push(eventOf('edited', message)),
    recall: async (message) => fake.push(eventOf('deleted', message)),
    async press(message) {
      const said = [...fake.said.values()].at(-1);
      const button = said?.buttons.find(({ command }) => command === message.text);
      const event = eventOf('pressed', { ...message, text: button?.command ?? '' });
      fake.push({ ...event, answers: { id: `of-${said?.id}`, text: said?.text } });
    },
    seen: () =>
      [...fake.said.values()].map(({ to, text, files, buttons }) => {
        const labels = buttons.map(({ label }) => label);
        return { chat: to.group ?? to.person ?? '', text, files, buttons: labels };
      }),
    answerNext: (how) => fake.failNext(ANSWERS[how]),
    async giveUp() {
      await eventually(() => fake.asked > 0);
      await pass({ timers }, 15_000);
    },
    async cut() {
      await eventually(() => fake.polled);
      fake.cut();
      await eventually(() => fake.polled);
    },
    hold: () => fake.hold(),
    holding: () => fake.holding,
    logged: () => lines.join('\n'),
    secrets: [TOKEN],
    close: () => fake.close(),
  };
}

describeAdapter('the template', create, {
  edits: true,
  recalls: true,
  quotes: 'id',
  photos: true,
  files: true,
  answers: ['throttled', 'refused', 'lost'],
  cuts: true,
  holds: true,
  presses: true,
});
