import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/domain/roster.ts';
import type { CommandExtra, CommandWords, Intent } from '../../src/intake/reading.ts';
import { understand } from '../../src/intake/understand.ts';
import { context, officer } from './support.ts';

type Words = Partial<Omit<CommandWords, 'extra'>> & { extra?: CommandExtra };
type Row = readonly [Role, string, Intent, Words?];

const ROWS: readonly Row[] = [
  ['officer', '办结 42 已换灯泡', 'resolve', { refs: ['42'], text: '已换灯泡' }],
  ['officer', '办结 #0042', 'resolve', { refs: ['42'] }],
  ['officer', 'LC2611-0042 已办结：换了两盏灯', 'resolve', { refs: ['LC2611-0042'], text: '换了两盏灯' }],
  ['officer', '42 办结', 'resolve', { refs: ['42'] }],
  ['officer', '42办结', 'resolve', { refs: ['42'] }],
  ['officer', '办结42', 'resolve', { refs: ['42'] }],
  ['officer', '办结 42 43 45 都换了', 'resolve', { refs: ['42', '43', '45'], text: '都换了' }],
  ['officer', '42、43已办结', 'resolve', { refs: ['42', '43'] }],
  ['officer', '42号已办结，路灯换好了', 'resolve', { refs: ['42'] }],
  ['officer', 'GZ-20261012-007 已办结：水管已更换', 'resolve', { refs: ['GZ-20261012-007'] }],
  ['officer', '办结 42 先临时垫了石头，明年再修', 'resolve', { refs: ['42'], extra: { partly: true } }],
  ['officer', '已经换好了', 'resolve'],
  ['officer', '42 已经修好了', 'resolve', { refs: ['42'] }],
  ['officer', '已恢复供水', 'resolve'],
  ['officer', '水管修好了，水也通了', 'resolve'],
  ['officer', '收到', 'accept'],
  ['officer', '好的我去看', 'accept'],
  ['officer', '接单', 'accept'],
  ['officer', '接单 42', 'accept', { refs: ['42'] }],
  ['officer', '收到，马上安排人去', 'accept'],
  ['officer', '马上处理', 'accept'],
  ['officer', '已联系物业', 'progress'],
  ['officer', '已经跟物业联系了', 'progress'],
  ['officer', '进展 42 已联系物业', 'progress', { refs: ['42'], text: '已联系物业' }],
  [
    'officer',
    '进展 42 灯具在路上，11月25日装好',
    'progress',
    { refs: ['42'], text: '灯具在路上，11月25日装好' },
  ],
  ['officer', '配件明天到，到了就修', 'progress'],
  ['officer', '正在抢修，预计下午恢复', 'progress'],
  ['officer', '#0042 已派人去修', 'progress', { refs: ['42'] }],
  ['officer', '询问 42 具体哪盏', 'ask_reporter', { refs: ['42'], text: '具体哪盏' }],
  ['officer', '请问具体在哪', 'ask_reporter'],
  ['officer', '麻烦发个照片', 'ask_reporter'],
  ['officer', '联系方式 42', 'contact', { refs: ['42'] }],
  ['officer', '退回 42 不属我办', 'return', { refs: ['42'], reason: '不属我办' }],
  ['officer', '这个不归我们管', 'return'],
  [
    'officer',
    '转办 42 供电所 线路是他们的',
    'transfer',
    { refs: ['42'], to: '供电所', reason: '线路是他们的' },
  ],
  ['officer', '这个不是我们的，请转供电所', 'transfer', { to: '供电所' }],
  ['officer', '会办 42 供水站', 'co_handle', { refs: ['42'], to: '供水站' }],
  [
    'officer',
    '延期 42 到11月20日 等配件',
    'request_extension',
    { refs: ['42'], until: '2026-11-20', reason: '等配件' },
  ],
  ['officer', '42申请延期到下周三，配件没到', 'request_extension', { refs: ['42'], until: '2026-11-11' }],
  ['officer', '申请延期3天', 'request_extension', { until: '2026-11-05' }],
  [
    'officer',
    '延期 42 到2026年10月1日',
    'request_extension',
    { refs: ['42'], until: '2026-10-01', extra: { past: true } },
  ],
  [
    'officer',
    '挂账 42 缺资金 约3万元 明年3月复查',
    'defer',
    { refs: ['42'], until: '2027-03-31', extra: { cost: 30_000 } },
  ],
  [
    'officer',
    '无法办理 42 不符合条件 依据低保办法',
    'explain',
    { refs: ['42'], extra: { ground: '低保办法' } },
  ],
  ['officer', '按规定不能由镇里处理，已向当事人说明', 'explain'],
  [
    'officer',
    '请假 11月3日到11月5日 由陈刚代',
    'absence',
    { to: '陈刚', until: '2026-11-05', extra: { from: '2026-11-03' } },
  ],
  ['officer', '销假', 'absence', { extra: { back: true } }],
  ['officer', '灯泡已换，现在亮了', 'resolve'],
  ['officer', '已派挖机清理，道路恢复通行', 'resolve'],
  ['officer', '火已扑灭', 'resolve'],
  ['officer', '等县里批复', 'progress'],
  ['officer', '去过了，家里没人', 'progress'],
  ['officer', '现场核实，不属实', 'explain'],
  ['officer', '没有这个地方，请核实', 'ask_reporter'],
  ['officer', '请给我42的联系方式', 'contact', { refs: ['42'] }],
  ['officer', '这是供电所的事，建议转他们', 'transfer', { to: '供电所' }],
  ['officer', '今天太忙，延期到下周三', 'request_extension', { until: '2026-11-11' }],
  [
    'officer',
    '线路老化，先申请延期5个工作日',
    'request_extension',
    { until: '2026-11-09', reason: '线路老化' },
  ],
  [
    'officer',
    '我下周三到周五请假，陈刚代我',
    'absence',
    { to: '陈刚', until: '2026-11-13', extra: { from: '2026-11-11' } },
  ],
  ['dispatcher', '交办 供电所 42', 'assign', { refs: ['42'], to: '供电所' }],
  ['dispatcher', '42 改为供水类', 'reclassify', { refs: ['42'], to: '供水' }],
  ['dispatcher', '把 42 和 43 合并', 'merge', { refs: ['42', '43'] }],
  ['dispatcher', '明天供电所检修，3组停电8小时', 'known_matter', { until: '2026-11-03' }],
  ['secretary', '对 42 进行督办', 'supervise', { refs: ['42'] }],
  ['leader', '同意 42', 'decide_extension', { refs: ['42'], extra: { agree: true } }],
  [
    'leader',
    '不同意 42 太久了',
    'decide_extension',
    { refs: ['42'], reason: '太久了', extra: { agree: false } },
  ],
  ['leader', '同意延期', 'decide_extension', { extra: { agree: true } }],
  ['leader', '42 同意', 'decide_extension', { refs: ['42'], extra: { agree: true } }],
  ['secretary', '同意 42', 'decide_deferral', { refs: ['42'], extra: { agree: true } }],
  ['secretary', '同意挂账', 'decide_deferral', { extra: { agree: true } }],
  ['secretary', '督办 42', 'supervise', { refs: ['42'] }],
  ['secretary', '红牌督办 42', 'supervise', { refs: ['42'], extra: { color: 'red' } }],
  ['secretary', '督办 42 红牌', 'supervise', { refs: ['42'], extra: { color: 'red' } }],
  ['secretary', '销账 42', 'clear', { refs: ['42'] }],
  [
    'secretary',
    '议定 42 村建办 12月10日前 先立警示牌',
    'decide',
    { refs: ['42'], to: '村建办', until: '2026-12-10', text: '先立警示牌' },
  ],
  [
    'secretary',
    '议定 42 12月10日前 先立警示牌',
    'decide',
    { refs: ['42'], to: null, until: '2026-12-10', text: '先立警示牌' },
  ],
  ['secretary', '月报 2026-10', 'digest', { refs: [], extra: { period: '2026-10' } }],
  ['secretary', '月报 上个月', 'digest', { extra: { period: '2026-10' } }],
  ['secretary', '台账', 'register'],
  ['dispatcher', '交办 42 村建办 李明', 'assign', { refs: ['42'], to: '村建办', extra: { person: '李明' } }],
  ['dispatcher', '42 交办 供电所', 'assign', { refs: ['42'], to: '供电所' }],
  ['dispatcher', '改类 42 路灯', 'reclassify', { refs: ['42'], to: '路灯' }],
  ['dispatcher', '并案 42 43', 'merge', { refs: ['42', '43'] }],
  ['dispatcher', '提级 42', 'escalate', { refs: ['42'] }],
  ['zone_head', '上交 42 村里办不了', 'escalate', { refs: ['42'], reason: '村里办不了' }],
  [
    'dispatcher',
    '回访 42 接通 已解决 满意',
    'follow_up',
    { refs: ['42'], score: 1, extra: { reached: true, solved: true } },
  ],
  ['dispatcher', '回访 42 没人接', 'follow_up', { refs: ['42'], extra: { reached: false } }],
  ['dispatcher', '甄别 42 重办', 'follow_up', { refs: ['42'], extra: { screening: 'redo' } }],
  [
    'dispatcher',
    '甄别 42 予以认定 依据现场核实',
    'follow_up',
    { refs: ['42'], extra: { screening: 'recorded' } },
  ],
  ['dispatcher', '已知事项 明天8点到17点3组停电检修', 'known_matter', { refs: [] }],
  ['dispatcher', '计划停电 11月5日 3组、5组', 'known_matter', { until: '2026-11-05' }],
  [
    'dispatcher',
    '代办结 42 供电所谭师傅电话说已修好',
    'resolve',
    { refs: ['42'], extra: { behalf: { who: '供电所谭师傅', means: 'phone' } } },
  ],
  ['dispatcher', '代接 42 卫生院', 'accept', { refs: ['42'] }],
  [
    'cadre',
    '代评 42 林秀英上门说满意',
    'rate',
    { refs: ['42'], score: 1, extra: { behalf: { who: '林秀英', means: 'visit' } } },
  ],
];

