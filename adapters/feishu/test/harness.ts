/** A Feishu adapter against the fake, with a clock that the test moves. */

import type { Outbound } from '@huiyin/core/port';
import { ManualClock } from '../../../src/kernel/clock.ts';
import { outbound } from '../../../tests/adapters/contract.ts';
import { eventually, logTo, RecordingSink, START, WatchedTimers } from '../../../tests/adapters/support.ts';
import type { FeishuAdapter, FeishuOptions } from '../index.ts';
import { createFeishu, feishuConfig } from '../index.ts';
import { APP_ID, FakeFeishu, SECRET } from './fake-feishu.ts';

export const SAY = 'POST /open-apis/im/v1/messages';
export const TOKENS = 'POST /open-apis/auth/v3/tenant_access_token/internal';
export const ENDPOINT = 'POST /callback/ws/endpoint';

export interface Running {
  readonly fake: FakeFeishu;
  readonly adapter: FeishuAdapter;
  readonly sink: RecordingSink;
  readonly timers: WatchedTimers;
  readonly clock: ManualClock;
  /** All that was logged, as text. */
  readonly lines: string[];
}

export function optionsFor(domain: string, over: Partial<FeishuOptions> = {}) {
  const clock = new ManualClock(START);
  const timers = new WatchedTimers(clock);
  const lines: string[] = [];
  const log = logTo(lines);
  const config = feishuConfig.parse({ appId: APP_ID, appSecret: SECRET, domain });
  const options: FeishuOptions = { ...config, id: 'feishu', clock, timers, log, ...over };
  return { options, clock, timers, lines };
}

/** Uses an adapter that is connected, and stops it whatever comes of it. */
export async function running<T>(
  use: (running: Running) => Promise<T>,
  {
    over = {},
    prepare = () => undefined,
    wait = true,
  }: {
    readonly over?: Partial<FeishuOptions>;
    readonly prepare?: (fake: FakeFeishu) => void;
    readonly wait?: boolean;
  } = {},
): Promise<T> {
  const fake = await FakeFeishu.open();
  prepare(fake);
  const { options, clock, timers, lines } = optionsFor(fake.root, over);
  const adapter = createFeishu(options);
  const sink = new RecordingSink();
  try {
    await adapter.start(sink);
    if (wait) await eventually(() => fake.connected && adapter.health().state !== 'connecting');
    return await use({ fake, adapter, sink, timers, clock, lines });
  } finally {
    await adapter.stop();
    await fake.close();
  }
}

/** How the app acknowledged the event with this frame id. */
export async function acked({ fake }: Running, id: string) {
  await eventually(() => fake.acks.some((ack) => ack.id === id));
  return fake.acks.find((ack) => ack.id === id);
}

export const message = (id: string, over: Partial<Outbound> = {}): Outbound => outbound(id, 'feishu', over);

/** https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive */
export const received = (id: string, over: Readonly<Record<string, unknown>> = {}, sender = 'ou_lin') => ({
  schema: '2.0',
  header: header('im.message.receive_v1', `e-${id}`),
  event: {
    sender: { sender_id: { open_id: sender, union_id: 'on_1' }, sender_type: 'user', tenant_key: '736588' },
    message: {
      message_id: id,
      create_time: '1793577600000',
      chat_id: 'oc_1',
      chat_type: 'group',
      message_type: 'text',
      content: JSON.stringify({ text: '3组王家桥路灯坏了两盏' }),
      ...over,
    },
  },
});

export const event = (type: string, id: string, body: Readonly<Record<string, unknown>>) => ({
  schema: '2.0',
  header: header(type, id),
  event: body,
});

const header = (event_type: string, event_id: string) => ({
  event_id,
  event_type,
  create_time: '1793577600123',
  token: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV',
  app_id: APP_ID,
  tenant_key: '736588c9260f175e',
});
