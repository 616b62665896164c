/** A DingTalk adapter against the fake, with a clock that the test moves. */
import type { ChatAdapter, Outbound } from '@huiyin/core/port';
import { ManualClock } from '../../../src/kernel/clock.ts';
import { outbound } from '../../../tests/adapters/contract.ts';
import { eventually, logTo, RecordingSink, START, WatchedTimers } from '../../../tests/adapters/support.ts';
import type { DingtalkOptions } from '../index.ts';
import { createDingtalk, dingtalkConfig } from '../index.ts';
import { CLIENT, FakeDingtalk, SECRET, WEBHOOK } from './fake-dingtalk.ts';

export interface Running {
  readonly fake: FakeDingtalk;
  readonly adapter: ChatAdapter;
  readonly sink: RecordingSink;
  readonly timers: WatchedTimers;
  readonly clock: ManualClock;
  /** All that was logged, as text. */
  readonly lines: string[];
}

export function optionsFor(root: string, over: Partial<DingtalkOptions> = {}) {
  const clock = new ManualClock(START);
  const timers = new WatchedTimers(clock);
  const lines: string[] = [];
  const config = dingtalkConfig.parse({
    clientId: CLIENT,
    clientSecret: SECRET,
    apiRoot: root,
    oapiRoot: root,
  });
  const options: DingtalkOptions = { ...config, id: 'dingtalk', clock, timers, log: logTo(lines), ...over };
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
    readonly over?: Partial<DingtalkOptions>;
    readonly prepare?: (fake: FakeDingtalk) => void;
    readonly wait?: boolean;
  } = {},
): Promise<T> {
  const fake = await FakeDingtalk.open();
  prepare(fake);
  const { options, clock, timers, lines } = optionsFor(fake.root, over);
  const adapter = createDingtalk(options);
  const sink = new RecordingSink();
  try {
    await adapter.start(sink);
    if (wait) await eventually(() => adapter.health().state === 'online');
    return await use({ fake, adapter, sink, timers, clock, lines });
  } finally {
    await adapter.stop();
    await fake.close();
  }
}

export const message = (id: string, over: Partial<Outbound> = {}): Outbound => outbound(id, 'dingtalk', over);

/** https://open.dingtalk.com/document/orgapp/receive-message */
export const received = (msgId: string, over: Readonly<Record<string, unknown>> = {}) => ({
  conversationId: 'cidGroup==',
  atUsers: [{ dingtalkId: '$:LWCP_v1:$robot' }],
  chatbotCorpId: 'ding9f5',
  chatbotUserId: '$:LWCP_v1:$robot',
  msgId,
  senderNick: '林秀英',
  isAdmin: false,
  senderStaffId: '0166501',
  sessionWebhookExpiredTime: 1_793_583_000_000,
  createAt: 1_793_577_600_000,
  senderCorpId: 'ding9f5',
  conversationType: '2',
  senderId: '$:LWCP_v1:$lin',
  conversationTitle: '龙塘湾村三长群',
  isInAtList: true,
  sessionWebhook: `https://oapi.dingtalk.com/robot/sendBySession?session=${WEBHOOK}`,
  text: { content: ' 3组王家桥路灯坏了两盏' },
  robotCode: CLIENT,
  msgtype: 'text',
  ...over,
});
