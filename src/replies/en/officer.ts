/** To officers and people on duty: everything needed to act, and how to answer, in one message. */
import type { Brief, ReminderItem, Templates } from '../../domain/messages.ts';
import { contactSlot } from '../contact-slot.ts';
import type { WordsContext } from '../context.ts';
import { person, ref, said } from '../held-back.ts';
import { clip, head, lines } from '../lines.ts';
import { reference, typed } from '../reference.ts';
import type { Words } from '../table.ts';
import { sampleDay } from '../typed-commands.ts';
import { byHour, hour } from './dates.ts';
import { facts, fullTitle, office, otherOffice, quoted, reporterName, title } from './phrases.ts';

export function howToAct(brief: Brief, ctx: WordsContext): string {
  const n = ref(brief, ctx);
  return `Accept: “接单 ${n}”. Done: “办结 ${n}” and what you did. Not yours: “退回 ${n}” and why.`;
}

export const howToResolve = (brief: Brief, ctx: WordsContext): string =>
  `When done: “办结 ${ref(brief, ctx)}” and what you did.`;

const URGENT: Readonly<Record<string, string>> = { U1: '[EMERGENCY] ', U2: '[URGENT] ' };

export const urgent = (brief: Brief): string => URGENT[brief.urgency] ?? '';

/** to be done by 17:30 on 9 Nov */
export function dueWords(brief: Brief, ctx: WordsContext): string | null {
  if (brief.dueAt === null) return null;
  return brief.dueAt <= ctx.now
    ? `was due ${hour(brief.dueAt, ctx)}`
    : `to be done ${byHour(brief.dueAt, ctx)}`;
}

export function dueSentence(brief: Brief, ctx: WordsContext): string | null {
  const due = dueWords(brief, ctx);
  return due === null ? null : `Time: ${due}.`;
}

export function reporterLine(
  from: { readonly reporter: string | null; readonly hasContact: boolean; readonly brief: Brief },
  ctx: WordsContext,
): string | null {
  if (ctx.inGroup) return null;
  const phone = from.hasContact ? `phone: write “联系方式 ${ref(from.brief, ctx)}”` : '';
  const name = reporterName(from.reporter, ctx) ?? (phone === '' ? '' : 'confidential');
  return name === '' ? null : `Reported by: ${[name, phone].filter((part) => part !== '').join('; ')}`;
}

