/** Random people saying random things in real words, as data: the same sequence can be played many ways. */
import fc from 'fast-check';
import type { Inbound } from '../../src/port.ts';

/** One line of a random story. `gap`: minutes since the line before. */
export type Action =
  | {
      readonly type: 'say';
      readonly who: string;
      readonly text: string;
      readonly group: string | null;
      readonly gap: number;
    }
  | { readonly type: 'again'; readonly back: number }
  | { readonly type: 'edit'; readonly back: number; readonly text: string; readonly gap: number }
  | { readonly type: 'recall'; readonly back: number; readonly gap: number }
  | { readonly type: 'wait'; readonly minutes: number };

const HEADS = ['lin', 'qiu', 'tang', 'zhou', 'he', 'xie', 'luo', 'gu'];
const OFFICERS = ['li', 'chen', 'gan', 'zeng', 'tan', 'ma', 'liu', 'xia', 'fang', 'mo'];
const LEADERS = ['wang', 'hu', 'hao', 'long', 'deng'];
const ABOVE = ['duty', 'xiong', 'ban', 'ye', 'ou'];

/** Words that must never be read in a group: heads write them, the bot must not say them. */
export const RESIDENTS = ['张桂芳', '王秋生', '刘满爹'];
export const PHONES = ['13907370011', '13507370022'];

const REPORTS = [
  '#上报 3组王家桥路灯不亮',
  '#上报 3组晒谷坪垃圾三天没拉',
  '5组祠堂边水管漏水了',
  '#停水 3组 8户',
  '【上报】\n类别：污水\n地点：5组水塘旁\n情况：化粪池满了，污水外溢',
  '#上报 3组水塘边路面塌了一个坑，12户',
  '#上报 野猪拱了3组的玉米地',
  '#上报 3组隔壁两家为了一堵墙吵架',
  '#上报 路灯坏了',
  '#上报',
  `#上报 3组${RESIDENTS[0]}家的低保没到账，电话${PHONES[0]}`,
  `#上报 5组${RESIDENTS[1]}独居，几天没人照看，电话${PHONES[1]}`,
  '#上报 不要说是我报的，村建所的李明辉收了材料半年不办',
  '有人掉到王家桥下的水里了，快来人',
  '3组着火了',
  '#上报\n1. 3组路灯不亮\n2. 5组水管漏水',
  '#自办 3组王家桥的垃圾我们自己清了',
  '请问高龄津贴怎么办理？',
  '村支书龙建平贪污修路款',
  '早上好',
  '谢谢大家',
];

const REPORTER_WORDS = [
  '1',
  '2',
  '3',
  '满意',
  '不满意',
  '没解决',
  '灯亮了',
  '还是没修好',
  '查询',
  '催办 #',
  '撤回 #',
  '补充 # 还有一处',
  '更正 # 是5组不是3组',
  '在王家桥桥头',
  '说不清',
  '谢谢',
  '什么时候来修',
  '刚才那条不用处理了',
  '是的',
  '不用',
  '#',
];
const OFFICER_WORDS = [
  '接单',
  '收到',
  '接单 #',
  '进展 # 明天去',
  '办结 # 换好了',
  '办结 # 部分解决，先临时处理',
  '无法办理 # 没有资金，依据镇里计划',
  '退回 # 不归我们管',
  '转办 # 供电所 线路是他们的',
  '转办 # 环卫所 归他们',
  '延期 # 到11月20日 等配件',
  '挂账 # 到12月10日 没有资金',
  '询问 # 是哪一处',
  '联系方式 #',
  '上交 # 村里办不了',
  '办结',
  '请假 到11月6日 由陈立刚代',
  '销假',
];
const LEADER_WORDS = [
  '同意',
  '同意 #',
  '不同意 # 再想办法',
  '转办 # 供电所 给他们',
  '提级 # 镇里办',
  '查询 #',
];
const ABOVE_WORDS = [
  '收到',
  '交办 # 村建所',
  '交办 # 供电所',
  '交办 # 环卫所',
  '改类 # 停电',
  '改类 # 路灯',
  '会办 # 应急办 配合',
  '并案 # #',
  '提级 # 办不了',
  '督办 #',
  '销账 #',
  '议定 # 村建所 11月25日前 先立警示牌',
  '同意 #',
  '不同意 # 不行',
  '回访 # 接通，已解决，满意',
  '回访 # 接通，不满意',
  '甄别 # 重办',
  '甄别 # 予以认定，明年列入计划',
  '甄别 # 转周期 到12月20日',
  '代办结 # 张师傅电话说换好了',
  '代接 # 张师傅电话',
  '代评 # 林大娘电话说满意',
  '代报 刘满爹电话说3组路灯不亮',
  '转办 # 供水站 归他们',
  '月报',
  '联系方式 #',
];

