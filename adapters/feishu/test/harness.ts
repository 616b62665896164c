/** A Feishu adapter against the fake, with a clock that the test moves. */

import type { AdapterLog } from '@huiyin/core/kit';
import type { Outbound } from '@huiyin/core/port';
import { ManualClock, ManualTimers } from '../../../src/kernel/clock.ts';
import type { Inbound, Sink, Taken } from '../../../src/port.ts';
import { outbound, until } from '../../../tests/adapters/contract.ts';
import type { FeishuAdapter, FeishuOptions } from '../index.ts';
import { createFeishu, feishuConfig } from '../index.ts';
import { APP_ID, FakeFeishu, SECRET } from './fake-feishu.ts';

export const START = Date.UTC(2026, 10, 2, 0, 30);
export const SAY = 'POST /open-apis/im/v1/messages';
export const TOKENS = 'POST /open-apis/auth/v3/tenant_access_token/internal';
export const ENDPOINT = 'POST /callback/ws/endpoint';

/** Tells what is being waited for, so that a test moves the clock no sooner. */
export class WatchedTimers extends ManualTimers {
  readonly #waiting: number[] = [];

  override after(milliseconds: number, run: () => void): () => void {
    this.#waiting.push(milliseconds);
    let over = false;
    const done = (): void => {
      if (!over) this.#waiting.splice(this.#waiting.indexOf(milliseconds), 1);
      over = true;
    };
    const cancel = super.after(milliseconds, () => {
      done();
      run();
    });
    return () => {
      done();
      cancel();
    };
  }

  isWaiting(milliseconds: number): boolean {
    return this.#waiting.includes(milliseconds);
  }
}

/** Remembers; has one effect for each key, as the core has. */
export class RecordingSink implements Sink {
  readonly received: Inbound[] = [];
  readonly effects: Inbound[] = [];
  readonly #keys = new Set<string>();
  /** How many of the next events throw, as a store that is away would. */
  failures = 0;
  /** What to wait for before the commit. */
  hold: Promise<void> | null = null;
  failure = 'the store is away';

  async receive(inbound: Inbound): Promise<Taken> {
    this.received.push(inbound);
    await this.hold;
    if (this.failures-- > 0) throw new Error(this.failure);
    const key = `${inbound.chat.id} ${inbound.eventKey}`;
    const repeated = this.#keys.has(key);
    if (!repeated) this.effects.push(inbound);
    this.#keys.add(key);
    return { outcome: repeated ? 'repeated' : 'done', flushed: Promise.resolve() };
  }
}

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
  const write = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const log: AdapterLog = { info: write, warn: write, error: write };
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

/** Sockets need more turns than the contract's own waiting gives. */
export const eventually = (condition: () => boolean): Promise<void> => until(condition, 200_000);

/** Until somebody waits for so long; then that time has passed. */
export async function pass(
  { timers }: { readonly timers: WatchedTimers },
  milliseconds: number,
): Promise<void> {
  await eventually(() => timers.isWaiting(milliseconds));
  timers.advanceBy(milliseconds);
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
