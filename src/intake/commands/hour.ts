/** The hour that may stand after a date: 12月10日10点, 明天下午3点半, 10月8日17:30, 后天中午. */
import { NUMERAL, readNumber } from '../numerals.ts';

export interface SaidHour {
  /** `HH:MM`. */
  readonly time: string;
  /** How much of the text said it, from its beginning. */
  readonly length: number;
}

const PART = '(凌晨|早上|上午|早|中午|下午|傍晚|晚上|晚)';
const HOUR = new RegExp(
  `^[的, ]*${PART}?(\\d{1,2}|[${NUMERAL}]{1,3})(?:[::](\\d{2})|[点时](?:钟|整)?(半|(?:\\d{1,2}|[${NUMERAL}]{1,3})(?=分))?分?)`,
  'u',
);
const NOON = /^[的, ]*中午/u;
/** Nobody means the night by 明天3点. */
const AFTERNOON_UNTIL = 6;

const two = (n: number): string => String(n).padStart(2, '0');

export function hourAt(text: string): SaidHour | null {
  const match = HOUR.exec(text);
  if (match === null) {
    const noon = NOON.exec(text);
    return noon === null ? null : { time: '12:00', length: noon[0].length };
  }
  const said = readNumber(match[2] ?? '');
  const minute = match[4] === '半' ? 30 : (readNumber(match[3] ?? match[4] ?? '0') ?? 0);
  if (said === null || said > 23 || minute > 59) return null;
  return { time: `${two(hourOf(said, match[1]))}:${two(minute)}`, length: match[0].length };
}

function hourOf(said: number, part: string | undefined): number {
  const later = part === undefined ? said > 0 && said <= AFTERNOON_UNTIL : /下午|傍晚|晚/u.test(part);
  const noon = part === '中午' && said <= 2;
  return (later || noon) && said < 12 ? said + 12 : said;
}