function assignment(params: Templates['assignment'], ctx: WordsContext): string {
  const { brief, media, redo, responseDueAt } = params;
  const times = [
    redo || responseDueAt === null || responseDueAt < ctx.now ? null : `accept ${byHour(responseDueAt, ctx)}`,
    dueWords(brief, ctx),
  ].filter((part) => part !== null);
  const before = ctx.inGroup ? [] : params.history.slice(-5).map((line) => `· ${clip(line, 80)}`);
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}: ${redo ? 'please do it again' : 'for you'}`,
    facts(brief, params.text, ctx),
    media > 0 ? `Pictures and files: ${media}` : null,
    reporterLine(params, ctx),
    before.length > 0 ? `So far:\n${before.join('\n')}` : null,
    times.length > 0 ? `Time: ${times.join(', ')}.` : null,
    redo
      ? `${howToResolve(brief, ctx)} Can’t be done: “无法办理 ${ref(brief, ctx)}” and why.`
      : howToAct(brief, ctx),
  );
}

function reminderWords({ brief, step }: ReminderItem, ctx: WordsContext): string {
  if (step === 'response_overdue')
    return brief.office === null ? 'not given to anyone yet' : 'not accepted yet, the time for it is over';
  return dueWords(brief, ctx) ?? (step === 'due_soon' ? 'due soon' : 'overdue');
}

/** Leaders and dispatchers look after several offices: theirs is named, without a word of blame. */
function reminderItem(item: ReminderItem, ctx: WordsContext): string {
  const { brief, as } = item;
  const who =
    as === 'officer' || brief.office === null
      ? ''
      : ` (${[office(brief, ctx), person(brief.assignee, '', ctx)].filter((part) => part !== '').join(', ')})`;
  return `${urgent(brief)}${fullTitle(brief, ctx)}${who}: ${reminderWords(item, ctx)}${firstToo(brief, ctx)}.`;
}

/** Until the new office accepts, the first one is named too. */
function firstToo({ state, office: now, firstOffice: first }: Brief, ctx: WordsContext): string {
  const moved = state === 'assigned' && first !== null && first !== now;
  return moved ? `; until they accept, ${ctx.names.office(first)} also looks after it` : '';
}

function reminderHow(items: readonly ReminderItem[], ctx: WordsContext): string {
  const [only] = items;
  const n = items.length === 1 && only !== undefined ? ref(only.brief, ctx) : '<number>';
  if (items.every(({ as }) => as === 'dispatcher'))
    return `Give it to an office: “交办 ${n}” and the office.`;
  if (items.every(({ as }) => as !== 'officer'))
    return `Please look into it. To pass it on: “转办 ${n}”, the office and why.`;
  const late = items.some(({ step }) => step === 'overdue');
  const waits = items.every(({ step }) => step === 'response_overdue');
  const act = waits ? `Accept: “接单 ${n}”. ` : '';
  const more = late || waits ? '' : ` More time: “延期 ${n} 原因 到${sampleDay(ctx)}” (why, until when).`;
  return `${act}Done: “办结 ${n}” and what you did.${more}`;
}

function coHandled(params: Templates['co_handled'], ctx: WordsContext): string {
  const { brief, text, to } = params;
  const other = otherOffice(params.office, brief, ctx);
  if (to === 'co_officer')
    return lines(
      `${urgent(brief)}${fullTitle(brief, ctx)}: ${other}, please help; ${office(brief, ctx)} leads.`,
      facts(brief, '', ctx),
      quoted('Note: ', text, ctx),
      dueSentence(brief, ctx),
      `How far you are: “进展 ${ref(brief, ctx)}” and what you did. The lead gives the answer.`,
    );
  if (to === 'lead')
    return lines(
      `${fullTitle(brief, ctx)}: ${other} helps; you still lead and answer.`,
      quoted('Note: ', text, ctx),
    );
  return `${title(brief, ctx)}: ${other} helps too; the answer comes from ${office(brief, ctx)}.`;
}

export const officer = {
  page: ({ brief, text, callNumber, reporter, hasContact }, ctx) =>
    lines(
      `[EMERGENCY] ${fullTitle(brief, ctx)}: please act now!`,
      facts(brief, text, ctx),
      reporterLine({ brief, reporter, hasContact }, ctx),
      `Answer “接单 ${ref(brief, ctx)}” at once; ${callNumber > 1 ? 'those before you have not answered' : 'without an answer the next person is called'}.`,
    ),
  assignment,
  copy_to_village: ({ brief }, ctx) =>
    lines(
      `${fullTitle(brief, ctx)}: for your information, it went straight to ${office(brief, ctx)}.`,
      facts(brief, '', ctx),
      'The village need not report it again.',
    ),
  answered: ({ brief, text }, ctx) =>
    lines(
      `${title(brief, ctx)}: the reporter has answered${said(text, ctx) === null ? '.' : ':'}`,
      said(text, ctx),
      dueSentence(brief, ctx),
      howToResolve(brief, ctx),
    ),
  reminder: ({ items }, ctx) => {
    const { shown, left } = head(items, 12);
    return lines(
      items.length > 1 ? `${items.length} matters to look at:` : null,
      ...shown.map((item) => reminderItem(item, ctx)),
      left > 0 ? `${left} more; write “查询” to see them.` : null,
      reminderHow(items, ctx),
    );
  },
  contact: ({ number, vault }, ctx) =>
    ctx.inGroup
      ? `${reference(number, ctx)}: the phone number only in private; write “联系方式 ${typed(number, ctx)}” to me there.`
      : lines(
          `${reference(number, ctx)} phone: ${contactSlot(vault)}`,
          'Only for this matter; please do not pass it on. This reading is on record.',
        ),
  no_contact: ({ number, reporter }, ctx) => {
    const name = reporterName(reporter, ctx);
    return lines(
      `${reference(number, ctx)}: no phone number was left.`,
      name === null ? null : `Reported by: ${name}`,
      `To ask something: “询问 ${typed(number, ctx)}” and your question; I ask for you.`,
    );
  },
  co_handled: coHandled,
  deferral_review: ({ brief, to }, ctx) =>
    to === 'secretary'
      ? `${fullTitle(brief, ctx)}: deferred until today; ${office(brief, ctx)} goes on with it.`
      : lines(
          `${fullTitle(brief, ctx)}: deferred until today, please go on with it.`,
          `${howToResolve(brief, ctx)} Still not possible: “挂账 ${ref(brief, ctx)} 原因 到${sampleDay(ctx)}” (why, until when).`,
        ),
} satisfies Partial<Words>;