describe('commands of those who handle, lead and dispatch', () => {
  it.each(ROWS.map(([role, text, intent, words]) => ({ role, text, intent, words: words ?? {} })))(
    '$role: $text → $intent',
    ({ role, text, intent, words }) => {
      const reading = understand(text, context(role));
      expect(reading.intent).toBe(intent);
      expect(reading.command).toMatchObject(words);
    },
  );

  it('reads several decisions, one a line', () => {
    const reading = understand(
      '议定 42 村建办 12月10日前 先立警示牌\n议定 43 供水站 下周三 换管',
      context('recorder'),
    );
    expect(reading.intent).toBe('mixed');
    expect(reading.parts.map((part) => [part.intent, part.command?.refs, part.command?.until])).toEqual([
      ['decide', ['42'], '2026-12-10'],
      ['decide', ['43'], '2026-11-11'],
    ]);
  });

  it('takes the case from a quoted message', () => {
    const quoteText = '#0042 3组王家桥路灯不亮\n请接单';
    expect(officer('已经换好了', { quoteText })).toMatchObject({
      intent: 'resolve',
      command: { refs: ['42'] },
    });
    expect(officer('收到', { quoteText })).toMatchObject({
      intent: 'accept',
      bareWord: true,
      command: { refs: ['42'] },
    });
    expect(officer('办结，已换接头', { quoteText })).toMatchObject({
      intent: 'resolve',
      command: { refs: ['42'], text: '已换接头' },
    });
  });

  it('knows no year without the day of the message', () => {
    const reading = officer('关于5组危房的事，县里鉴定排到下周三，申请延期到10月25日', { at: null });
    expect(reading).toMatchObject({ intent: 'request_extension', command: { until: '10-25' } });
  });

  it('reads what is reported on behalf of another', () => {
    const reading = understand('代报 王大爷电话说3组老井边水管漏水', context('dispatcher'));
    expect(reading).toMatchObject({
      intent: 'report',
      cases: [{ category: 'water.leak', group: '3', place: '老井边' }],
    });
    expect(reading.command?.extra.behalf).toEqual({ who: '王大爷', means: 'phone' });
  });

  it('lets officials report like anyone', () => {
    expect(officer('3组王家桥路灯坏了两盏').intent).toBe('report');
    expect(officer('3组电线掉地上了还在冒火花').intent).toBe('emergency');
  });
});
