/** To officers and people on duty: everything needed to act, and how to answer, in one message. */
import type { Brief, ReminderItem, Templates } from '../../domain/messages.ts';
import { contactSlot } from '../contact-slot.ts';
import type { WordsContext } from '../context.ts';
import { no, person, ref, said } from '../held-back.ts';
import { clip, head, lines } from '../lines.ts';
import { reference, typed } from '../reference.ts';
import type { Words } from '../table.ts';
import { sampleDay } from '../typed-commands.ts';
import { byHour, hour } from './dates.ts';
import { facts, fullMatter, fullTitle, office, otherOffice, quoted, reporterName, title } from './phrases.ts';

/** 回“接单”；办好回“办结 42 做了什么”；不归您管回“退回 42 原因”。 */
export function howToAct(brief: Brief, ctx: WordsContext): string {
  const n = ref(brief, ctx);
  return `回“接单 ${n}”；办好回“办结 ${n} 做了什么”；不归您管回“退回 ${n} 原因”。`;
}

export const howToResolve = (brief: Brief, ctx: WordsContext): string =>
  `办好回“办结 ${ref(brief, ctx)} 做了什么”。`;

const URGENT: Readonly<Record<string, string>> = { U1: '【紧急】', U2: '【急】' };

export const urgent = (brief: Brief): string => URGENT[brief.urgency] ?? '';

/** 11月9日17:30前办结 */
export function dueLine(brief: Brief, ctx: WordsContext): string | null {
  if (brief.dueAt === null) return null;
  return brief.dueAt <= ctx.now
    ? `原定${hour(brief.dueAt, ctx)}办结，已经过了`
    : `${byHour(brief.dueAt, ctx)}办结`;
}

/** 上报人：3组7邻邻长林秀英，要电话回“联系方式 42” */
export function reporterLine(
  from: { readonly reporter: string | null; readonly hasContact: boolean; readonly brief: Brief },
  ctx: WordsContext,
): string | null {
  if (ctx.inGroup) return null;
  const phone = from.hasContact ? `要电话回“联系方式 ${ref(from.brief, ctx)}”` : '';
  const name = reporterName(from.reporter, ctx) ?? (phone === '' ? '' : '保密');
  return name === '' ? null : `上报人：${[name, phone].filter((part) => part !== '').join('，')}`;
}

