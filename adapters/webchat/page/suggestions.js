/**
 * Sentences to begin with, by who is played and what the bot wrote last. They show what people may write;
 * a click fills them in and leaves the sending to the visitor.
 */
import { isDirect, state } from './state.js';

/** The last message of the bot in a chat, of one of these kinds. */
function lastOfBot(chat, kinds) {
  const list = state.messages.get(chat) ?? [];
  return list.findLast(
    (message) => message.from === null && kinds.includes(message.kind) && !message.recalled,
  );
}

/** @returns `{ text, quote? }`: the words, and the message that they answer. */
export function suggestionsFor(person, chat) {
  if (!person || !chat) return [];
  if (!isDirect(chat)) return inGroup(person).map((text) => ({ text }));
  const answering = answers(person, chat);
  return [...answering, ...asking(person).map((text) => ({ text }))].slice(0, 6);
}

/** `3组` out of `龙塘湾村 3组 7邻 邻长`: a place that the township's file knows. */
const groupOf = (person) => person.title.match(/[^\s、，]*?组(?!长)/)?.[0] ?? '';

function inGroup(person) {
  const place = groupOf(person);
  if (['officer', 'leader', 'secretary', 'dispatcher', 'admin'].includes(person.section))
    return ['大家辛苦了'];
  return [
    `${place}桥头的路灯坏了两盏，晚上老人走路看不见`,
    `#垃圾 ${place}路口的垃圾桶满了三天没人收`,
    `【上报】\n地点：${place}晒谷坪\n事情：自来水管漏水，路面都是水\n户数：6户`,
    `#自办 ${place}水渠堵了，我们几户自己清通了`,
    '今天赶场的人真多',
    `${place}有户人家厨房起火了！`,
  ];
}

/** What was done, by what the matter is about; the last one fits anything. */
const DONE = [
  [/灯/, '办结 灯泡换好了，晚上试过，都亮'],
  [/垃圾/, '办结 垃圾清走了，桶也冲洗过'],
  [/水/, '办结 接头换了，不漏了，水压正常'],
  [/路/, '办结 坑补好了，车可以走'],
  [/火/, '办结 火灭了，人没事，线路已断电检查'],
  [/(?:)/, '办结 到现场处理好了，住户看过'],
];
const doneFor = (text) => DONE.find(([about]) => about.test(text))[1];

/** By section, then by kind of the message answered; `{done}` is what fits its matter. */
const REPLIES = {
  officer: [
    ['page', ['收到，马上到']],
    ['assignment', ['接单', '{done}', '退回 这不归我们单位管']],
    ['accepted', ['进展 材料已经买到，明天上午去', '{done}']],
    ['reopened', ['进展 马上再去看', '{done}']],
  ],
  reporter: [
    ['resolved', ['满意', '基本满意', '没解决，还是老样子']],
    ['explained', ['满意', '没解决']],
    ['question', ['补充 就在小卖部门口那根电杆']],
    ['ask', ['在桥头小卖部门口']],
  ],
  dispatcher: [['page', ['收到，马上到']]],
  leader: [['extension_requested', ['同意', '不同意，请按期办好']]],
  secretary: [
    ['deferral_requested', ['同意', '不同意']],
    ['supervision_proposed', ['督办']],
  ],
};

/** Answers to the newest message that waits for one; they quote it, so that no number need be typed. */
function answers(person, chat) {
  const rules = [...(REPLIES[person.section] ?? []), ...REPLIES.reporter];
  const kinds = rules.map(([kind]) => kind);
  const last = lastOfBot(chat, kinds);
  if (!last) return [];
  const since = wordsSince(chat, last);
  // 接单 is answered by the work; any other answer is the end of it here.
  const accepted = last.kind === 'assignment' && since.some((text) => /^(接单|收到)/.test(text));
  if (since.length > 0 && !accepted && last.kind !== 'accepted') return [];
  if (since.some((text) => /^(办结|退回|无法办理)/.test(text))) return [];
  const kind = accepted ? 'accepted' : last.kind;
  const texts = rules.find(([each]) => each === kind)?.[1] ?? [];
  return texts.map((text) => ({ text: text.replace('{done}', doneFor(last.text)), quote: last }));
}

/** What people wrote in a chat after a message. */
function wordsSince(chat, message) {
  const list = state.messages.get(chat) ?? [];
  const after = list.slice(list.indexOf(message) + 1);
  return after.filter(({ from, recalled }) => from !== null && !recalled).map(({ text }) => text);
}

function asking(person) {
  const heads = ['查询', '3组老屋场有户老人没人照看，想私下反映'];
  const lists = { secretary: ['月报', '查询'], dispatcher: ['查询', '帮助'], officer: ['查询', '帮助'] };
  if (['neighbor_head', 'group_head'].includes(person.section)) {
    return [heads[0], heads[1].replace('3组', groupOf(person)), '帮助'];
  }
  return lists[person.section] ?? ['查询', '帮助'];
}
