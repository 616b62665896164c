/** Case references: 42, #0042, 42号, LC2611-0042, GZ-20261012-007. Masked numbers are none. */

const WHOLE = '[A-Za-z]{1,5}-?\\d{4,8}-\\d{1,7}';
/** A unit after the digits makes them a count, a group or a date. */
const NOT_UNIT =
  '(?![\\d*%/~]|[.:]\\d|[ ]?(?:组|邻|户|盏|村民组)|(?:月|日|天|点|时|分|年|个|盏|根|米|处|人|万|元|块|岁|片|栋|楼|路|度|斤|亩|次|周|级|寸|小时|工作日|号(?:楼|线|井|桥|机|台|电|前|晚|开|下|上|到|之前|以前)))';
const ONE = `(?:${WHOLE}|(?:案件|件|编号|单号|工单|第|No\\.?|NO\\.?|no\\.?)?[ ]?#?[ ]?(?<![\\d*.])\\d{1,6}(?:号(?:件|案|单|工单)?|件)?${NOT_UNIT})`;
const JOIN = '[ ]?(?:[、,;/&+]|和|及|与|跟|[ ])[ ]?';
export const REFS = `${ONE}(?:${JOIN}${ONE}){0,40}`;

const LEADING = new RegExp(`^[ ]*(${REFS})[ ]*`, 'u');
const TRAILING = new RegExp(`(?:^|[ ,:])(${REFS})[。.! ]*$`, 'u');
const EACH = new RegExp(`${WHOLE}|\\d{1,6}`, 'gu');
const HASHED = /#[ ]?(\d{1,6})(?!\d)/gu;
/** 请给我42的联系方式: the digits before what is asked of a case. */
const ASKED = /(?<![\d*.])(\d{1,6})(?:号)?(?:件)?的?(?:联系方式|联系电话|电话|进度|情况|结果)/gu;
const WHOLE_ANYWHERE = new RegExp(`(?<![A-Za-z0-9])${WHOLE}(?!\\d)`, 'gu');

/** `0042` → `42`; whole numbers in capitals. */
export function normaliseRef(ref: string): string {
  return /^\d+$/.test(ref) ? String(Number(ref)) : ref.toUpperCase();
}

const unique = (refs: readonly string[]): string[] => [...new Set(refs.map(normaliseRef))];

export interface LeadingRefs {
  readonly refs: readonly string[];
  readonly rest: string;
  /** Set apart by a mark, a space or its form: 42 好了, #42好了; not so 42好了, where the digits may count. */
  readonly apart: boolean;
  /** Written as a case number and nothing else: #42, LC2611-0042, 42号件. */
  readonly formal: boolean;
}

/** The references at the beginning of `text` and what follows them; null where it does not begin with one. */
export function leadingRefs(text: string): LeadingRefs | null {
  const match = LEADING.exec(text);
  if (match === null) return null;
  const words = match[1] ?? '';
  const rest = text.slice(match[0].length);
  const formal = /#|-\d|[编件案单号]/u.test(words);
  const apart = formal || match[0].length > words.trimEnd().length || /^(?:$|[\s,:;。、-])/u.test(rest);
  return { refs: unique(words.match(EACH) ?? []), rest, apart, formal };
}

const ANYWHERE = new RegExp(
  `(?<![\\d*.A-Za-z-])(?:${WHOLE}|#?\\d{1,6}(?:号(?:件|案|单)?)?${NOT_UNIT})`,
  'gu',
);

/** All that may be a reference, for words that speak of nothing but cases: 到11, 和 12、13. */
export function allRefs(text: string): string[] {
  return unique((text.match(ANYWHERE) ?? []).map((ref) => ref.replace(/^#|号.?$/gu, '')));
}

/** The references at the end of `text`: 交办 供电所 42. */
export function trailingRefs(text: string): { refs: string[]; rest: string } | null {
  const match = TRAILING.exec(text);
  if (match === null) return null;
  return { refs: unique(match[1]?.match(EACH) ?? []), rest: text.slice(0, match.index) };
}

/** References that can't be anything else, wherever they stand: #42 and whole numbers. */
export function certainRefs(text: string): string[] {
  const whole = text.match(WHOLE_ANYWHERE) ?? [];
  const hashed = [...text.matchAll(HASHED)].map((match) => match[1] ?? '');
  const asked = [...text.matchAll(ASKED)].map((match) => match[1] ?? '');
  return unique([...whole, ...hashed, ...asked]);
}

/** The references of a quoted message: its first line names the case, later lines may name others. */
export function refsInQuote(quoteText: string | null): string[] {
  if (quoteText === null) return [];
  const text = quoteText.slice(0, 2_000).normalize('NFKC');
  const first = certainRefs(text.split('\n', 1)[0] ?? '');
  const refs = first.length > 0 ? first : certainRefs(text);
  const serials = new Set(
    refs.filter((ref) => ref.includes('-')).map((ref) => String(Number(ref.slice(ref.lastIndexOf('-') + 1)))),
  );
  return refs.filter((ref) => !serials.has(ref));
}
