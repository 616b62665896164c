/** One or more examples of each thing there is to say. The table is complete or does not compile. */
import type { Brief, ReminderItem, Say, Template, Templates } from '../../src/domain/messages.ts';
import { bindingSamples } from './binding-samples.ts';
import { PHONE } from './township.ts';

/** 2 November 2026, a Monday. */
export const NOW = Date.parse('2026-11-02T09:00:00+08:00');
const at = (text: string): number => Date.parse(`2026-${text}:00+08:00`);
const TODAY = at('11-02T17:30');
const NEXT_WEEK = at('11-09T17:30');
const LATER = at('11-20T17:30');
const NO_FILES = { photos: 0, videos: 0, sounds: 0, withheld: 0, lost: 0, waiting: 0, able: true };

export const brief: Brief = {
  number: 'LC2611-0042',
  state: 'in_progress',
  category: 'power.lamp',
  urgency: 'U4',
  village: 'ltw',
  groups: ['ltw-g3'],
  neighborhood: null,
  place: '王家桥',
  households: 12,
  since: '2026-11-01',
  summary: '王家桥路灯坏了两盏，晚上老人摔过跤',
  office: 'cunjian',
  assignee: 'li',
  firstOffice: 'cunjian',
  dueAt: NEXT_WEEK,
  reviewAt: null,
  outcome: null,
  receivedAt: NOW,
  sensitive: false,
  protected: false,
  level: 'township',
};
const with_ = (changes: Partial<Brief>): Brief => ({ ...brief, ...changes });

const unrouted = with_({ state: 'reported', office: null, assignee: null, firstOffice: null });
const fire = with_({
  category: 'safety.fire',
  urgency: 'U1',
  place: '刘家大屋',
  summary: '刘家大屋柴房起火',
  dueAt: TODAY,
});
const dibao = with_({
  category: 'welfare.dibao',
  place: null,
  sensitive: true,
  summary: '王大爷低保没到账',
  office: 'minzheng',
  assignee: 'chen',
  households: null,
  since: null,
});
const accusing = with_({
  ...unrouted,
  category: 'gov.other',
  protected: true,
  place: null,
  groups: [],
  summary: '窗口态度差',
});
const many = with_({ groups: ['ltw-g2', 'ltw-g3', 'ltw-g5', 'ltw-g6'], place: null });
const urgent = with_({
  urgency: 'U2',
  category: 'power.outage',
  dueAt: TODAY,
  office: 'gongdian',
  assignee: 'tan',
});
const second = with_({
  number: 'LC2611-0043',
  category: 'power.outage',
  place: '村部',
  groups: [],
  dueAt: TODAY,
});
const other = with_({ category: 'gov.other', place: null, summary: '桥头的广告牌歪了' });
const lastYear = with_({ number: 'LC2512-0007', dueAt: at('10-30T17:30') });
const late = with_({ dueAt: at('10-30T17:30') });

const item = (step: ReminderItem['step'], as: ReminderItem['as'], of: Brief = brief): ReminderItem => ({
  brief: of,
  step,
  as,
});
const numbered = (count: number): Brief[] =>
  Array.from({ length: count }, (_, i) =>
    with_({ number: `LC2611-${String(i + 1).padStart(4, '0')}`, dueAt: late.dueAt }),
  );

type Samples = { readonly [T in Template]: Readonly<Record<string, Templates[T]>> };

const toBoth = <P extends object>(params: P) => ({
  reporter: { ...params, to: 'reporter' as const },
  officer: { ...params, to: 'officer' as const },
});

