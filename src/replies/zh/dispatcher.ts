/** To dispatchers: what the rules could not settle, with the candidates and the words that settle it. */
import type { MessageKind, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { no, person, ref } from '../held-back.ts';
import { clip, lines } from '../lines.ts';
import { reference } from '../reference.ts';
import type { Words } from '../table.ts';
import { sampleDay } from '../typed-commands.ts';
import { reporterLine, urgent } from './officer.ts';
import { facts, fullTitle, quoted, reporterName, title } from './phrases.ts';
import { standing } from './reporter.ts';

const WHY: Readonly<Record<Templates['to_dispatch']['why'], string>> = {
  no_office: '没有单位管这一类',
  no_officer: '对口单位眼下没有能接的人',
  unanswered: '问过上报人，没有回，先按现有的办',
  protected: '要为上报人保密，只有您看得到',
  unclear: '看不准是什么事',
  returned: '承办单位退回来了',
  accused: '涉及单位里的人，要回避',
};

function toDispatch(
  { brief, text, why, candidates, reporter }: Templates['to_dispatch'],
  ctx: WordsContext,
): string {
  const names = candidates.map((id) => ctx.names.office(id));
  const choice = names.length === 0 || ctx.inGroup ? null : `可以交给：${names.slice(0, 6).join('、')}`;
  const example = ctx.inGroup ? '单位' : (names[0] ?? '单位');
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}，要您分派${ctx.inGroup ? '' : `：${WHY[why]}`}。`,
    facts(brief, text, ctx),
    reporterLine({ brief, reporter, hasContact: false }, ctx),
    choice,
    `回“交办 ${ref(brief, ctx)} ${example}”；类别不对，回“改类 ${ref(brief, ctx)} 类别”。`,
  );
}

/** Kinds after which the person who calls may ask how it was. */
const ANSWERS: readonly MessageKind[] = ['resolved', 'explained', 'follow_up'];

function cannotReach(params: Templates['bot_cannot_reach'], ctx: WordsContext): string {
  const { brief, text, kind } = params;
  const who = ctx.inGroup ? '一位同志' : (reporterName(params.person, ctx) ?? (params.name || '上报人'));
  const words = quoted('要说的话：', text, ctx);
  if (brief === null) return lines(`我联系不上${who}，麻烦您打个电话。`, words);
  return lines(
    `${fullTitle(brief, ctx)}，我联系不上${who}，麻烦您打个电话。`,
    `现在：${standing(brief, ctx)}。`,
    words,
    ANSWERS.includes(kind) ? `问问满不满意，回“回访 ${ref(brief, ctx)} 接通 已解决 满意”。` : null,
  );
}

export const dispatcher = {
  to_dispatch: toDispatch,
  screening: ({ brief, text, to }, ctx) => {
    if (to === 'reporter') return `${title(brief, ctx)}，知道您不满意。值班员会去核实，定下怎么办再告诉您。`;
    const n = ref(brief, ctx);
    return lines(
      `${fullTitle(brief, ctx)}，上报人还是不满意，请您核实。`,
      quoted('上报人说：', text, ctx),
      `回“甄别 ${n} 重办”、“甄别 ${n} 转周期 到${sampleDay(ctx)}”或“甄别 ${n} 认定 依据”。`,
    );
  },
  merge_proposed: ({ brief, with: other, text }, ctx) => {
    const n = ref(brief, ctx);
    const same = other === null ? '和另一件' : `和 ${no(other, ctx)} `;
    return lines(
      `${fullTitle(brief, ctx)}，有人说${same}是一回事。`,
      quoted('原话：', text, ctx),
      `是就回“并案 ${n} ${other === null ? '另一件的号码' : ref(other, ctx)}”，不是不用管。`,
    );
  },
  bot_cannot_reach: cannotReach,
  case_stuck: ({ number, detail }, ctx) =>
    lines(
      `${reference(number, ctx)} 到时候该提醒了，可我这边出了错，没走下去。`,
      quoted('情况：', detail, ctx),
      '这件事没有丢，我每十分钟再试一次；请管系统的人看一下日志。',
    ),
  quarantined_to_dispatcher: ({ account, sender, detail }, ctx) =>
    lines(
      '有条消息我没处理成，请您直接找发的人问一下。',
      ctx.inGroup ? null : `发的人：${clip(sender, 40)}（${clip(account, 40)}）`,
      quoted('情况：', detail, ctx),
    ),
  complaint_to_admin: ({ text, by }, ctx) =>
    lines(
      '有人给我提意见。',
      quoted('意见：', text, ctx),
      ctx.inGroup || by === null ? null : `提的人：${person(by, '未登记', ctx)}`,
    ),
} satisfies Partial<Words>;
