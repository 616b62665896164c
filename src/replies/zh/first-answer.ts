/** The first answer to whoever wrote: a number at once, one question at most, danger before all else. */
import type { Brief, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no, ref, said } from '../held-back.ts';
import { clip, head, lines } from '../lines.ts';
import { reference, typed } from '../reference.ts';
import type { Words } from '../table.ts';
import { byDay } from './dates.ts';
import { heading, office, promise, title, what } from './phrases.ts';

/** 转村建办，最迟11月9日给您回话。 Nobody has it yet: 值班员分好了告诉您是谁办。 */
function course(brief: Brief, ctx: WordsContext): string {
  if (brief.office === null) return '值班员分好了告诉您是谁办。';
  const when = brief.dueAt === null ? '办好' : `最迟${byDay(brief.dueAt, ctx)}`;
  return `转${office(brief, ctx)}，${when}给您回话。`;
}

function receipt({ brief, known, fromPost }: Templates['receipt'], ctx: WordsContext): string {
  if (known) return `${title(brief, ctx)}已登记，同一批处理，您不用再报。${promise(brief, ctx)}`;
  const kept = brief.protected && !ctx.inGroup ? '只有值班员知道是您说的。' : '';
  const check = fromPost ? `地点不对，回“更正 ${ref(brief, ctx)} 在哪里”。` : '';
  return `记下了 ${no(brief, ctx)}：${what(brief, ctx)}。${course(brief, ctx)}${kept}${check}`;
}

/** What may be done at once without help, by main category or sub-category. Never names a person. */
const ADVICE: Readonly<Record<string, string>> = {
  'safety.fire': '人离远些，闻到煤气别开灯、别点火。',
  'safety.injury': '别硬挪伤员；有人落水不要下去，扔绳子、竹竿。',
  'safety.crime': '别硬拦，先保住自己。',
  'safety.geo': '人马上往两边高处走，不要回去拿东西。',
  'safety.missing': '请邻居一起在附近找，水边、路口先看。',
  'power.wire': '离电线远些，不要碰，也别让人靠近。',
  'road.block': '别从下面过，两头拦一下车和人。',
  'water.danger': '人往高处走，不要靠近水边。',
  'water.quality': '水先别喝，告诉附近人家也别喝。',
  'health.epidemic': '剩下的吃食留着，别再吃。',
  'house.danger': '人先出来，不要回屋。',
};
const ANY_ADVICE = '人先离开危险的地方。';

const lead = (brief: Brief, ctx: WordsContext): string =>
  brief.category.endsWith('.other') || hushed(brief, ctx)
    ? `收到 ${no(brief, ctx)}。`
    : `收到 ${no(brief, ctx)}，${ctx.names.categoryShort(brief.category)}的事。`;

function emergencyHelp(paged: boolean, dutyPhone: string | null): string {
  if (paged) return '我正在叫镇里值班的人。';
  return dutyPhone === null
    ? '值班的人我还没叫到，请您也打给村里。'
    : '值班的人我还没叫到，请您也打值班电话。';
}

export const firstAnswer = {
  receipt,
  receipt_self_handled: ({ brief }, ctx) =>
    `记下了 ${no(brief, ctx)}：${what(brief, ctx)}，您已经办好，直接结了。辛苦您！`,
  receipt_joined: ({ brief }, ctx) =>
    `${title(brief, ctx)}已经有人报过，把您也记上了，不用再报。${promise(brief, ctx) || '办好一起告诉您。'}`,
  receipt_known: ({ text }) =>
    lines(
      '这件事已经登记，同一批处理，您不用再报。',
      text.trim() === '' ? null : `登记的是：${clip(text, 120)}`,
    ),
  ask_place: ({ brief }, ctx) =>
    `${brief === null ? '收到。' : lead(brief, ctx)}麻烦说一下在哪个组、什么位置？说不清也不要紧，值班员会找您问。`,
  ask_matter: ({ brief }, ctx) =>
    brief === null
      ? '收到。您说的是什么事？写一句就行，比如“3组桥头路灯不亮”。'
      : `收到 ${no(brief, ctx)}。是什么事？写一句就行；不好写也不要紧，值班员会找您问。`,
  ask_confirm_report: ({ summary }, ctx) => {
    const words = said(summary, ctx);
    const about = words === null ? '' : `：“${clip(words, 40)}”`;
    return `这是要报一件事吗${about}？是就回“是”，我马上记；不是就不用回。`;
  },
  ask_which_case: ({ candidates, numbered }, ctx) => {
    const { shown, left } = head(candidates, 8);
    return lines(
      numbered ? '您说的是哪一件？回前面的数字就行。' : '您说的是哪一件？请把号码带上。',
      ...shown.map((brief, i) => `${numbered ? `${i + 1}. ` : ''}${heading(brief, ctx)}`),
      left > 0 ? `还有${left}件没列出来，写号码也行。` : null,
    );
  },
  ask_which_request: ({ number, requests }, ctx) => {
    const names = requests.map((request) => (request === 'extension' ? '延期' : '挂账'));
    const how = names.map((name) => `“同意${name} ${typed(number, ctx)}”`).join('还是');
    return `${reference(number, ctx)} 有${names.join('和')}两样等您定，您说的是${how}？请写明。`;
  },
  ask_still_broken: ({ brief }, ctx) =>
    `${title(brief, ctx)}前面已经结了。您是说还没好吗？没好就回“${ref(brief, ctx)} 没解决”，我让人再办。`,
  ask_withdraw: ({ brief }, ctx) =>
    `${no(brief, ctx)} 那条消息您撤回了。事情也不办了吗？不办就回“撤回 ${ref(brief, ctx)}”；还要办，不用回。`,
  emergency: ({ hotlines, dutyPhone, category, needPlace, paged, number }, ctx) => {
    const lines110 = hotlines.length === 0 ? '110' : hotlines.join('、');
    const duty = dutyPhone === null ? '' : `，镇值班电话 ${dutyPhone}`;
    const which = number === null ? '' : `（${reference(number, ctx)}）`;
    return lines(
      `先顾人！马上打 ${lines110}${duty}。${which}`,
      `${ADVICE[category] ?? ANY_ADVICE}${emergencyHelp(paged, dutyPhone)}`,
      needPlace ? '请说清在哪里，不要等。' : '附近的人能帮就帮一把，先保自己平安。',
    );
  },
  private: ({ dutyPhone, reachable, recall }) => {
    const away = recall ? '请先把刚才那条撤回。' : '';
    if (reachable) return `${away}这件事私下说，我已私信您。`;
    const call = dutyPhone === null ? '请直接找村里或镇里的值班员' : `请打值班电话 ${dutyPhone}`;
    return `${away}这件事不在群里说，${call}。`;
  },
  discipline: () =>
    '这类问题我不能收，也没有保存。请直接打 12388（纪委）或 12380（组织部）反映，他们会保密。',
  voice_hint: () => '语音我听不了。麻烦长按那条语音，点“转文字”，再把文字发我。',
  forwarded_hint: () => '转来的聊天记录我看不了。请用您自己的话说一句：在哪里、什么事。',
} satisfies Partial<Words>;
