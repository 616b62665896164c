/**
 * China's legal holidays and make-up workdays, as the State Council's General Office announces them
 * each autumn for the year to come. Kept here as a small table and not read from a package at start:
 * a package answers for years it knows nothing of (chinese-days calls each weekday of 2027 a workday
 * without a word), while this one says how far it reaches. A test compares every day with chinese-days.
 *
 * Sources: 国务院办公厅关于部分节假日安排的通知, 国办发明电 of each year before: 2026 〔2025〕7号
 * (4 November 2025), 2025 〔2024〕12号, 2024 〔2023〕7号, 2023 〔2022〕16号, 2022 〔2021〕11号,
 * 2021 〔2020〕27号, 2020 〔2019〕16号 with the prolonged Spring Festival of 〔2020〕1号.
 * To add a year: one line here, and `LAST_YEAR` follows.
 */
import { addDays, type LocalDate } from './zone.ts';

export type DayKind = 'rest' | 'work';

interface Year {
  /** Days off as `MM-DD` or `MM-DD/MM-DD`, both ends included; weekends inside a range are named with it. */
  readonly rest: string;
  /** Saturdays and Sundays that are worked. */
  readonly work: string;
}

const YEARS: Readonly<Record<number, Year>> = {
  2020: {
    rest: '01-01 01-24/02-02 04-04/04-06 05-01/05-05 06-25/06-27 10-01/10-08',
    work: '01-19 04-26 05-09 06-28 09-27 10-10',
  },
  2021: {
    rest: '01-01/01-03 02-11/02-17 04-03/04-05 05-01/05-05 06-12/06-14 09-19/09-21 10-01/10-07',
    work: '02-07 02-20 04-25 05-08 09-18 09-26 10-09',
  },
  2022: {
    rest: '01-01/01-03 01-31/02-06 04-03/04-05 04-30/05-04 06-03/06-05 09-10/09-12 10-01/10-07 12-31',
    work: '01-29 01-30 04-02 04-24 05-07 10-08 10-09',
  },
  2023: {
    rest: '01-01/01-02 01-21/01-27 04-05 04-29/05-03 06-22/06-24 09-29/10-06',
    work: '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  },
  2024: {
    rest: '01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07',
    work: '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  },
  2025: {
    rest: '01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08',
    work: '01-26 02-08 04-27 09-28 10-11',
  },
  2026: {
    rest: '01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07',
    work: '01-04 02-14 02-28 05-09 09-20 10-10',
  },
};

const FIRST_YEAR = Math.min(...Object.keys(YEARS).map(Number));
const LAST_YEAR = Math.max(...Object.keys(YEARS).map(Number));

/** First and last day that the official table answers for. */
export const TABLE_FROM: LocalDate = `${FIRST_YEAR}-01-01`;
export const TABLE_UNTIL: LocalDate = `${LAST_YEAR}-12-31`;

/**
 * Days off that stand in the regulation itself (全国年节及纪念日放假办法, 国务院令第795号) and not only in the
 * notice of a year: New Year, Labour Day, National Day. They hold for years whose notice is not out yet; the
 * feasts of the moon and the worked weekends do not.
 */
const FIXED: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/** What the law says of a day; undefined where it is an ordinary day of the week, as far as is known. */
export function legalDay(date: LocalDate): DayKind | undefined {
  return LEGAL_DAYS.get(date) ?? (date > TABLE_UNTIL && FIXED.has(date.slice(5)) ? 'rest' : undefined);
}

/** Every day that differs from the plain week, by date. */
export const LEGAL_DAYS: ReadonlyMap<LocalDate, DayKind> = readTable();

function readTable(): Map<LocalDate, DayKind> {
  const days = new Map<LocalDate, DayKind>();
  for (const [year, { rest, work }] of Object.entries(YEARS)) {
    for (const range of rest.split(' ')) for (const date of datesOf(year, range)) days.set(date, 'rest');
    for (const day of work.split(' ')) days.set(`${year}-${day}`, 'work');
  }
  return days;
}

function datesOf(year: string, range: string): LocalDate[] {
  const [first = '', last = first] = range.split('/');
  const dates: LocalDate[] = [];
  for (let date = `${year}-${first}`; date <= `${year}-${last}`; date = addDays(date, 1)) dates.push(date);
  return dates;
}
