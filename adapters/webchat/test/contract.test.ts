import type { PlatformHarness, SpokenMessage } from '../../../tests/adapters/contract.ts';
import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { chatOf, keyOf } from '../history.ts';
import { createWebchat, openWebchatHistory } from '../index.ts';
import { message, options } from './harness.ts';

onlyLoopback();

async function create(): Promise<PlatformHarness> {
  const history = openWebchatHistory(':memory:');
  const adapter = createWebchat(options(history));
  /** As a page that was just opened. */
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> => {
    const origin = adapter.address().slice(0, -1);
    const page = await (await fetch(adapter.address())).text();
    const token = /name="webchat-token" content="([^"]+)"/.exec(page)?.[1] ?? '';
    return fetch(`${origin}${path}`, { method: 'POST', body, headers: { 'x-webchat-token': token, origin } });
  };
  const write = async (given: SpokenMessage, over: Readonly<Record<string, unknown>>): Promise<void> => {
    const common = { chat: keyOf(given.chat), as: given.from.id, text: given.text };
    await post('/api/messages', JSON.stringify(message(given.id, { ...common, ...over })));
  };
  return {
    adapter,
    async say(given) {
      const { quote, photo } = given;
      const uploaded = photo ? await post('/api/photos', new Uint8Array(photo)) : null;
      const { ref } = uploaded === null ? {} : ((await uploaded.json()) as { ref?: string });
      await write(given, { quote: quote?.id ?? null, photos: ref === undefined ? [] : [ref] });
    },
    edit: (given) => write(given, { type: 'edit' }),
    recall: (given) => write(given, { type: 'recall', text: undefined }),
    async press({ id, chat, from, text }) {
      const said = history.changedSince(0, 100).findLast((one) => one.from === null);
      const command = said?.buttons.find((button) => button.command === text)?.command;
      const press = { type: 'press', id, chat: keyOf(chat), as: from.id, message: said?.id, command };
      await post('/api/messages', JSON.stringify(press));
    },
    seen: () =>
      history
        .changedSince(0, 100)
        .filter(({ from }) => from === null)
        .map(({ chat, text, media, buttons }) => {
          const labels = buttons.map(({ label }) => label);
          return { chat: chatOf(chat)?.id ?? '', text, files: media, buttons: labels };
        }),
    close: async () => history.close(),
  };
}

describeAdapter('the web chat', create, {
  edits: true,
  recalls: true,
  quotes: 'id',
  photos: true,
  files: true,
  // Nothing lies between it and its own history that could be throttled, lost or cut.
  answers: [],
  cuts: false,
  holds: false,
  presses: true,
  secretless: true,
});
