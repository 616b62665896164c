import type { PlatformHarness, SpokenMessage } from '../../../tests/adapters/contract.ts';
import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { createFeishu } from '../index.ts';
import { FakeFeishu, SECRET, TICKET, TOKEN } from './fake-feishu.ts';
import { event, optionsFor, received, SAY } from './harness.ts';

onlyLoopback();

/** A private chat has an id of its own at Feishu, which is nobody's account. */
const messageOf = ({ id, chat, from, text, quote, photo }: SpokenMessage) =>
  received(
    id,
    {
      ...(chat.kind === 'direct' ? { chat_id: 'oc_p2p', chat_type: 'p2p' } : { chat_id: chat.id }),
      ...(photo
        ? { message_type: 'image', content: JSON.stringify({ image_key: `img_${id}` }) }
        : { content: JSON.stringify({ text }) }),
      ...(quote ? { parent_id: quote.id, root_id: quote.id } : {}),
    },
    from.id,
  );

interface CardButton {
  readonly text: { readonly content: string };
  readonly value: { readonly command: string };
}

/** Of a card that the bot sent, its button as Feishu hands it back. */
function buttonsIn(content: Readonly<Record<string, unknown>> = {}): readonly CardButton[] {
  const elements = (content.elements ?? []) as readonly { readonly actions?: readonly CardButton[] }[];
  return elements.flatMap(({ actions = [] }) => actions);
}

const recallOf = ({ id, chat }: SpokenMessage) =>
  event('im.message.recalled_v1', `r-${id}`, {
    message_id: id,
    chat_id: chat.id,
    recall_type: 'message_owner',
  });

/** Refusals that repeat what we sent. */
const said = `secret ${SECRET}, token ${TOKEN}1, ticket ${TICKET}`;
const ANSWERS = {
  throttled: {
    status: 429,
    body: { code: 99991400, msg: said },
    headers: { 'x-ogw-ratelimit-reset': '3' },
  },
  refused: { status: 400, body: { code: 230002, msg: said } },
  lost: 'hang',
} as const;
const CALL_MS = 15_000;

async function create(): Promise<PlatformHarness> {
  const fake = await FakeFeishu.open();
  const { options, timers, lines } = optionsFor(fake.root);
  const adapter = createFeishu(options);
  // The SDK listens only some turns after the handshake; what Feishu pushes before goes unacknowledged.
  const push = async (what: unknown): Promise<void> => {
    await eventually(() => adapter.health().state !== 'connecting');
    const frame = fake.push(what);
    await eventually(() => fake.acks.some((ack) => ack.id === frame));
  };
  return {
    adapter,
    async say(message) {
      if (message.photo) fake.files.set(`img_${message.id}`, Buffer.from(message.photo));
      await push(messageOf(message));
    },
    recall: (message) => push(recallOf(message)),
    async press({ id, chat, from, text }) {
      const card = fake.said.at(-1);
      const button = buttonsIn(card?.content).find(({ value }) => value.command === text);
      await push(
        event('card.action.trigger', id, {
          operator: { open_id: from.id },
          action: { tag: 'button', value: button?.value },
          context: { open_message_id: card?.id, open_chat_id: chat.kind === 'direct' ? 'oc_p2p' : chat.id },
        }),
      );
    },
    seen: () =>
      fake.said.map(({ chat, content }) => ({
        chat,
        text: String(content.text ?? ''),
        files: Object.keys(content).filter((key) => key.endsWith('_key')),
        buttons: buttonsIn(content).map((button) => button.text.content),
      })),
    answerNext: (how) => fake.fail(SAY, ANSWERS[how]),
    async giveUp() {
      await eventually(() => fake.called(SAY).length > 0);
      await pass({ timers }, CALL_MS);
    },
    async cut() {
      await eventually(() => fake.connected && adapter.health().state === 'online');
      const before = fake.connections;
      fake.cut();
      await pass({ timers }, 1_000);
      await eventually(() => fake.connections > before && adapter.health().state === 'online');
    },
    hold: () => fake.hold(),
    holding: () => fake.holding,
    logged: () => lines.join('\n'),
    secrets: [SECRET, TOKEN, TICKET],
    close: () => fake.close(),
  };
}

describeAdapter('feishu', create, {
  edits: false,
  recalls: true,
  quotes: 'id',
  photos: true,
  files: true,
  answers: ['throttled', 'refused', 'lost'],
  cuts: true,
  holds: true,
  presses: true,
});
