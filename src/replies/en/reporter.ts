/** To whoever reported: who has it, what came of it, in words that can be passed on to the household. */
import type { Brief, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { hushed, ref, said } from '../held-back.ts';
import { clip, head, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { byDay, day } from './dates.ts';
import { ASK_RATING, office, promise, quoted, RATINGS, title } from './phrases.ts';

/** Until the new office accepts, the first one is named too. */
function waiting(brief: Brief, ctx: WordsContext): string {
  const first = brief.firstOffice;
  if (first === null || first === brief.office || hushed(brief, ctx))
    return `given to ${office(brief, ctx)}, not accepted yet`;
  return `passed to ${office(brief, ctx)}; until they accept, ${ctx.names.office(first)} also looks after it`;
}

const ENDINGS = {
  fixed: 'done',
  partly_fixed: 'partly done',
  explained: 'explained why it can’t be done',
  self_handled: 'solved by the head',
  withdrawn: 'withdrawn',
  duplicate: 'handled together with another case',
  not_township: 'not the township’s, answered',
} as const;

const ending = ({ outcome }: Brief, instead: string): string =>
  outcome === null ? instead : ENDINGS[outcome];

function due(brief: Brief, ctx: WordsContext): string {
  if (brief.dueAt === null) return '';
  const late = brief.dueAt < ctx.now;
  return late ? `, was due ${day(brief.dueAt, ctx)}, still open` : `, ${byDay(brief.dueAt, ctx)}`;
}

/** Where the case stands: 村建办 is working on it, by 9 Nov */
export function standing(brief: Brief, ctx: WordsContext): string {
  switch (brief.state) {
    case 'reported':
      return `waits for the duty desk${due(brief, ctx)}`;
    case 'assigned':
      return `${waiting(brief, ctx)}${due(brief, ctx)}`;
    case 'in_progress':
      return `${office(brief, ctx)} is working on it${due(brief, ctx)}`;
    case 'resolved':
      return `${office(brief, ctx)}: ${ending(brief, 'answered')}, waits for a rating`;
    case 'deferred':
      return `can’t be done now${brief.reviewAt === null ? '' : `, looked at again on ${day(brief.reviewAt, ctx)}`}`;
    case 'closed':
      return `${ending(brief, 'done')}, closed`;
    case 'cancelled':
      return ending(brief, 'cancelled');
  }
}

function statusItem(item: Templates['status']['items'][number], ctx: WordsContext): string {
  const answer = said(item.answer, ctx);
  const rating = item.rating === null || ctx.inGroup ? '' : ` (${RATINGS[item.rating]})`;
  const text = answer === null ? '' : ` Answer: ${clip(answer, 80)}`;
  return `${title(item.brief, ctx)}: ${standing(item.brief, ctx)}${rating}.${text}`;
}

function closed({ brief, rating, to }: Templates['closed'], ctx: WordsContext): string {
  const again = `If it goes wrong again, reply “${ref(brief, ctx)} 没解决” (not solved).`;
  if (to === 'officer') {
    const word =
      rating === null ? 'the reporter did not answer, unrated' : `the reporter says: ${RATINGS[rating]}`;
    return `${title(brief, ctx)}: closed${ctx.inGroup ? '' : `; ${word}`}. Thank you!`;
  }
  if (rating === null)
    return `${title(brief, ctx)}: closed, as I have not heard from you for some days. ${again}`;
  if (rating === 'unsatisfied')
    return `${title(brief, ctx)}: closed here; what you said is on record. Tell me if anything changes.`;
  return `Thank you! ${title(brief, ctx)}: closed. ${again}`;
}

function screeningDecided(params: Templates['screening_decided'], ctx: WordsContext): string {
  const { brief, decision, ground } = params;
  const why = quoted('Note: ', ground, ctx);
  if (decision === 'redo')
    return lines(
      `${title(brief, ctx)}: checked; ${office(brief, ctx)} does it again. ${promise(brief, ctx)}`,
      why,
    );
  if (decision === 'periodic_plan') {
    const again = brief.reviewAt === null ? '' : ` and looked at again on ${day(brief.reviewAt, ctx)}`;
    return lines(
      `${title(brief, ctx)}: checked; it can’t be done now, it is planned${again}. Someone will come and explain.`,
      why,
    );
  }
  return lines(
    `${title(brief, ctx)}: checked; the answer stands. What you said is on record. Tell me if anything changes.`,
    why,
  );
}

export const reporter = {
  status: ({ items, more }, ctx) => {
    if (items.length === 0) return 'Nothing is open. If something is the matter, just say it.';
    const { shown, left } = head(items, 12);
    const rest = left + more;
    return lines(
      ...shown.map((item) => statusItem(item, ctx)),
      rest > 0 ? `${rest} more; write “查询” and a number to see one.` : null,
    );
  },
  notice_to_group: ({ brief }, ctx) => `${title(brief, ctx)}: ${standing(brief, ctx)}.`,
  now_with: ({ brief }, ctx) =>
    `${title(brief, ctx)}: ${office(brief, ctx)} has it now. ${promise(brief, ctx)}`,
  accepted: ({ brief }, ctx) =>
    `${title(brief, ctx)}: ${office(brief, ctx)} has taken it. ${promise(brief, ctx)}`,
  progress: ({ brief, text }, ctx) => {
    const words = said(text, ctx);
    if (words === null) return `${title(brief, ctx)}: ${office(brief, ctx)} is working on it, there is news.`;
    return lines(`${title(brief, ctx)}: news from ${office(brief, ctx)}:`, words);
  },
  question: ({ brief, text }, ctx) => {
    const words = said(text, ctx);
    if (words === null)
      return `${title(brief, ctx)}: ${office(brief, ctx)} has a question, see your private chat.`;
    return lines(
      `${title(brief, ctx)}: ${office(brief, ctx)} asks you:`,
      words,
      `Reply to this message, or write “补充 ${ref(brief, ctx)}” and your words; I pass them on.`,
    );
  },
  resolved: ({ brief, text, partly, ask }, ctx) => {
    const words = said(text, ctx);
    const how = partly ? 'a part is done' : 'it is done';
    return lines(
      `${title(brief, ctx)}: ${office(brief, ctx)} says ${how}${words === null ? '.' : ':'}`,
      words,
      ask ? ASK_RATING : null,
    );
  },
  explained: ({ brief, text, ground, ask }, ctx) => {
    const words = said(text, ctx);
    return lines(
      `${title(brief, ctx)}: ${office(brief, ctx)} says it can’t be done${words === null ? '.' : ', because:'}`,
      words,
      quoted('Ground: ', ground, ctx),
      ask ? ASK_RATING.replace('Is it all right?', 'Is this answer all right?') : null,
    );
  },
  rating_question: ({ brief, text }, ctx) =>
    lines(`${title(brief, ctx)}: ${office(brief, ctx)} answered:`, said(text, ctx), ASK_RATING),
  screening_decided: screeningDecided,
  not_township: ({ brief, reason }, ctx) =>
    lines(
      `${title(brief, ctx)}: this is not the township’s, we can’t do it.`,
      said(reason, ctx),
      'If you don’t know whom to ask, ask the duty desk.',
    ),
  urged: ({ brief, to }, ctx) => {
    if (to === 'reporter')
      return `${title(brief, ctx)}: I have asked ${office(brief, ctx)} to hurry. ${promise(brief, ctx)}`;
    const n = ref(brief, ctx);
    const how =
      brief.office === null
        ? `Nobody has it yet: “交办 ${n}” and the office gives it to one.`
        : `Write “进展 ${n}” and how far it is; I pass it on.`;
    return lines(`${title(brief, ctx)}: somebody asks how far it is.`, how);
  },
  closed,
} satisfies Partial<Words>;
