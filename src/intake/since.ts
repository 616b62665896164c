/** Since when: the day a matter began, as the reporter tells it. */
import { addDays, dayOf, explicitDate, isoDate, weekday, weekdayNumber } from './dates.ts';
import { NUMERAL, readNumber } from './numerals.ts';

const AGO: readonly (readonly [RegExp, number])[] = [
  [/大前天/u, 3],
  [/前天|前日|前晚/u, 2],
  [/昨(?:天|日|晚|夜|儿|下午|上午|早)/u, 1],
  [/今(?:天|日|早|晚|晨|儿)|刚才|刚刚|早上|上午|中午|下午|半夜|凌晨|清早/u, 0],
];
const LASTED = new RegExp(
  `(?:已经|已|都|快|有|停了|坏了|了)?(\\d{1,3}|[${NUMERAL}]{1,4}|半|好几|几)个?多?(天|日|周|星期|礼拜|月|年)(?:多)?(?:了|没|以前|前|来|都|不|还)`,
  'u',
);
const LAST_WEEK = /上(?:个)?(?:周|星期|礼拜)([一二三四五六日天])?/u;
const THIS_WEEK = /(?:周|星期|礼拜)([一二三四五六日天])(?:起|开始|就|到现在)/u;
/** A day on which the reporter did something else: 昨天走访12户. */
const OTHER_DOING = /(?:昨天|今天|前天|上午|下午|早上)(?:我)?(?:去)?(?:走访|入户|开会|巡查|排查)/u;
const UNIT_DAYS: Readonly<Record<string, number>> = {
  天: 1,
  日: 1,
  周: 7,
  星期: 7,
  礼拜: 7,
  月: 30,
  年: 365,
};

function lasted(text: string, today: string): string | null {
  const match = LASTED.exec(text);
  const count = match === null ? null : match[1] === '半' ? 0.5 : readNumber(match[1] ?? '');
  if (match === null || count === null) return null;
  return addDays(today, -Math.round(count * (UNIT_DAYS[match[2] ?? ''] ?? 1)));
}

function byWeek(text: string, today: string): string | null {
  const last = LAST_WEEK.exec(text);
  if (last !== null) return addDays(today, -6 - weekday(today) + (weekdayNumber(last[1] ?? '一') ?? 1) - 1);
  const day = weekdayNumber(THIS_WEEK.exec(text)?.[1] ?? '');
  return day === null ? null : addDays(today, -((weekday(today) - day + 7) % 7));
}

/** ISO date of the beginning; null where the text gives none, or a relative one and `at` is unknown. */
export function readSince(text: string, at: string | null): string | null {
  const today = dayOf(at);
  const said = OTHER_DOING.test(text) ? text.replace(OTHER_DOING, '') : text;
  const explicit = explicitDate(said, today);
  if (explicit !== null && (explicit.year ?? today) !== null) {
    const year = explicit.year ?? Number(today?.slice(0, 4));
    const date = isoDate(year, explicit.month, explicit.day);
    if (date === null || today === null || date <= today) return date;
    return explicit.year === null ? isoDate(year - 1, explicit.month, explicit.day) : null;
  }
  if (today === null) return null;
  const week = byWeek(said, today);
  if (week !== null) return week;
  const long = lasted(said, today);
  const named = AGO.find(([words]) => words.test(said));
  if (long !== null) return long;
  return named === undefined ? null : addDays(today, -named[1]);
}
