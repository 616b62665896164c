/** To township secretaries and leaders: what needs a decision, in as few lines as it takes. */
import type { Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { person, ref, said } from '../held-back.ts';
import { clip, head, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { day, hour } from './dates.ts';
import { dueSentence, howToResolve, urgent } from './officer.ts';
import { count, fullTitle, money, office, quoted } from './phrases.ts';

function proposals({ items }: Templates['supervision_proposed'], ctx: WordsContext): string {
  const { shown, left } = head(items, 12);
  const [only] = items;
  const one = items.length === 1 && only !== undefined;
  const list = shown.map(({ brief, step }) => {
    const late = brief.dueAt === null ? '' : `, was due ${day(brief.dueAt, ctx)}`;
    return `${fullTitle(brief, ctx)}: with ${office(brief, ctx)}${late}${step === 'proposal_2' ? ', proposed again' : ''}.`;
  });
  return lines(
    one ? null : `${count(items.length, 'matter', 'matters')} proposed for supervision; you decide:`,
    ...list,
    left > 0 ? `${left} more; write “查询” to see them.` : null,
    one
      ? `Supervision proposed. If you agree: “督办 ${ref(only.brief, ctx)}”; if not, no need to answer.`
      : 'Write “督办” and the numbers you want.',
  );
}

function supervised({ brief, level, to }: Templates['supervised'], ctx: WordsContext): string {
  if (to === 'secretary')
    return `${fullTitle(brief, ctx)}: under supervision (${level}), ${office(brief, ctx)} knows. To clear it: “销账 ${ref(brief, ctx)}”.`;
  if (to === 'leader')
    return lines(
      `${fullTitle(brief, ctx)}: the secretary supervises this (${level}), please look into it.`,
      dueSentence(brief, ctx),
    );
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}: the secretary supervises this (${level}).`,
    dueSentence(brief, ctx),
    `How far it is: “进展 ${ref(brief, ctx)}” and what you did. ${howToResolve(brief, ctx)}`,
  );
}

function preview({ items }: Templates['decision_preview'], ctx: WordsContext): string {
  const { shown, left } = head(items, 12);
  return lines(
    `${count(items.length, 'decision', 'decisions')} of the meeting, please check:`,
    ...shown.map(({ brief, office: to, until, text }) => {
      const words = said(text, ctx);
      const owner = to === null || ctx.inGroup ? office(brief, ctx) : ctx.names.office(to);
      const date = until === null ? '' : ` by ${day(until, ctx)}`;
      return `${fullTitle(brief, ctx)}: ${owner}${date}${words === null ? '' : `; ${clip(words, 80)}`}`;
    }),
    left > 0 ? `${left} more; write “查询” to see them.` : null,
    'Right? Reply “同意” and I send them out; to change one, write its number and the change.',
  );
}

const decide = (n: string): string => `“同意 ${n}” (yes) or “不同意 ${n}” and why (no).`;

export const secretary = {
  extension_requested: ({ brief, until, reason, by }, ctx) =>
    lines(
      `${fullTitle(brief, ctx)}: ${person(by, office(brief, ctx), ctx)} asks for time until ${hour(until, ctx)}.`,
      brief.dueAt === null ? null : `Due now: ${hour(brief.dueAt, ctx)}.`,
      quoted('Why: ', reason, ctx),
      decide(ref(brief, ctx)),
    ),
  deferral_requested: ({ brief, reason, cost, reviewAt, by }, ctx) =>
    lines(
      `${fullTitle(brief, ctx)}: ${person(by, office(brief, ctx), ctx)} asks to defer it until ${day(reviewAt, ctx)}.`,
      quoted('Why: ', reason, ctx),
      cost === null || ctx.inGroup ? null : `About ${money(cost)}`,
      decide(ref(brief, ctx)),
    ),
  supervision_proposed: proposals,
  supervised,
  supervision_cleared: ({ brief }, ctx) => `${fullTitle(brief, ctx)}: supervision cleared.`,
  decision_preview: preview,
  digest: ({ period, lines: figures }) => {
    const title = figures[0]?.includes(period) ? null : `Monthly digest ${period}`;
    const { shown, left } = head(figures, 14);
    return lines(title, ...(left > 0 ? [...shown.slice(0, 13), 'The rest is attached.'] : shown));
  },
  meeting: ({ lines: words }, ctx) =>
    ctx.inGroup ? 'The meeting’s papers go to each person alone.' : lines(...head(words, 15).shown),
} satisfies Partial<Words>;
