import { describeAdapter } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually } from '../../../tests/adapters/support.ts';
import { createFeishu } from '../index.ts';
import { FakeFeishu } from './fake-feishu.ts';
import { optionsFor, received } from './harness.ts';

onlyLoopback();

describeAdapter('feishu', async () => {
  const fake = await FakeFeishu.open();
  const adapter = createFeishu(optionsFor(fake.root).options);
  return {
    adapter,
    async say({ id, chat, from, text }) {
      // The SDK listens only some turns after the handshake; what Feishu pushes before goes unacknowledged.
      await eventually(() => adapter.health().state !== 'connecting');
      const frame = fake.push(received(id, { chat_id: chat.id, content: JSON.stringify({ text }) }, from.id));
      await eventually(() => fake.acks.some((ack) => ack.id === frame));
    },
    seen: () => fake.said.map(({ chat, content }) => ({ chat, text: String(content.text) })),
    close: () => fake.close(),
  };
});
