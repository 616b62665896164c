/** To whoever reported: who has it, what came of it, in words that can be passed on to the household. */
import type { Brief, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no, ref, said } from '../held-back.ts';
import { clip, head, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { byDay, day } from './dates.ts';
import { ASK_RATING, heading, matter, office, promise, quoted, RATINGS, title } from './phrases.ts';

/** Until the new office accepts, the first one is named too: 首问负责. */
function waiting(brief: Brief, ctx: WordsContext): string {
  const first = brief.firstOffice;
  if (first === null || first === brief.office || hushed(brief, ctx))
    return `已交${office(brief, ctx)}，等接单`;
  return `已转${office(brief, ctx)}，接单前${ctx.names.office(first)}也管着`;
}

const ENDINGS = {
  fixed: '已办好',
  partly_fixed: '办好了一部分',
  explained: '已说明办不了的原因',
  self_handled: '自己办好了',
  withdrawn: '已撤回',
  duplicate: '已并到另一件里一起办',
  not_township: '不归镇里管，已答复',
} as const;

const ending = ({ outcome }: Brief, instead: string): string =>
  outcome === null ? instead : ENDINGS[outcome];

function due(brief: Brief, ctx: WordsContext): string {
  if (brief.dueAt === null) return '';
  const late = brief.dueAt < ctx.now;
  return late ? `，原定${day(brief.dueAt, ctx)}，过了，还在办` : `，最迟${byDay(brief.dueAt, ctx)}`;
}

/** Where the case stands: 村建办在办，最迟11月9日 */
export function standing(brief: Brief, ctx: WordsContext): string {
  switch (brief.state) {
    case 'reported':
      return `等值班员分派${due(brief, ctx)}`;
    case 'assigned':
      return `${waiting(brief, ctx)}${due(brief, ctx)}`;
    case 'in_progress':
      return `${office(brief, ctx)}在办${due(brief, ctx)}`;
    case 'resolved':
      return `${office(brief, ctx)}${ending(brief, '已答复')}，等评价`;
    case 'deferred':
      return `现在办不了，先记着${brief.reviewAt === null ? '' : `，${day(brief.reviewAt, ctx)}再看`}`;
    case 'closed':
      return `${ending(brief, '办完了')}，已结`;
    case 'cancelled':
      return ending(brief, '已撤销');
  }
}

function statusItem(item: Templates['status']['items'][number], ctx: WordsContext): string {
  const answer = said(item.answer, ctx);
  const rating = item.rating === null || ctx.inGroup ? '' : `（评价：${RATINGS[item.rating]}）`;
  const text = answer === null ? '' : `。答复：${clip(answer, 80)}`;
  return `${heading(item.brief, ctx)}：${standing(item.brief, ctx)}${rating}${text}。`.replace(
    /。{2,}$/u,
    '。',
  );
}

export const reporter = {
  status: ({ items, more }, ctx) => {
    if (items.length === 0) return '没有在办的事。有事直接说就行。';
    const { shown, left } = head(items, 12);
    const rest = left + more;
    return lines(
      ...shown.map((item) => statusItem(item, ctx)),
      rest > 0 ? `还有${rest}件，写“查询”加号码单独看。` : null,
    );
  },
  notice_to_group: ({ brief }, ctx) => `${heading(brief, ctx)}：${standing(brief, ctx)}。`,
  now_with: ({ brief }, ctx) =>
    `${title(brief, ctx)}，现在由${office(brief, ctx)}负责。${promise(brief, ctx) || '办好给您回话。'}`,
  accepted: ({ brief }, ctx) =>
    `${title(brief, ctx)}，${office(brief, ctx)}接了。${promise(brief, ctx) || '办好给您回话。'}`,
  progress: ({ brief, text }, ctx) => {
    const words = said(text, ctx);
    if (words === null) return `${title(brief, ctx)}，${office(brief, ctx)}在办，有新进展。`;
    return lines(`${title(brief, ctx)}有进展，${office(brief, ctx)}说：`, words);
  },
  question: ({ brief, text }, ctx) => {
    const words = said(text, ctx);
    if (words === null) return `${title(brief, ctx)}，${office(brief, ctx)}有句话想问，请看私信。`;
    return lines(
      `${title(brief, ctx)}，${office(brief, ctx)}想问您：`,
      words,
      `直接回这条，或写“补充 ${ref(brief, ctx)}”加上您的话，我转过去。`,
    );
  },
  resolved: ({ brief, text, partly, ask }, ctx) => {
    const how = partly ? '先办好了一部分' : '办好了';
    const words = said(text, ctx);
    return lines(
      `${title(brief, ctx)}，${office(brief, ctx)}回话：${how}${words === null ? '。' : '——'}`,
      words,
      ask ? ASK_RATING : null,
    );
  },
  explained: ({ brief, text, ground, ask }, ctx) => {
    const words = said(text, ctx);
    return lines(
      `${title(brief, ctx)}，${office(brief, ctx)}回话：这回办不了${words === null ? '。' : '，原因是——'}`,
      words,
      quoted('依据：', ground, ctx),
      ask ? `这样答复行不行？回 1 满意 2 基本满意 3 没解决，直接写话也行，不急。` : null,
    );
  },
  rating_question: ({ brief, text }, ctx) =>
    lines(`${title(brief, ctx)}，${office(brief, ctx)}前面已经回话：`, said(text, ctx), ASK_RATING),
  screening_decided: ({ brief, decision, ground }, ctx) => {
    const why = quoted('说明：', ground, ctx);
    if (decision === 'redo')
      return lines(
        `${title(brief, ctx)}核实过了，请${office(brief, ctx)}重新办。${promise(brief, ctx)}`,
        why,
      );
    if (decision === 'periodic_plan') {
      const again = brief.reviewAt === null ? '' : `${day(brief.reviewAt, ctx)}再看，`;
      return lines(`${title(brief, ctx)}核实过了，眼下办不了，先排进计划。${again}会有人上门跟您说。`, why);
    }
    return lines(`${title(brief, ctx)}核实过了，先照原来的答复。您的意见记下了，有新情况随时说。`, why);
  },
  not_township: ({ brief, reason }, ctx) =>
    lines(
      `${title(brief, ctx)}不归镇里管，我们办不了。`,
      quoted('', reason, ctx),
      '您的话没有白说，不清楚找谁就问值班员。',
    ),
  urged: ({ brief, to }, ctx) => {
    if (to === 'reporter')
      return `${title(brief, ctx)}，替您催了${office(brief, ctx)}。${promise(brief, ctx)}`;
    const n = ref(brief, ctx);
    const how =
      brief.office === null ? `还没分派，回“交办 ${n} 单位”。` : `回“进展 ${n} 到哪一步了”，我转告。`;
    return lines(`${title(brief, ctx)}，有人在问办到哪一步了。`, how);
  },
  closed: ({ brief, rating, to }, ctx) => {
    const again = `往后又不好了，回“${ref(brief, ctx)} 没解决”，接着办。`;
    if (to === 'officer') {
      const word = rating === null ? '上报人没有回话，未评价' : `上报人评价：${RATINGS[rating]}`;
      return `${title(brief, ctx)}结了${ctx.inGroup ? '' : `，${word}`}。辛苦！`;
    }
    if (rating === null) return `${title(brief, ctx)}，几天没听到您回话，先结了。${again}`;
    if (rating === 'unsatisfied')
      return `${title(brief, ctx)}到这里先结了，您的意见记在案上。有新情况随时说。`;
    return `谢谢！${no(brief, ctx)} ${matter(brief, ctx)}结了。${again}`;
  },
} satisfies Partial<Words>;