export const samples: Samples = {
  receipt: {
    routed: { brief, known: false, fromPost: false },
    'for today': { brief: urgent, known: false, fromPost: false },
    'no office yet': { brief: unrouted, known: false, fromPost: false },
    'place from the post': {
      brief: with_({ place: null, neighborhood: 'ltw-g3-7' }),
      known: false,
      fromPost: true,
    },
    'known already': { brief, known: true, fromPost: false },
    'four groups': { brief: many, known: false, fromPost: false },
    'sensitive, in private': { brief: dibao, known: false, fromPost: false },
    protected: { brief: accusing, known: false, fromPost: false },
    'other matter': { brief: other, known: false, fromPost: false },
  },
  receipt_self_handled: { plain: { brief: with_({ state: 'closed', outcome: 'self_handled' }) } },
  receipt_known: { plain: { text: '计划停电 3组 11月5日8点到17点检修' } },
  receipt_joined: { plain: { brief } },
  ask_place: {
    plain: { brief: with_({ ...unrouted, place: null, groups: [] }) },
    unnumbered: { brief: null },
  },
  ask_matter: { plain: { brief: unrouted }, unnumbered: { brief: null } },
  ask_confirm_report: { plain: { summary: '桥头那里又黑了' } },
  ask_which_case: {
    numbered: { command: 'resolve', candidates: [brief, second], numbered: true },
    many: { command: 'resolve', candidates: numbered(10), numbered: false },
  },
  ask_which_request: { both: { number: brief.number, requests: ['extension', 'deferral'] } },
  ask_still_broken: { plain: { brief: with_({ state: 'closed' }) } },
  ask_withdraw: { plain: { brief } },
  emergency: {
    fire: {
      hotlines: ['119'],
      dutyPhone: PHONE,
      category: 'safety.fire',
      needPlace: true,
      paged: true,
      number: fire.number,
    },
    'no duty phone': {
      hotlines: ['110', '120'],
      dutyPhone: null,
      category: 'safety.crime',
      needPlace: false,
      paged: false,
      number: null,
    },
  },
  private: {
    reachable: { dutyPhone: PHONE, reachable: true, recall: false },
    recall: { dutyPhone: PHONE, reachable: true, recall: true },
    unreachable: { dutyPhone: PHONE, reachable: false, recall: false },
    'unreachable, no phone': { dutyPhone: null, reachable: false, recall: true },
  },
  discipline: { plain: {} },
  voice_hint: { plain: {} },
  forwarded_hint: { plain: {} },
  status: {
    one: { items: [{ brief, answer: null, rating: null }], more: 0 },
    stages: {
      items: [
        { brief: with_({ state: 'assigned' }), answer: null, rating: null },
        { brief: with_({ state: 'assigned', office: 'gongdian' }), answer: null, rating: null },
        { brief: unrouted, answer: null, rating: null },
        { brief: late, answer: null, rating: null },
        { brief: with_({ state: 'resolved', outcome: 'fixed' }), answer: '换了两个灯泡', rating: null },
        { brief: with_({ state: 'resolved', outcome: 'explained' }), answer: '主路才装路灯', rating: null },
        { brief: with_({ state: 'closed', outcome: 'fixed' }), answer: '换了两个灯泡', rating: 'satisfied' },
        { brief: with_({ state: 'deferred', reviewAt: LATER }), answer: null, rating: null },
        { brief: with_({ state: 'cancelled', outcome: 'duplicate' }), answer: null, rating: null },
        { brief: lastYear, answer: null, rating: null },
        { brief: dibao, answer: null, rating: null },
      ],
      more: 3,
    },
    none: { items: [], more: 0 },
  },
  refused: {
    'resolve by a head': {
      code: 'not_for_you',
      command: 'resolve',
      number: brief.number,
      state: 'in_progress',
      turnTo: 'officer',
      candidates: [],
      date: null,
      word: null,
    },
  },
  help: {
    head: { roles: ['neighbor_head'] },
    officer: { roles: ['officer'] },
    leader: { roles: ['leader', 'officer'] },
    dispatcher: { roles: ['dispatcher'] },
    secretary: { roles: ['secretary'] },
    admin: { roles: ['admin'] },
    all: { roles: ['neighbor_head', 'officer', 'leader', 'dispatcher', 'secretary', 'admin'] },
    nobody: { roles: [] },
  },
  policy: {
    found: {
      cards: [
        {
          title: '农村低保怎么申请',
          text: '到村里填申请表，带身份证、户口本。\n村里评议后报镇民政办。',
          source: '湘民发〔2025〕3号',
          date: '2025-06-01',
        },
      ],
      keyword: '低保',
    },
    missing: { cards: [], keyword: '彩礼' },
  },
  notice_to_group: { closed: { brief: with_({ state: 'closed', outcome: 'fixed' }) }, open: { brief } },
  page: {
    first: {
      brief: fire,
      text: '刘家大屋柴房起火，人都出来了，快来',
      callNumber: 1,
      reporter: 'lin',
      hasContact: true,
    },
    second: { brief: fire, text: fire.summary, callNumber: 2, reporter: '@bridge:u-1', hasContact: false },
  },
  assignment: {
    plain: {
      brief: with_({ state: 'assigned' }),
      text: '3组王家桥路灯坏了两盏，晚上老人摔过跤，麻烦来修',
      responseDueAt: at('11-03T12:00'),
      reporter: 'lin',
      hasContact: true,
      media: 2,
      redo: false,
      history: [],
    },
    urgent: {
      brief: urgent,
      text: urgent.summary,
      responseDueAt: at('11-02T11:00'),
      reporter: 'xie',
      hasContact: false,
      media: 0,
      redo: false,
      history: [],
    },
    'moved, protected': {
      brief: with_({ protected: true }),
      text: brief.summary,
      responseDueAt: null,
      reporter: '~p1',
      hasContact: true,
      media: 0,
      redo: false,
      history: ['线路不归我们管'],
    },
    redo: {
      brief,
      text: brief.summary,
      responseDueAt: null,
      reporter: 'lin',
      hasContact: false,
      media: 0,
      redo: true,
      history: ['11月3日办结：换了灯泡', '11月4日上报人：还是不亮'],
    },
  },
  handed_over: {
    waiting: { brief: with_({ state: 'assigned' }), before: 'chen', reporter: 'lin', hasContact: true },
    'at work': { brief: urgent, before: 'gone', reporter: null, hasContact: false },
  },
  copy_to_village: { plain: { brief: urgent } },
  now_with: { plain: { brief } },
  to_dispatch: {
    unclear: {
      brief: unrouted,
      text: brief.summary,
      why: 'unclear',
      candidates: ['cunjian', 'gongdian'],
      reporter: 'lin',
    },
    accused: { brief: accusing, text: '', why: 'accused', candidates: [], reporter: '~p1' },
  },
  done: Object.fromEntries(
    [
      'accept',
      'progress',
      'ask_reporter',
      'return',
      'transfer',
      'request_extension',
      'decide_extension',
      'defer',
      'decide_deferral',
      'resolve',
      'explain',
      'assign',
      'reclassify',
      'reclassify_taught',
      'untaught',
      'co_handle',
      'escalate',
      'merge',
      'supplement',
      'correct',
      'withdraw',
      'retract_media',
      'urge',
      'rate',
      'reopen',
      'supervise',
      'clear',
      'decide',
      'follow_up',
      'contact',
      'screen',
      'report',
      'known_matter',
    ].map((command) => [command, { command, brief, until: LATER }]),
  ),
  accepted: { plain: { brief } },
  progress: { plain: { brief, text: '灯泡订好了，明天下午来换' } },
  question: { plain: { brief, text: '是桥东头还是西头的？' } },
  answered: { plain: { brief, text: '桥东头，靠小卖部' } },
  returned: {
    reporter: { brief: unrouted, reason: '线路归供电所', to: 'reporter', times: 1 },
    dispatcher: { brief: unrouted, reason: '线路归供电所', to: 'dispatcher', times: 2 },
    secretary: { brief: unrouted, reason: '线路归供电所', to: 'secretary', times: 2 },
  },
  transferred: {
    ...toBoth({
      brief: with_({ office: 'gongdian', assignee: 'tan', state: 'assigned' }),
      from: 'cunjian',
      reason: '线路归供电所',
    }),
    old: {
      brief: with_({ office: 'gongdian', assignee: 'tan', state: 'assigned' }),
      from: 'cunjian',
      reason: '线路归供电所',
      to: 'old_officer',
    },
  },
  extension_requested: { plain: { brief, until: LATER, reason: '灯杆要订货', by: 'li' } },
  extension_decided: {
    ...toBoth({ brief: with_({ dueAt: LATER }), agree: true, until: LATER, reason: null }),
    'refused, officer': { brief, agree: false, until: null, reason: '先借一根', to: 'officer' },
    'refused, reporter': { brief, agree: false, until: null, reason: null, to: 'reporter' },
  },
  deferral_requested: { plain: { brief, reason: '要等明年的资金', cost: 58_000, reviewAt: LATER, by: 'li' } },
  deferral_decided: {
    ...toBoth({
      brief: with_({ state: 'deferred', reviewAt: LATER }),
      agree: true,
      reviewAt: LATER,
      reason: '等明年的资金',
    }),
    'refused, officer': { brief, agree: false, reviewAt: null, reason: '从维修费里出', to: 'officer' },
    'refused, reporter': { brief, agree: false, reviewAt: null, reason: null, to: 'reporter' },
  },
  deferral_review: { officer: { brief, to: 'officer' }, secretary: { brief, to: 'secretary' } },
  resolved: {
    ask: {
      brief: with_({ state: 'resolved', outcome: 'fixed' }),
      text: '换了两个灯泡，昨晚试过，都亮',
      partly: false,
      ask: true,
    },
    'partly, no question': { brief, text: '先修好一盏，另一盏等灯杆', partly: true, ask: false },
  },
  explained: {
    ask: { brief, text: '这条路没有列入今年的亮化计划', ground: '镇路灯建设管理办法第5条', ask: true },
    'no question': { brief, text: '不在范围', ground: null, ask: false },
  },
  rating_question: { plain: { brief, text: '换了两个灯泡，昨晚试过，都亮' } },
  reopened: {
    ...toBoth({ brief, text: '第二盏还是不亮', times: 1 }),
    secretary: { brief, text: '第二盏还是不亮', to: 'secretary', times: 2 },
  },
  screening: {
    reporter: { brief, text: '不满意', to: 'reporter' },
    dispatcher: { brief, text: '说了三次还是黑的', to: 'dispatcher' },
  },
  screening_decided: {
    redo: { brief, decision: 'redo', ground: null },
    periodic: { brief: with_({ reviewAt: LATER }), decision: 'periodic_plan', ground: '等明年亮化项目' },
    recorded: { brief, decision: 'recorded', ground: '已按标准修好' },
  },
  closed: {
    rated: { brief, rating: 'satisfied', to: 'reporter' },
    unrated: { brief, rating: null, to: 'reporter' },
    unsatisfied: { brief, rating: 'unsatisfied', to: 'reporter' },
    officer: { brief, rating: 'basically', to: 'officer' },
    'officer, unrated': { brief, rating: null, to: 'officer' },
  },
  withdrawn: toBoth({ brief: with_({ state: 'cancelled' }), reason: '自己修好了' }),
  not_township: { plain: { brief, reason: '这段路灯归县公路局，已帮您转过去' } },
  merged: toBoth({ brief: second, into: brief }),
  merge_proposed: {
    known: { brief: second, with: brief, text: '跟王家桥那件是一回事' },
    unknown: { brief, with: null, text: '重复了' },
  },
  escalated: {
    reporter: { brief, to: 'township', reason: '村里没有资金', audience: 'reporter' },
    officer: { brief, to: 'township', reason: '村里没有资金', audience: 'officer' },
    dispatcher: { brief: unrouted, to: 'county', reason: null, audience: 'dispatcher' },
    village: { brief, to: 'township', reason: '村里没有资金', audience: 'village' },
  },
  supervision_proposed: {
    one: { items: [item('proposal_1', 'secretary', late)] },
    many: { items: numbered(15).map((of) => item('proposal_2', 'secretary', of)) },
  },
  supervised: {
    officer: { brief, level: 'yellow', to: 'officer' },
    leader: { brief, level: 'red', to: 'leader' },
    secretary: { brief, level: 'yellow', to: 'secretary' },
  },
  supervision_cleared: { plain: { brief } },
  reminder: {
    'due soon': { items: [item('due_soon', 'officer', with_({ dueAt: TODAY }))] },
    overdue: { items: [item('overdue', 'officer', late)] },
    'not accepted': { items: [item('response_overdue', 'officer')] },
    leader: { items: [item('overdue', 'leader', late)] },
    dispatcher: { items: [item('response_overdue', 'dispatcher', unrouted)] },
    many: {
      items: [
        item('overdue', 'officer', late),
        item('due_soon', 'officer', second),
        ...numbered(13).map((of) => item('overdue', 'officer', of)),
      ],
    },
  },
  supplemented: toBoth({ brief, text: '桥西头也有一盏', media: 1 }),
  corrected: toBoth({ brief, text: '是桥东头' }),
  urged: toBoth({ brief }),
  reclassified: toBoth({
    brief: with_({ category: 'power.outage', office: 'gongdian' }),
    before: 'power.lamp',
  }),
  co_handled: {
    co: { brief, office: 'gongdian', text: '帮着看一下线路', to: 'co_officer' },
    lead: { brief, office: 'gongdian', text: '帮着看一下线路', to: 'lead' },
    reporter: { brief, office: 'gongdian', text: '', to: 'reporter' },
  },
  follow_up: {
    one: { items: [{ brief, answer: '换了两个灯泡', rating: null }], more: 0 },
    several: {
      items: [
        { brief, answer: '换了两个灯泡', rating: 'satisfied' },
        { brief: second, answer: '要等明年的资金', rating: 'unsatisfied' },
        { brief: with_({ protected: true }), answer: null, rating: null },
      ],
      more: 3,
    },
    none: { items: [], more: 0 },
  },
  contact: { plain: { number: brief.number, field: 'mobile', vault: 'LC2611-0042/mobile' } },
  no_contact: { plain: { number: brief.number, reporter: 'lin' } },
  decision: toBoth({ brief: with_({ dueAt: LATER }), until: LATER, text: '换成太阳能灯，村里出一半' }),
  decision_preview: {
    two: {
      items: [
        { brief, office: 'cunjian', until: LATER, text: '换成太阳能灯' },
        { brief: second, office: 'gongdian', until: null, text: '核实线路' },
      ],
    },
  },
  bot_cannot_reach: {
    officer: {
      person: 'li',
      name: '李明',
      kind: 'assignment',
      brief,
      text: '王家桥路灯坏了两盏',
    },
    plain: { person: null, name: '林秀英', kind: 'notice', brief: null, text: '请转告' },
  },
  stranger: {
    plain: { dutyPhone: PHONE, known: false },
    'no phone': { dutyPhone: null, known: false },
    'unbound group': { dutyPhone: PHONE, known: true },
  },
  stranger_to_admin: {
    group: { ref: 'k3fm', account: 'bridge', sender: 'u-99', name: '小林', chat: 'g-ltw', direct: false },
    direct: { ref: 'k3fm', account: 'bridge', sender: 'u-99', name: null, chat: 'u-99', direct: true },
  },
  ...bindingSamples,
  quarantined: { plain: { dutyPhone: PHONE } },
  work_failed: {
    again: { work: 'digest', detail: 'SqliteError', ended: false },
    ended: { work: 'monthly_digest', detail: 'Error', ended: true },
  },
  account_down: {
    kicked: { account: 'feishu', since: NOW, why: 'kicked', qr: false },
    qr: { account: 'wechat', since: NOW, why: 'need-login', qr: true },
    'no qr': { account: 'wechat', since: NOW, why: 'need-login', qr: false },
  },
  account_back: { plain: { account: 'wechat', since: NOW } },
  files_elsewhere: { two: { names: ['2026-10 民情月报.docx', '台账.xlsx'] } },
  calendar_end: { near: { until: '2026-12-31', passed: false }, gone: { until: '2026-10-31', passed: true } },
  quarantined_to_dispatcher: { plain: { account: 'bridge', sender: 'u-lin', detail: '办理时出错' } },
  case_stuck: { plain: { number: 'LC2611-0042', detail: 'RangeError' } },
  protected_warning: { plain: {} },
  complaint_thanks: { plain: {} },
  complaint_to_admin: { named: { text: '回得太啰嗦', by: 'lin' }, unnamed: { text: '回得太啰嗦', by: null } },
  absence_set: {
    deputy: { from: '2026-11-03', to: '2026-11-05', deputy: 'chen' },
    none: { from: '2026-12-30', to: '2027-01-04', deputy: null },
  },
  absence_ended: { plain: {} },
  absence_deputy: { plain: { from: '2026-11-03', to: '2026-11-05', person: 'li', open: 3 } },
  sheet_confirmed: { plain: { office: 'cunjian' } },
  known_matter_set: { plain: { text: '11月5日8点到17点3组停电检修', count: 2 } },
  media_shown: {
    photos: { number: 'LC2611-0042', ...NO_FILES, photos: 2 },
    all: {
      ...{ number: 'LC2611-0042', ...NO_FILES, photos: 1, videos: 1, sounds: 1 },
      ...{ withheld: 1, lost: 1, waiting: 1 },
    },
    none: { number: 'LC2611-0042', ...NO_FILES },
    withheld: { number: 'LC2611-0042', ...NO_FILES, withheld: 2 },
    waiting: { number: 'LC2611-0042', ...NO_FILES, waiting: 1 },
    'no pictures here': { number: 'LC2611-0042', ...NO_FILES, photos: 2, able: false },
  },
  media_refused: {
    size: { number: 'LC2611-0042', why: 'size', megabytes: 20 },
    kind: { number: 'LC2611-0042', why: 'kind', megabytes: 20 },
  },
  media_lost: { plain: { number: 'LC2611-0042' } },
  thanks: { plain: {} },
  nothing_open: { plain: {} },
  digest: {
    plain: {
      period: '2026-10',
      lines: ['收到 120 件，按时答复 96/110。', '办结 88/110，满意和基本满意 70/75。'],
    },
  },
  meeting: {
    sheet: {
      lines: ['民情分析会11月20日开，村建办有1件要上会：', '#0042 龙塘湾村3组王家桥路灯不亮，原定11月9日'],
    },
  },
};

/** All samples, each with its name: `receipt / routed`. */
export function allSamples(): { readonly name: string; readonly say: Say }[] {
  return Object.entries(samples).flatMap(([template, cases]) =>
    Object.entries(cases).map(([name, params]) => ({
      name: `${template} / ${name}`,
      say: { template, params } as Say,
    })),
  );
}
