/** What an adapter can do and how it stands, in words for whoever looks after it. Pure. */
import { printed } from '../kernel/zone.ts';
import {
  type Capabilities,
  type ClosedCode,
  type Health,
  type HealthState,
  isClosedCode,
  type SendResult,
} from '../port.ts';

const SEES: Readonly<Record<Capabilities['groupVisibility'], string>> = {
  all: '群里全部消息都看得到',
  mention: '群里只看得到@它的话',
  none: '看不到群里的话',
};

const HOUR = 3_600_000;

function writes({ dm, proactive, windowMs }: Capabilities): string {
  if (!dm) return '不能私信';
  if (proactive === 'always') return '随时能私信人';
  if (proactive === 'after-contact') return '对方先私信过它，才能私信人';
  if (proactive === 'none') return '只能回话，不能主动私信';
  return `对方说话后 ${Math.round((windowMs ?? 0) / HOUR)} 小时内能私信`;
}

const limit = (
  given: { readonly count: number; readonly perMs: number } | null,
  where: string,
): string | null =>
  given === null ? null : `${where}每 ${Math.round(given.perMs / 1_000)} 秒最多 ${given.count} 条`;

const can = (yes: boolean, words: string): string | null => (yes ? words : null);

/** 全部消息 / 只看@, 能否主动私信, 限速…: one short phrase each. */
export function capabilityWords(given: Capabilities): readonly string[] {
  const { limits } = given;
  return [
    SEES[given.groupVisibility],
    writes(given),
    can(given.quoteIn !== 'none', '认得引用'),
    can(given.buttons, '有按钮'),
    given.mediaOut ? (given.mediaIn ? '收发照片文件' : '能发文件') : can(given.mediaIn, '能收照片'),
    can(given.edits, '看得到改过的话'),
    can(given.recalls, '看得到撤回'),
    can(given.memberEvents, '知道自己被拉进群、移出群'),
    can(!given.stableUserIds, '人的账号会变，要重新绑定'),
    limit(limits.perChat, '每个聊天'),
    limit(limits.global, '一共'),
  ].filter((words) => words !== null);
}

const STATES: Readonly<Record<HealthState, string>> = {
  connecting: '正在连接',
  'need-login': '要登录：扫码，见日志',
  online: '在线',
  degraded: '在线，有毛病',
  kicked: '下线了，要人处理',
  stopped: '停了',
};

export function healthWords({ state, lastInboundAt, lastError }: Health, timezone: string): string {
  const heard =
    lastInboundAt === null
      ? '还没收到过话'
      : `上次收到话 ${printed(lastInboundAt, timezone).slice(0, 16).replace('T', ' ')}`;
  return [STATES[state], heard, ...(lastError === null ? [] : [lastError])].join('；');
}

const CLOSED: Readonly<Record<ClosedCode, string>> = {
  unreachable: '现在写不进去：对方没和机器人说过话、把它拉黑了，或者机器人不在那个群里。',
  window_closed: '对方有一阵没和机器人说话，平台这时不让机器人先开口。',
};

function refusedWords({ permanent, code, detail }: Extract<SendResult, { type: 'rejected' }>): string {
  if (isClosedCode(code)) return `✗ ${CLOSED[code]}\n请对方先对机器人说一句话，再试一次。`;
  const next = permanent ? '照上面的原因改好再来。' : '过一会儿再来一次。';
  return `✗ 平台不收（${code}）：${detail}\n${next}`;
}

/** What became of a test message, and what to do. */
export function resultWords(result: SendResult): { readonly sent: boolean; readonly words: string } {
  switch (result.type) {
    case 'sent':
      return { sent: true, words: '✓ 发出去了，请到那边看一眼收到没有。' };
    case 'deferred':
      return {
        sent: false,
        words: `! 平台要等 ${Math.ceil(result.retryAfterMs / 1_000)} 秒才让发，没有发。过一会儿再来一次。`,
      };
    case 'rejected':
      return { sent: false, words: refusedWords(result) };
    case 'unknown':
      return { sent: false, words: `! 不知道发没发出去：${result.detail}\n请到那边看一眼，没有再来一次。` };
  }
}