function assignment(params: Templates['assignment'], ctx: WordsContext): string {
  const { brief, media, redo, responseDueAt } = params;
  const due = [
    redo || responseDueAt === null || responseDueAt < ctx.now ? null : `${byHour(responseDueAt, ctx)}接单`,
    dueLine(brief, ctx),
  ].filter((part) => part !== null);
  const before = ctx.inGroup ? [] : params.history.slice(-5).map((line) => `· ${clip(line, 80)}`);
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}${redo ? '，要重新办' : '，请您办'}`,
    facts(brief, params.text, ctx),
    media > 0 ? `照片等附件：${media}份` : null,
    reporterLine(params, ctx),
    before.length > 0 ? `前面的经过：\n${before.join('\n')}` : null,
    due.length > 0 ? `时限：${due.join('，')}。` : null,
    redo ? `${howToResolve(brief, ctx)}办不了回“无法办理 ${ref(brief, ctx)} 原因”。` : howToAct(brief, ctx),
  );
}

function reminderWords({ brief, step }: ReminderItem, ctx: WordsContext): string {
  if (step === 'response_overdue') return brief.office === null ? '还没有分派' : '过了接单时间，还没有接单';
  return dueLine(brief, ctx) ?? (step === 'due_soon' ? '快到时限了' : '过了时限');
}

/** Leaders and dispatchers look after several offices: theirs is named, without a word of blame. */
function reminderItem(item: ReminderItem, ctx: WordsContext): string {
  const { brief, as } = item;
  const who =
    as === 'officer' || brief.office === null
      ? ''
      : `（${[office(brief, ctx), person(brief.assignee, '', ctx)].filter((part) => part !== '').join(' ')}）`;
  return `${urgent(brief)}${fullTitle(brief, ctx)}${who}：${reminderWords(item, ctx)}${firstToo(brief, ctx)}。`;
}

/** Until the new office accepts, the first one is named too: 首问负责. */
function firstToo({ state, office: now, firstOffice: first }: Brief, ctx: WordsContext): string {
  const moved = state === 'assigned' && first !== null && first !== now;
  return moved ? `，接单前${ctx.names.office(first)}也管着` : '';
}

function reminderHow(items: readonly ReminderItem[], ctx: WordsContext): string {
  const [only] = items;
  const n = items.length === 1 && only !== undefined ? ref(only.brief, ctx) : '号码';
  if (items.every(({ as }) => as === 'dispatcher')) return `分派回“交办 ${n} 单位”。`;
  if (items.every(({ as }) => as !== 'officer')) return `请您过问一下；要转办，回“转办 ${n} 单位 原因”。`;
  const late = items.some(({ step }) => step === 'overdue');
  const act = items.every(({ step }) => step === 'response_overdue') ? `接了回“接单 ${n}”；` : '';
  const more = late || act !== '' ? '' : `；要多些时间，回“延期 ${n} 原因 到${sampleDay(ctx)}”`;
  return `${act}办好回“办结 ${n} 做了什么”${more}。`;
}

const counted = (count: number): string => `有${count}件事请您看一下：`;

export const officer = {
  page: ({ brief, text, callNumber, reporter, hasContact }, ctx) =>
    lines(
      `【紧急】${fullTitle(brief, ctx)}，请马上处置！`,
      facts(brief, text, ctx),
      reporterLine({ brief, reporter, hasContact }, ctx),
      `收到请马上回“接单 ${ref(brief, ctx)}”${callNumber > 1 ? '，前面的人还没有回' : '；没有回应就叫下一位'}。`,
    ),
  assignment,
  copy_to_village: ({ brief }, ctx) =>
    lines(
      `${fullTitle(brief, ctx)}，告诉您一声：已直接交给${office(brief, ctx)}。`,
      facts(brief, '', ctx),
      '村里不用另外报，知道就行。',
    ),
  answered: ({ brief, text }, ctx) =>
    lines(
      `${title(brief, ctx)}，上报人回话了${said(text, ctx) === null ? '。' : '：'}`,
      said(text, ctx),
      `时限接着算${brief.dueAt === null ? '' : `，${dueLine(brief, ctx)}`}。${howToResolve(brief, ctx)}`,
    ),
  reminder: ({ items }, ctx) => {
    const { shown, left } = head(items, 12);
    const list = shown.map((item) => reminderItem(item, ctx));
    return lines(
      items.length > 1 ? counted(items.length) : null,
      ...list,
      left > 0 ? `还有${left}件，回“查询”看。` : null,
      reminderHow(items, ctx),
    );
  },
  contact: ({ number, vault }, ctx) =>
    ctx.inGroup
      ? `${reference(number, ctx)} 的电话只能私下看，请私信我“联系方式 ${typed(number, ctx)}”。`
      : lines(
          `${reference(number, ctx)} 联系电话：${contactSlot(vault)}`,
          '只用来办这件事，请不要外传。这次查看已经记录。',
        ),
  no_contact: ({ number, reporter }, ctx) =>
    lines(
      `${reference(number, ctx)} 没有留电话。`,
      reporterName(reporter, ctx) === null ? null : `上报人：${reporterName(reporter, ctx)}`,
      `要问什么，回“询问 ${typed(number, ctx)} 您的问题”，我替您问。`,
    ),
  co_handled: ({ brief, office: helper, text, to }, ctx) => {
    const other = otherOffice(helper, brief, ctx);
    if (to === 'co_officer')
      return lines(
        `${urgent(brief)}${fullTitle(brief, ctx)}，请${other}一起办，${office(brief, ctx)}牵头。`,
        facts(brief, '', ctx),
        quoted('说明：', text, ctx),
        `${dueLine(brief, ctx) ?? '请尽早'}。办到哪一步，回“进展 ${ref(brief, ctx)} 做了什么”，由牵头单位答复。`,
      );
    if (to === 'lead')
      return lines(
        `${fullTitle(brief, ctx)}，${other}来一起办，还是您这边牵头、您这边答复。`,
        quoted('说明：', text, ctx),
      );
    return `${title(brief, ctx)}，${other}也来一起办，还是由${office(brief, ctx)}给您回话。`;
  },
  deferral_review: ({ brief, to }, ctx) => {
    if (to === 'secretary')
      return `${no(brief, ctx)} ${fullMatter(brief, ctx)}，先前挂账，今天到了再看的日子，已请${office(brief, ctx)}接着办。`;
    return lines(
      `${fullTitle(brief, ctx)}，先前挂账，今天到了再看的日子，请接着办。`,
      `${howToResolve(brief, ctx)}还是办不了，回“挂账 ${ref(brief, ctx)} 原因 到${sampleDay(ctx)}”。`,
    );
  },
} satisfies Partial<Words>;
