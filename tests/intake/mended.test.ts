/** What was once read wrongly: each row stands for a rule, not for its words. */
import { describe, expect, it } from 'vitest';
import type { Role } from '../../src/domain/roster.ts';
import type { CommandWords, Intent, Matter } from '../../src/intake/reading.ts';
import { readAnswer, understand } from '../../src/intake/understand.ts';
import { context, head } from './support.ts';

type Words = Partial<Omit<CommandWords, 'extra'>>;

const COMMANDS: readonly (readonly [Role, string, Intent, Words?])[] = [
  ['neighbor_head', '没解决，还在漏', 'rate', { score: 3 }],
  ['neighbor_head', '没解决，还在闪', 'rate', { score: 3 }],
  ['neighbor_head', '12 没解决，接头还在滴水', 'rate', { score: 3, refs: ['12'] }],
  ['neighbor_head', '没修好，一开就跳闸', 'rate', { score: 3 }],
  ['neighbor_head', '没好，跟原来一样', 'rate', { score: 3 }],
  ['neighbor_head', '还是没好', 'reopen'],
  ['neighbor_head', '满意 12', 'rate', { score: 1, refs: ['12'] }],
  ['neighbor_head', '基本满意 #12', 'rate', { score: 2, refs: ['12'] }],
  ['neighbor_head', '不满意 12 没人来过', 'rate', { score: 3, refs: ['12'] }],
  ['officer', '收到 12', 'accept', { refs: ['12'] }],
  ['officer', '收到12、13', 'accept', { refs: ['12', '13'] }],
  ['neighbor_head', '好了，谢谢', 'rate', { score: 2 }],
  ['dispatcher', '并案 12 到 11', 'merge', { refs: ['12', '11'] }],
  ['dispatcher', '12并到11', 'merge', { refs: ['12', '11'] }],
  ['zone_head', '这个村里解决不了，上交镇里', 'escalate'],
  ['zone_head', '村里没这个钱，往上报吧', 'escalate'],
  ['officer', '这个事情比较复杂，需要县里出面，建议提级', 'escalate'],
  ['dispatcher', '42改成路面破损', 'reclassify', { refs: ['42'], to: '路面破损' }],
  ['neighbor_head', '已解决了，我们自己把倒的树搬开了', 'self_handle'],
  ['group_head', '2组水沟堵了，我带人已经疏通了', 'self_handle'],
  ['officer', '核实了，是用户自家水管问题，不属于公共设施，已解释', 'explain'],
  ['neighbor_head', '明天8:00-17:00停电检修通知，请互相转告。——供电所', 'notice'],
  ['neighbor_head', '表扬一下林秀英，路灯的事反映得及时', 'chatter'],
  ['neighbor_head', '明天村部打流感疫苗，愿意的上午去', 'notice'],
  ['neighbor_head', '改成3组，不是5组', 'correct'],
  ['neighbor_head', '我前天报的垃圾清运现在什么情况', 'status'],
  ['neighbor_head', '反映半个月了，一点动静都没有', 'urge'],
  ['neighbor_head', '上个月讲要来修的渠，现在影子都没见到', 'urge'],
  ['neighbor_head', '修是修了，下雨照样积水', 'reopen'],
  ['neighbor_head', '刚才停水的事，还影响6组，一共有三十户', 'supplement'],
  ['neighbor_head', '有冇得人晓得医保么子时候交', 'consult'],
  ['neighbor_head', '52满意，53没解决', 'mixed'],
  ['neighbor_head', '42 满意；另外8组又停水了', 'mixed'],
  ['officer', '该问题不属于我单位职责，建议转交自然资源所', 'transfer', { to: '自然资源所' }],
  ['officer', '已现场查看，是水表后漏水，属用户产权，已告知', 'explain'],
  ['officer', '到现场看了，是树枝搭在线上跳的闸，已剪枝送电', 'resolve'],
  ['officer', '今年没有预算，等明年的项目资金', 'defer'],
  ['officer', '明天到后天去县里培训，工作由王强代', 'absence', { to: '王强' }],
  ['dispatcher', '5组那个停电跟31号是一回事，合到一起吧', 'merge', { refs: ['31'] }],
  ['leader', '52 延期不批', 'decide_extension', { refs: ['52'] }],
  ['secretary', '27可以销账了', 'clear', { refs: ['27'] }],
  ['neighbor_head', '今天重阳节后第一个星期天，志愿者去看望老人', 'chatter'],
];

describe('commands and talk, mended', () => {
  it.each(COMMANDS.map(([role, text, intent, words]) => ({ role, text, intent, words: words ?? {} })))(
    '$role: $text → $intent',
    ({ role, text, intent, words }) => {
      const direct = text === '好了，谢谢';
      const reading = understand(text, context(role, { direct }));
      expect(reading.intent).toBe(intent);
      if (Object.keys(words).length > 0) expect(reading.command).toMatchObject(words);
    },
  );
});

