/** 工作提醒函 as a draft: a person reads it, gives it a number if the office keeps such, signs it or throws it away. */
import { localDate } from '../../kernel/zone.ts';
import { calendarDay, day } from '../../replies/zh/dates.ts';
import { fullMatter } from '../../replies/zh/phrases.ts';
import { overdueAt, publicBrief } from '../matters.ts';
import { wordDocument } from './docx.ts';
import { A4, centered, letterLine, rightLine, salutation, title } from './parts.ts';
import type { PaperInput } from './slip.ts';

export interface LetterInput extends PaperInput {
  /** Working days since the due time. */
  readonly late: number;
}

export function reminderLetter(input: LetterInput): Promise<Uint8Array> {
  const { ctx } = input;
  const name = '工作提醒函';
  const children = [
    title(name),
    centered('（草稿，待审定签发；不编文号）'),
    salutation(`${officeName(input)}：`),
    ...body(input).map(letterLine),
    rightLine(ctx.township.name),
    rightLine('　　　年　　月　　日'),
  ];
  return wordDocument(name, [{ properties: A4, children }], { at: ctx.now, timezone: ctx.timezone });
}

const officeName = ({ record, ctx }: LetterInput): string =>
  record.value.office === null ? '（承办单位）' : ctx.names.office(record.value.office);

function body(input: LetterInput): readonly string[] {
  const { record, ctx } = input;
  const { value } = record;
  const brief = publicBrief(value);
  const what = fullMatter(brief, { ...ctx, inGroup: true });
  const received = calendarDay(localDate(value.receivedAt, ctx.timezone), ctx);
  const lines = [
    `${received}，群众反映${what}（编号${value.number}），由你单位承办。${lateness(input)}`,
    history(input),
    '请抓紧办理，并在收到本函后两个工作日内，告知怎么办、什么时候办好；确实办不了的，说明原因和由谁去向群众解释。',
    value.supervision === 'none' ? '' : '此事已由镇党委书记督办，办结后请申请销账。',
  ];
  return lines.filter(Boolean);
}

function lateness({ record: { value }, ctx, late }: LetterInput): string {
  if (value.dueAt === null) return '';
  const due = day(value.dueAt, ctx);
  if (!overdueAt(value, ctx.now)) return `办理时限为${due}。`;
  return `办理时限为${due}，现已超过${late === 0 ? '，还没有答复' : `${late}个工作日，还没有答复`}。`;
}

function history({ record: { value }, ctx }: LetterInput): string {
  const decided = value.decided?.dueAt == null ? '' : `民情分析会议定${day(value.decided.dueAt, ctx)}前办好`;
  const parts = [
    decided,
    value.extensions > 0 ? `延期${value.extensions}次` : '',
    value.returns > 0 ? `退回${value.returns}次` : '',
    value.unsatisfied > 0 ? `群众${value.unsatisfied}次表示没有解决` : '',
  ].filter(Boolean);
  return parts.length === 0 ? '' : `此前${parts.join('，')}。`;
}
