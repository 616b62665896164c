/**
 * Against telegram-test-api, which others wrote from the same documents. Before it stands a small front: the
 * package calls every chat private, knows no long polling (it answers at once, empty), and hands an update out
 * once only. What it lacks altogether (edits, files, 429) is tried against the fake server beside this.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createServer as createSocket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outbound } from '../../../tests/adapters/contract.ts';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, RecordingSink } from '../../../tests/adapters/support.ts';
import { createTelegram } from '../index.ts';
import { TOKEN } from './fake-telegram.ts';
import { GROUP, optionsFor } from './harness.ts';

onlyLoopback();

/** CommonJS whose types and exports disagree under node's resolution. */
const TelegramServer = createRequire(import.meta.url)(
  'telegram-test-api',
) as typeof import('telegram-test-api').default;
type Vendor = InstanceType<typeof TelegramServer>;

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as AddressInfo;
  socket.close();
  return port;
}

/** Passes calls on; holds getUpdates until somebody wrote. */
async function front(vendor: Vendor): Promise<{ root: string; server: Server }> {
  const server = createServer(async (incoming, outgoing) => {
    const body = (await incoming.toArray()).join('');
    const url = `${vendor.config.apiURL}${incoming.url}`;
    const headers = { 'content-type': 'application/json' };
    const ask = (): Promise<string> =>
      fetch(url, { method: 'POST', headers, body: body || '{}' }).then((answer) => answer.text());
    let answer = await ask();
    const held = incoming.url?.endsWith('/getUpdates') && !body.includes('"timeout":0');
    while (held && answer.includes('"result":[]') && !outgoing.destroyed) {
      await Promise.race([vendor.waitUserMessage(), once(outgoing, 'close')]);
      if (!outgoing.destroyed) answer = await ask();
    }
    outgoing.writeHead(200, headers).end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

let vendor: Vendor;
let server: Server;
let adapter: ReturnType<typeof createTelegram>;
let sink: RecordingSink;

beforeEach(async () => {
  vendor = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
  await vendor.start();
  const opened = await front(vendor);
  server = opened.server;
  sink = new RecordingSink();
  adapter = createTelegram(optionsFor(opened.root).options);
  await adapter.start(sink);
});

afterEach(async () => {
  await adapter.stop();
  server.closeAllConnections();
  server.close();
  await vendor.stop();
});

const person = () =>
  vendor.getClient(TOKEN, { userId: 77, chatId: GROUP, firstName: '秀英', type: 'supergroup' as 'private' });

test('a report comes in, the receipt goes out with its button, and pressing it comes back', async () => {
  const client = person();
  await client.sendMessage(client.makeMessage('3组王家桥路灯坏了两盏'));
  await eventually(() => sink.effects.length === 1);
  const [report] = sink.effects;
  expect(report).toMatchObject({
    kind: 'message',
    text: '3组王家桥路灯坏了两盏',
    chat: { id: String(GROUP), kind: 'group' },
    sender: { id: '77', name: '秀英' },
  });
  const buttons = [{ label: '满意', command: '满意 0042' }];
  const chat = { id: String(GROUP), kind: 'group' } as const;
  const result = await adapter.send(
    outbound('o1', 'telegram', { chat, buttons, replyTo: report?.messageId ?? null }),
  );
  expect(result).toMatchObject({ type: 'sent' });
  const said = vendor.storage.botMessages.map(({ message }) => message);
  expect(said).toMatchObject([
    {
      chat_id: GROUP,
      text: '记下了 #0042：路灯不亮。\n转村建办。',
      reply_markup: { inline_keyboard: [[{ text: '满意', callback_data: '满意 0042' }]] },
    },
  ]);
  const message = { message_id: 2, date: 1, text: said[0]?.text };
  await client.sendCallback(client.makeCallbackQuery('满意 0042', { message } as never));
  await eventually(() => sink.effects.length === 2);
  expect(sink.effects[1]).toMatchObject({ kind: 'action', text: '满意 0042', messageId: '2' });
});

test('a command comes in as people would type it', async () => {
  const client = person();
  await client.sendCommand(client.makeCommand('/start'));
  await eventually(() => sink.effects.length === 1);
  expect(sink.effects[0]).toMatchObject({ text: '帮助' });
});