const MATTERS: readonly (readonly [string, Intent, ...Partial<Matter>[]])[] = [
  ['我邻里李奶奶一个人在家摔了，起不来', 'emergency', { urgency: 'U1' }],
  ['6组王大爷摔在屋里起不来了', 'emergency', { urgency: 'U1', group: '6' }],
  ['李四家的娃12岁被同学打了，腿都肿了', 'emergency', { urgency: 'U1' }],
  ['竹山社区1组有个坑', 'report', { category: 'road.damage', group: '1' }],
  ['俺们屯子的井盖让人偷了', 'report', { category: 'safety.hazard', urgency: 'U2' }],
  ['有人偷东西正在跑', 'emergency', { category: 'safety.crime', urgency: 'U1' }],
  ['1组老仓库门口那段水泥路塌了一块', 'report', { category: 'road.damage', group: '1' }],
  ['2组老街消防通道被三轮车堵死了', 'report', { category: 'safety.hazard', urgency: 'U2' }],
  ['8组王家和曾家为了排水沟又吵起来了', 'report', { category: 'dispute.neighbor', group: '8' }],
  ['3组孙家湾那口山塘不放水，下面田都干了', 'report', { category: 'water.irrigation', place: '孙家湾' }],
  ['9组山塘涵管堵死了，下面二十亩油菜要淹', 'report', { category: 'water.irrigation', group: '9' }],
  ['5组有户夫妻打架，女的脸上都是血', 'emergency', { category: 'dispute.family', urgency: 'U1' }],
  ['#垃圾 2组老槐树下三天没拉', 'report', { category: 'env.garbage', place: '老槐树下', group: '2' }],
  ['村部门口的路灯不亮', 'report', { category: 'power.lamp', place: '村部门口' }],
  ['老李家两口子打架动刀了', 'emergency', { category: 'dispute.family', urgency: 'U1' }],
  ['我女儿才9岁，学校老师打她', 'emergency', { urgency: 'U1' }],
  ['昨晚我家的鸡被偷了5只', 'report', { category: 'safety.crime', urgency: 'U2' }],
  [
    '①3组水管漏水②5组路灯灭了③村口垃圾满了',
    'report',
    { group: '3' },
    { group: '5' },
    { group: null, place: '村口' },
  ],
  ['公厕门坏了没人修，脏死了，村部旁边', 'report', { category: 'env.sewage', place: '村部旁边' }],
  ['我们这里又停水又停电', 'report', { category: 'water.outage' }, { category: 'power.outage' }],
  ['水也停了电也停了，4组', 'report', { category: 'water.outage' }, { category: 'power.outage' }],
];

describe('matters, mended', () => {
  it.each(MATTERS.map(([text, intent, ...cases]) => ({ text, intent, cases })))(
    '$text → $intent',
    ({ text, intent, cases }) => {
      const reading = head(text);
      expect({ intent: reading.intent, cases: reading.cases }).toMatchObject({ intent, cases });
    },
  );

  it.each([
    '村支书收了人家的钱，低保名额都给亲戚',
    '村主任吃回扣',
    '选举拉票发红包',
    '会计把集体的钱装自己口袋了',
  ])('%s: nothing is stored', (text) => {
    expect(head(text)).toMatchObject({ intent: 'discipline', masked: '', personal: [], cases: [] });
  });

  it.each([
    '今天学校搞消防演练，冒烟是假的，大家莫慌',
    '抖音上看到隔壁县一个小孩掉井里了，好吓人',
    '气得我要跳楼，麻将又输了',
    '他打我电话没接到',
  ])('%s: nobody is called out', (text) => {
    expect(head(text).intent).toBe('chatter');
  });

  it('tells a caller from the matter', () => {
    const told = understand('代报 王大爷（电话 13812345678）6组水管漏水，5户没水', context('dispatcher'));
    expect(told.cases).toMatchObject([{ summary: '6组水管漏水，5户没水', group: '6', households: 5 }]);
    expect(understand('代报 7组邹奶奶打电话来，家里没米了', context('dispatcher')).cases).toMatchObject([
      { group: '7', sensitive: true },
    ]);
  });

  it('gives a place without the particle after it', () => {
    expect(head('村部门口的路灯', { mentionsBot: true }).cases[0]?.place).toBe('村部门口');
  });

  it.each(['在哪不好说', '哪里我也说不清', '讲不好在哪里', '具体位置不清楚'])(
    '%s: cannot be said',
    (text) => {
      expect(readAnswer(text, ['place'], context('neighbor_head'))).toEqual({ unknown: true });
    },
  );
});
