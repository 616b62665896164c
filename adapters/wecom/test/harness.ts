/** A WeCom adapter against the fake, with a clock that the test moves. */
import type { Outbound } from '@huiyin/core/port';
import { ManualClock } from '../../../src/kernel/clock.ts';
import { outbound } from '../../../tests/adapters/contract.ts';
import { eventually, logTo, RecordingSink, START, WatchedTimers } from '../../../tests/adapters/support.ts';
import type { WecomAdapter, WecomOptions } from '../index.ts';
import { createWecom, wecomConfig } from '../index.ts';
import {
  AGENT_ID,
  APP_SECRET,
  BOT_ID,
  BOT_SECRET,
  CORP_ID,
  FakeWecom,
  HOOK_KEY,
  type Json,
} from './fake-wecom.ts';

export const CALLBACK = {
  token: 'plantedToken0001',
  encodingAesKey: 'plantedAesKey0000000000000000000000000000AA'.padEnd(43, 'A').slice(0, 43),
  host: '127.0.0.1',
  port: 0,
};

export const aibotTo = (fake: FakeWecom, over: Json = {}) => ({
  botId: BOT_ID,
  secret: BOT_SECRET,
  wsUrl: fake.wsUrl,
  mediaHosts: ['127.0.0.1'],
  ...over,
});

export const app = (over: Json = {}) => ({ corpId: CORP_ID, agentId: AGENT_ID, secret: APP_SECRET, ...over });

export interface Running {
  readonly fake: FakeWecom;
  readonly adapter: WecomAdapter;
  readonly sink: RecordingSink;
  readonly timers: WatchedTimers;
  readonly clock: ManualClock;
  readonly options: WecomOptions;
  /** All that was logged, as text. */
  readonly lines: string[];
}

export type Setup = (fake: FakeWecom) => Json;

export const onlyBot: Setup = (fake) => ({ aibot: aibotTo(fake) });
export const onlyApp: Setup = () => ({ app: app() });
export const all: Setup = (fake) => ({
  aibot: aibotTo(fake),
  app: app({ callback: CALLBACK, chats: ['made-by-app'] }),
  webhooks: { 'g-robot': { secret: HOOK_KEY } },
});

export function optionsFor(fake: FakeWecom, setup: Setup, over: Partial<WecomOptions> = {}) {
  const clock = new ManualClock(START);
  const timers = new WatchedTimers(clock);
  const lines: string[] = [];
  const config = wecomConfig.parse({ apiRoot: fake.root, ...setup(fake) });
  const options: WecomOptions = {
    ...config,
    id: 'wecom',
    clock,
    timers,
    log: logTo(lines),
    stateFile: null,
    ...over,
  };
  return { options, clock, timers, lines };
}

/** Uses an adapter that is connected, and stops it whatever comes of it. */
export async function running(
  setup: Setup,
  use: (running: Running) => Promise<void>,
  given: {
    readonly over?: Partial<WecomOptions>;
    readonly prepare?: (fake: FakeWecom) => void;
    readonly wait?: boolean;
  } = {},
): Promise<void> {
  const fake = await FakeWecom.open();
  given.prepare?.(fake);
  const { options, clock, timers, lines } = optionsFor(fake, setup, given.over);
  const adapter = createWecom(options);
  const sink = new RecordingSink();
  try {
    await adapter.start(sink);
    if (given.wait !== false) await eventually(() => adapter.health().state === 'online');
    await use({ fake, adapter, sink, timers, clock, lines, options });
  } finally {
    await adapter.stop();
    await fake.close();
  }
}

export const message = (id: string, over: Partial<Outbound> = {}): Outbound => outbound(id, 'wecom', over);
export const to = (id: string, kind: 'group' | 'direct' = 'group') => ({ chat: { id, kind } }) as const;

/** https://developer.work.weixin.qq.com/document/path/100719 */
export const received = (msgid: string, over: Json = {}): Json => ({
  msgid,
  aibotid: BOT_ID,
  chatid: 'g-1',
  chattype: 'group',
  from: { userid: 'lin' },
  create_time: 1_793_577_600,
  msgtype: 'text',
  text: { content: '@回音 3组王家桥路灯坏了两盏' },
  ...over,
});

export const single = (msgid: string, over: Json = {}): Json => {
  const { chatid: _none, ...body } = received(msgid, {
    chattype: 'single',
    text: { content: '收到' },
    ...over,
  });
  return body;
};

export const pressed = (msgid: string, command: string, over: Json = {}): Json => ({
  ...received(msgid, over),
  msgtype: 'event',
  text: undefined,
  event: {
    eventtype: 'template_card_event',
    template_card_event: { card_type: 'button_interaction', event_key: command, task_id: 'task-1' },
  },
});

/** Somebody wrote in the chat, and the core has it. */
export async function heard({ fake, sink }: Running, body: Json): Promise<string> {
  const before = sink.effects.length;
  const request = fake.push(body);
  await eventually(() => sink.effects.length > before);
  return request;
}
