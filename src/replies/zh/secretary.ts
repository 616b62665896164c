/** To township secretaries and leaders: what needs a decision, in as few lines as it takes. */
import type { Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { no, person, ref, said } from '../held-back.ts';
import { clip, head, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { day, hour } from './dates.ts';
import { dueLine, howToResolve, urgent } from './officer.ts';
import { fullMatter, fullTitle, money, office, quoted } from './phrases.ts';

function proposals({ items }: Templates['supervision_proposed'], ctx: WordsContext): string {
  const { shown, left } = head(items, 12);
  const [only] = items;
  const one = items.length === 1 && only !== undefined;
  const list = shown.map(({ brief, step }) => {
    const late = brief.dueAt === null ? '' : `，原定${day(brief.dueAt, ctx)}`;
    return `${fullTitle(brief, ctx)}，${office(brief, ctx)}在办${late}${step === 'proposal_2' ? '，再次提请' : ''}。`;
  });
  return lines(
    one ? null : `建议督办${items.length}件，督不督由您定：`,
    ...list,
    left > 0 ? `还有${left}件，回“查询”看。` : null,
    one
      ? `建议督办。同意就回“督办 ${ref(only.brief, ctx)}”，不回就不督。`
      : '哪件要督，回“督办”加号码，几个号码可以一起写。',
  );
}

const CARDS = { yellow: '黄色', red: '红色' } as const;

export const secretary = {
  extension_requested: ({ brief, until, reason, by }, ctx) =>
    lines(
      `${fullTitle(brief, ctx)}，${person(by, office(brief, ctx), ctx)}申请延到${hour(until, ctx)}。`,
      brief.dueAt === null ? null : `原定${hour(brief.dueAt, ctx)}。`,
      quoted('原因：', reason, ctx),
      `回“同意 ${ref(brief, ctx)}”或“不同意 ${ref(brief, ctx)} 原因”。`,
    ),
  deferral_requested: ({ brief, reason, cost, reviewAt, by }, ctx) =>
    lines(
      `${fullTitle(brief, ctx)}，${person(by, office(brief, ctx), ctx)}申请挂账，${day(reviewAt, ctx)}再看。`,
      quoted('原因：', reason, ctx),
      cost === null || ctx.inGroup ? null : `约需 ${money(cost)}`,
      `回“同意 ${ref(brief, ctx)}”或“不同意 ${ref(brief, ctx)} 原因”。`,
    ),
  supervision_proposed: proposals,
  supervised: ({ brief, level, to }, ctx) => {
    if (to === 'secretary')
      return `${fullTitle(brief, ctx)}，督办了（${CARDS[level]}），已告诉${office(brief, ctx)}。办好了回“销账 ${ref(brief, ctx)}”。`;
    if (to === 'leader')
      return lines(
        `${fullTitle(brief, ctx)}，书记督办了（${CARDS[level]}），请您过问。`,
        dueSentence(brief, ctx),
      );
    return lines(
      `${urgent(brief)}${fullTitle(brief, ctx)}，书记督办了（${CARDS[level]}）。`,
      dueSentence(brief, ctx),
      `说一下办到哪一步：回“进展 ${ref(brief, ctx)} 做了什么”；${howToResolve(brief, ctx)}`,
    );
  },
  supervision_cleared: ({ brief }, ctx) => `${fullTitle(brief, ctx)}，督办已销账。`,
  decision_preview: ({ items }, ctx) => {
    const { shown, left } = head(items, 12);
    return lines(
      `会上议定${items.length}条，请您看一遍：`,
      ...shown.map(({ brief, office: to, until, text }) => {
        const words = said(text, ctx);
        const owner = to === null || ctx.inGroup ? office(brief, ctx) : ctx.names.office(to);
        const date = until === null ? '' : `，${day(until, ctx)}前`;
        return `${no(brief, ctx)} ${fullMatter(brief, ctx)}：${owner}${date}${words === null ? '' : `，${clip(words, 60)}`}`;
      }),
      left > 0 ? `还有${left}条，回“查询”看。` : null,
      '没错就回“同意”，我发下去；要改就写号码和改法。',
    );
  },
  digest: ({ period, lines: figures }) => {
    const title = /[月周]报/u.test(figures[0] ?? '') ? null : `${periodName(period)}月报`;
    const { shown, left } = head(figures, 14);
    return lines(title, ...(left > 0 ? [...shown.slice(0, 13), '其余见附件。'] : shown));
  },
  meeting: ({ lines: words }, ctx) =>
    ctx.inGroup ? '会议材料只发给本人。' : lines(...head(words, 15).shown),
} satisfies Partial<Words>;

function dueSentence(...[brief, ctx]: Parameters<typeof dueLine>): string | null {
  const due = dueLine(brief, ctx);
  return due === null ? null : `时限：${due}。`;
}

/** `2026-10` → 2026年10月; a week or a span stays as it is. */
function periodName(period: string): string {
  const match = /^(\d{4})-(\d{2})$/.exec(period);
  return match === null ? period : `${match[1]}年${Number(match[2])}月`;
}
