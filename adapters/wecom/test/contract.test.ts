import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, logTo, pass, START } from '../../../tests/adapters/support.ts';
import { createWecom } from '../index.ts';
import { BOT_SECRET, FakeWecom, HOOK_KEY, type Json, type Said } from './fake-wecom.ts';
import { aibotTo, optionsFor, pressed, received, single } from './harness.ts';

onlyLoopback();

const FAULTS = {
  throttled: { errcode: 45009, errmsg: 'api freq out of limit' },
  refused: { errcode: 40058, errmsg: `invalid parameter ${BOT_SECRET}` },
  lost: 'silent',
} as const;

const NOTHING_SAID: Said = { road: 'push', chat: '', body: {} };

interface CardButton {
  readonly text: string;
  readonly key: string;
}

const buttonsIn = ({ body }: Said): readonly CardButton[] => {
  const { template_card: card } = body as Readonly<Record<string, Json | undefined>>;
  return (card?.button_list ?? []) as unknown as readonly CardButton[];
};

const contentOf = (said: Said) => {
  const { markdown, image, file } = said.body as Readonly<Record<string, Json | undefined>>;
  const files = [image, file].filter((one) => one !== undefined);
  const buttons = buttonsIn(said).map(({ text }) => text);
  return { text: String(markdown?.content ?? ''), files, buttons };
};

describeAdapter(
  'wecom',
  async () => {
    const fake = await FakeWecom.open();
    const folder = await mkdtemp(join(tmpdir(), 'huiyin-wecom-'));
    // The group and the person wrote to the bot before the program was started anew.
    const stateFile = join(folder, 'adapter-wecom.json');
    await writeFile(stateFile, JSON.stringify({ heard: { 'g-1': START, 'u-1': START } }));
    const lines: string[] = [];
    const setup = () => ({ aibot: aibotTo(fake) });
    const { options, timers } = optionsFor(fake, setup, { stateFile, log: logTo(lines) });
    const adapter = createWecom(options);
    const online = (): Promise<void> => eventually(() => adapter.health().state !== 'connecting');
    return {
      adapter: { ...waiting(adapter, online), id: adapter.id, capabilities: adapter.capabilities },
      async say({ id, chat, from, text, quote, photo }) {
        await online();
        const over: Json = {
          from: { userid: from.id },
          ...(chat.kind === 'group' && { chatid: chat.id }),
          ...(photo === undefined
            ? { text: { content: chat.kind === 'group' ? `@回音 ${text}` : text } }
            : { msgtype: 'image', image: fake.attach(Buffer.from(photo)) }),
          ...(quote && { quote: { msgtype: 'text', text: { content: quote.text } } }),
        };
        fake.push(chat.kind === 'group' ? received(id, over) : single(id, over));
      },
      async press({ id, from, text }) {
        await online();
        const button = buttonsIn(fake.said.at(-1) ?? NOTHING_SAID).find(({ key }) => key === text);
        const { event } = pressed(id, button?.key ?? '');
        const body = single(id, { from: { userid: from.id }, msgtype: 'event', event: event as Json });
        fake.push(body, 'aibot_event_callback');
      },
      seen: () => fake.said.map((said) => ({ chat: said.chat, ...contentOf(said) })),
      answerNext: (how) => fake.fail('aibot_send_msg', FAULTS[how]),
      giveUp: () => pass({ timers }, 6_000),
      async cut() {
        fake.cut();
        await pass({ timers }, 1_000);
        await eventually(() => adapter.health().state === 'online');
      },
      hold() {
        const held: (() => void)[] = [];
        fake.held = held;
        return () => {
          fake.held = null;
          for (const release of held.splice(0)) release();
        };
      },
      logged: () => lines.join('\n'),
      secrets: [BOT_SECRET, HOOK_KEY],
      async close() {
        await fake.close();
        await rm(folder, { recursive: true });
      },
    };
  },
  {
    edits: false,
    recalls: false,
    quotes: 'text',
    photos: true,
    files: true,
    answers: ['throttled', 'refused', 'lost'],
    cuts: true,
    holds: true,
    presses: true,
  },
);

/** The suite sends right after the start; the outbox would send what was deferred until then. */
function waiting(adapter: ReturnType<typeof createWecom>, online: () => Promise<void>) {
  return {
    start: async (sink: Parameters<typeof adapter.start>[0]) => {
      await adapter.start(sink);
      await online();
    },
    send: adapter.send.bind(adapter),
    stop: adapter.stop.bind(adapter),
    fetchMedia: adapter.fetchMedia.bind(adapter),
    health: adapter.health.bind(adapter),
  };
}
