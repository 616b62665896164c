import { describe, it } from 'vitest';
import { expectReading, head, type Situation } from './support.ts';

const TAGGED: readonly Situation[] = [
  [
    '#上报 3组王家桥路灯坏了两盏',
    'report',
    { category: 'power.lamp', group: '3', place: '王家桥', urgency: 'U4' },
  ],
  ['#上报 三组 王家桥 路灯 不亮', 'report', { category: 'power.lamp', group: '3', place: '王家桥' }],
  ['＃上报　２组　水塔旁　水管漏水', 'report', { category: 'water.leak', group: '2', place: '水塔旁' }],
  ['#报修 桥头小卖部门口井盖没了', 'report', { category: 'safety.hazard', place: '桥头小卖部门口' }],
  ['#路灯 村部门口 坏2盏', 'report', { category: 'power.lamp', place: '村部门口' }],
  ['#垃圾 老屋湾三天没拉了', 'report', { category: 'env.garbage', place: '老屋湾', since: '2026-10-30' }],
  ['#停电 5组 8户', 'report', { category: 'power.outage', group: '5', households: 8 }],
  ['#上报# 6组黄家坳公路塌方，车过不去', 'emergency', { group: '6', place: '黄家坳' }],
  ['#求助 4组独居老人李奶奶家里没米了', 'report', { group: '4' }],
  ['#急 1组祠堂边化粪池满出来了', 'report', { category: 'env.sewage', group: '1', place: '祠堂边' }],
];

const TEMPLATES: readonly Situation[] = [
  [
    '【上报】\n类别：供水\n地点：水塔旁\n情况：水管漏水',
    'report',
    { category: 'water.leak', place: '水塔旁' },
  ],
  [
    '【民情上报】地点:2组李家坳 情况:路灯不亮',
    'report',
    { category: 'power.lamp', group: '2', place: '李家坳' },
  ],
  [
    '情况：自来水发黄有怪味\n地点：3组',
    'emergency',
    { category: 'water.quality', group: '3', urgency: 'U1' },
  ],
  ['问题=垃圾没人收 / 位置=菜市场后面', 'report', { category: 'env.garbage', place: '菜市场后面' }],
  ['姓名：周长林｜组别：4组｜事项：机耕路被大水冲断', 'emergency', { group: '4' }],
  [
    '報事\n地點：五組水塘壩\n事由：壩腳漏水',
    'emergency',
    { category: 'water.danger', group: '5', place: '水塘坝' },
  ],
  [
    '【邻长上报】村/组：2组 地点：老井边 事由：电线杆歪了快倒了',
    'emergency',
    { group: '2', place: '老井边' },
  ],
  [
    '时间：昨天下午\n地点：6组张家湾\n问题：停水\n涉及户数：23',
    'report',
    { category: 'water.outage', group: '6', place: '张家湾', households: 23, since: '2026-11-01' },
  ],
];

