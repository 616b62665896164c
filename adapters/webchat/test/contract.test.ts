import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { chatOf, keyOf } from '../history.ts';
import { createWebchat, openWebchatHistory } from '../index.ts';
import { message, options } from './harness.ts';

describeAdapter('the web chat', async () => {
  const history = openWebchatHistory(':memory:');
  const adapter = createWebchat(options(history));
  return {
    adapter,
    async say({ id, chat, from, text }) {
      const origin = adapter.address().slice(0, -1);
      const page = await (await fetch(adapter.address())).text();
      const token = /name="webchat-token" content="([^"]+)"/.exec(page)?.[1] ?? '';
      const body = JSON.stringify(message(id, { chat: keyOf(chat), as: from.id, text }));
      const headers = { 'x-webchat-token': token, origin };
      await fetch(`${origin}/api/messages`, { method: 'POST', body, headers });
    },
    seen: () =>
      history
        .changedSince(0, 100)
        .filter(({ from }) => from === null)
        .map(({ chat, text }) => ({ chat: chatOf(chat)?.id ?? '', text })),
    close: async () => history.close(),
  };
});
