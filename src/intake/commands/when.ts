/** Until when: the date in the words of a command, taken out of them. */
import { dateInWords, type SaidDate } from '../deadline-words.ts';
import type { CommandExtra } from '../reading.ts';
import { hourAt } from './hour.ts';
import { trimMarks } from './trim.ts';

const AROUND_DATE =
  /(?:先|需要?|请|能不能|可否)?(?:申请)?(?:再)?(?:延期|延长|延|宽限|推迟|顺延|缓)?(?:到|至|于|在|给)?$/u;
const AFTER_DATE = /^(?:之?前|以前|为止|止|之内|内)?(?:复查|复核|再议|完成|办结|办好|回复|落实|解决|到位)?/u;

/** Where the date asked for begins: after 延期 and its like, else after 到. "今天太忙，延期到下周三" asks for Wednesday. */
const ASKED_FOR = [
  /(?:延期|延长|宽限|推迟|顺延|延后|缓|展期)(?:到|至|个)?/u,
  /(?:到|至|于|在)(?=\d|[一二三四五六七八九十]|下|本|月|明|后|周|年)/u,
];

function findDate(text: string, at: string | null): SaidDate | null {
  for (const mark of ASKED_FOR) {
    const found = mark.exec(text);
    if (found === null) continue;
    const from = found.index + found[0].length;
    const date = dateInWords(text.slice(from), at);
    if (date !== null) return { ...date, index: date.index + from };
  }
  return dateInWords(text, at);
}

export interface TakenDate {
  readonly until: string | null;
  readonly extra: Pick<CommandExtra, 'past' | 'time' | 'workdays'>;
  /** What is left without the date. */
  readonly rest: string;
}

export const NO_DATE = { until: null, extra: {} } as const;

export function takeDate(text: string, at: string | null): TakenDate {
  const date = findDate(text, at);
  if (date === null) return { ...NO_DATE, rest: text };
  const before = text.slice(0, date.index).replace(AROUND_DATE, '');
  const behind = text.slice(date.index + date.length);
  const hour = hourAt(behind);
  const after = behind.slice(hour?.length ?? 0).replace(AFTER_DATE, '');
  return {
    until: date.until,
    extra: {
      ...(date.past ? { past: true } : {}),
      ...(hour === null ? {} : { time: hour.time }),
      ...(date.workdays === undefined ? {} : { workdays: date.workdays }),
    },
    rest: `${trimMarks(before)} ${trimMarks(after)}`.trim(),
  };
}