const serial = fc.oneof(
  { weight: 4, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.constant(2) },
  fc.constant(3),
);
const withSerials = (words: readonly string[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...words), serial, serial).map(([text, a, b]) => {
    const numbers = [a, b];
    return text.startsWith('#') && text.length > 1
      ? text
      : text.replaceAll('#', () => String(numbers.shift() ?? 1));
  });

const gap = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 2, arbitrary: fc.integer({ min: 10, max: 600 }) },
);
const group = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('g-fl', 'g-bs', 'g-off') },
  { weight: 3, arbitrary: fc.constant(null) },
);

const says = (
  people: readonly string[],
  words: fc.Arbitrary<string>,
  where: fc.Arbitrary<string | null>,
): fc.Arbitrary<Action> =>
  fc.record({
    type: fc.constant('say' as const),
    who: fc.constantFrom(...people),
    text: words,
    group: where,
    gap,
  });

const anyone = [...HEADS, ...OFFICERS, ...LEADERS, ...ABOVE, 'u-guest'];
const anything = fc.oneof(
  fc.constantFrom(...REPORTS),
  ...[REPORTER_WORDS, OFFICER_WORDS, LEADER_WORDS, ABOVE_WORDS].map(withSerials),
);
const back = fc.integer({ min: 0, max: 5 });

/** Mostly people who do their part, sometimes anyone who says anything anywhere. */
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: says(HEADS, fc.constantFrom(...REPORTS), fc.constantFrom('g-fl', 'g-fl', null)) },
  { weight: 8, arbitrary: says(HEADS, withSerials(REPORTER_WORDS), group) },
  { weight: 14, arbitrary: says(OFFICERS, withSerials(OFFICER_WORDS), fc.constant(null)) },
  { weight: 4, arbitrary: says(LEADERS, withSerials(LEADER_WORDS), fc.constant(null)) },
  { weight: 9, arbitrary: says(ABOVE, withSerials(ABOVE_WORDS), fc.constant(null)) },
  { weight: 4, arbitrary: says(anyone, anything, group) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('again' as const), back }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('edit' as const),
      back,
      text: fc.constantFrom(...REPORTS),
      gap,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('recall' as const), back, gap }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      minutes: fc.integer({ min: 60, max: 6 * 1440 }),
    }),
  },
);

/** What has happened so far, as far as a line needs to know it. */
export interface Said {
  readonly events: readonly Inbound[];
}

const MINUTE = 60_000;
const account = (who: string): string => (who.startsWith('u-') ? who : `u-${who}`);

/** The event an action makes, and when; null where it only lets time pass (or points at nothing). */
export function inboundOf(
  act: Action,
  said: readonly Inbound[],
  now: number,
): { at: number; inbound: Inbound | null } {
  if (act.type === 'wait') return { at: now + act.minutes * MINUTE, inbound: null };
  if (act.type === 'say') {
    const sender = account(act.who);
    const id = `m${said.length + 1}`;
    const chat =
      act.group === null
        ? { id: sender, kind: 'direct' as const }
        : { id: act.group, kind: 'group' as const };
    return { at: now + act.gap * MINUTE, inbound: messageOf(id, chat, sender, act.text) };
  }
  const before = said.filter(({ kind }) => kind === 'message').at(-1 - act.back);
  if (before === undefined) return { at: now, inbound: null };
  if (act.type === 'again') return { at: now, inbound: before };
  const at = now + act.gap * MINUTE;
  if (act.type === 'edit')
    return {
      at,
      inbound: { ...before, kind: 'edit', text: act.text, eventKey: `e:${before.messageId}:${act.text}` },
    };
  return { at, inbound: { ...before, kind: 'recall', text: '', eventKey: `r:${before.messageId}` } };
}

function messageOf(id: string, chat: Inbound['chat'], sender: string, text: string): Inbound {
  return {
    eventKey: `m:${id}`,
    kind: 'message',
    account: 'bridge',
    chat,
    sender: { id: sender, name: sender, isSelf: false, isBot: false },
    messageId: id,
    text,
    mentionsBot: false,
    quote: null,
    media: [],
    platformTime: null,
    address: {},
  };
}

const opening = says(
  HEADS,
  fc.constantFrom(...REPORTS.slice(0, 8), ...REPORTS.slice(10, 14)),
  fc.constantFrom('g-fl', null),
);

/** A random story: a few reports, then whatever happens. */
export const story = (most: number): fc.Arbitrary<readonly Action[]> =>
  fc
    .tuple(
      fc.array(opening, { minLength: 2, maxLength: 3 }),
      fc.array(action, { minLength: 3, maxLength: most, size: 'max' }),
    )
    .map(([first, then]) => [...first, ...then]);