const PLAIN: readonly Situation[] = [
  ['3组停水了，十几户没水做饭', 'report', { category: 'water.outage', group: '3' }],
  ['我们5组昨天晚上起就停电了', 'report', { category: 'power.outage', group: '5', since: '2026-11-01' }],
  ['村口那条路坑坑洼洼的，下雨天摩托车根本没法走', 'report', { category: 'road.damage', place: '村口' }],
  [
    '2组学校后面的垃圾堆成山了，臭得不行',
    'report',
    { category: 'env.garbage', group: '2', place: '学校后面' },
  ],
  [
    '石桥村6组王家冲，水渠垮了，田里进不了水',
    'report',
    { category: 'water.irrigation', village: '石桥村', group: '6', place: '王家冲' },
  ],
  [
    '7组、8组和9组的有线电视和宽带都断了',
    'report',
    { category: 'power.telecom', groups: ['7', '8', '9'], group: null },
  ],
  ['3组、5组、7组都停水', 'report', { category: 'water.outage', groups: ['3', '5', '7'], group: null }],
  ['4组张婆婆家的房子墙裂了好大的口子，怕倒', 'report', { category: 'house.danger', group: '4' }],
  ['我邻有一户养猪的，粪水直接排到塘里，臭死了', 'report', { households: null }],
  ['半夜还有人在广场放音响跳舞，吵得睡不着', 'report', { category: 'env.noise', place: '广场' }],
  ['自来谁谁压太小，楼上都上不去水 3组', 'report', { category: 'water.outage', group: '3' }],
  ['8邻门口变呀器嗡嗡响', 'emergency', { category: 'power.wire', neighborhood: '8' }],
  ['第三村民组的路燈壞了', 'report', { category: 'power.lamp', group: '3' }],
  ['十二组那座桥的护栏断了一截', 'report', { category: 'road.bridge', group: '12' }],
  ['校车超载，娃娃们挤成一团，请管一下 2组路口', 'report', { category: 'edu.bus' }],
  ['野猪又下来了，我们6组红薯地全拱了', 'report', { category: 'agri.damage', group: '6' }],
  ['老刘家的狗天天不拴，今天又追着小学生跑，5组', 'report', { category: 'health.pest', group: '5' }],
  ['2组5邻有人在田里烧秸秆，烟大得很', 'report', { category: 'env.burning', group: '2', neighborhood: '5' }],
  ['厉害了，垃圾桶里都能种菜了', 'report', { category: 'env.garbage' }],
  ['工地上干了三个月，老板不给工钱', 'report', { category: 'social.wage' }],
];

const SEVERAL: readonly Situation[] = [
  ['3组两个事：①路灯不亮 ②水沟堵了', 'report', { category: 'power.lamp', group: '3' }, { group: '3' }],
  [
    '一是2组停水，二是4组垃圾没人收',
    'report',
    { category: 'water.outage', group: '2' },
    { category: 'env.garbage', group: '4' },
  ],
  [
    '1、桥头路灯坏了\n2、老井边水管漏水\n3、村口垃圾池满了',
    'report',
    { category: 'power.lamp', place: '桥头' },
    { category: 'water.leak', place: '老井边' },
    { category: 'env.garbage', place: '村口' },
  ],
  [
    '5组停电了；另外6组的井盖也不见了',
    'report',
    { category: 'power.outage', group: '5' },
    { category: 'safety.hazard', group: '6' },
  ],
  ['3组停水，5组也停水，7组也没水', 'report', { category: 'water.outage', groups: ['3', '5', '7'] }],
  ['昨天走访20户，19户都正常，4组有一户屋顶漏雨', 'report', { group: '4' }],
  [
    '3组路灯不亮。还有一个事，8邻门口下水道堵了，污水都冒出来了',
    'report',
    { category: 'power.lamp', group: '3' },
    { category: 'env.sewage', neighborhood: '8' },
  ],
  [
    '三件事：1、停电 2、路烂 3、没有垃圾桶 都在8组',
    'report',
    { category: 'power.outage', group: '8' },
    { category: 'road.damage', group: '8' },
    { category: 'env.garbage', group: '8' },
  ],
  [
    '地点：3组 情况：①路灯不亮②井盖松动③垃圾满溢',
    'report',
    { category: 'power.lamp', group: '3' },
    { category: 'safety.hazard', group: '3' },
    { category: 'env.garbage', group: '3' },
  ],
  ['王家桥路灯坏了两盏，老供销社门口也有一盏不亮', 'report', { category: 'power.lamp', place: '王家桥' }],
];

describe.each([
  ['tagged', TAGGED],
  ['templates', TEMPLATES],
  ['plain words', PLAIN],
  ['several matters', SEVERAL],
])('reports: %s', (_name, rows) => {
  it.each(rows.map((row) => [row[0], row] as const))('%s', (_text, [text, intent, ...cases]) => {
    expectReading(head(text), intent, cases);
  });
});
