/** What a command carries besides its verb and its case: to whom, until when, why, what. */
import type { Roster } from '../../domain/roster.ts';
import { dateInWords } from '../deadline-words.ts';
import { readNumber } from '../numerals.ts';
import type { CommandExtra, CommandWords, Intent } from '../reading.ts';

export interface Details {
  readonly to: string | null;
  readonly until: string | null;
  readonly reason: string | null;
  readonly text: string | null;
  readonly score: 1 | 2 | 3 | null;
  readonly extra: CommandExtra;
}

export const NO_DETAILS: Details = {
  to: null,
  until: null,
  reason: null,
  text: null,
  score: null,
  extra: {},
};

const EDGE = /^[\s,:;。!?、~\-—]+|[\s,:;、]+$/gu;
export const trimMarks = (text: string): string => text.replace(EDGE, '');
export const orNull = (text: string): string | null => {
  const trimmed = trimMarks(trimMarks(text).replace(/^(?:理由|原因|因为|由于|说明)[:是]?(?=.)/u, ''));
  return trimmed === '' ? null : trimmed;
};

const AROUND_DATE =
  /(?:先|需要?|请|能不能|可否)?(?:申请)?(?:再)?(?:延期|延长|延|宽限|推迟|顺延|缓)?(?:到|至|于|在|给)?$/u;
const AFTER_DATE = /^(?:之?前|以前|为止|止|之内|内)?(?:复查|复核|再议|完成|办结|办好|回复|落实|解决|到位)?/u;

/** The date of the words and what is left without it. */
export function takeDate(
  text: string,
  at: string | null,
): { until: string | null; past: boolean; rest: string } {
  const date = dateInWords(text, at);
  if (date === null) return { until: null, past: false, rest: text };
  const before = text.slice(0, date.index).replace(AROUND_DATE, '');
  const after = text.slice(date.index + date.length).replace(AFTER_DATE, '');
  return { until: date.until, past: date.past, rest: `${trimMarks(before)} ${trimMarks(after)}`.trim() };
}

const NAME_END = /[\s,:;。、]/u;
const TO = /^(?:给|到|至|由|交|为|成)?[ ]*/u;

/** The first word is whom it goes to; a name of the roster counts wherever it ends. */
export function takeRecipient(text: string, roster: Roster | null): { to: string | null; rest: string } {
  const body = trimMarks(text).replace(TO, '');
  const names = [...(roster?.offices ?? []), ...(roster?.people ?? [])]
    .map((one) => one.name)
    .filter((name) => body.startsWith(name));
  const known = names.sort((a, b) => b.length - a.length)[0];
  if (known !== undefined) return { to: known, rest: trimMarks(body.slice(known.length)) };
  const end = body.search(NAME_END);
  const word = end === -1 ? body : body.slice(0, end);
  const office =
    /^[\u4e00-\u9fff]{1,10}?(?:所|站|办公室|办|局|中心|中队|大队|公司|院|委会|服务队|队)(?=[\u4e00-\u9fff])/u.exec(
      word,
    )?.[0];
  const to = office ?? word;
  return { to: to === '' ? null : to, rest: trimMarks(body.slice(to.length)) };
}

const COST =
  /(?:约|大约|需要?|预计|估计|概算)?[ ]?(\d+(?:\.\d+)?|[一二两三四五六七八九十百]{1,4})[ ]?(万|千|百)?(?:多)?(?:元|块钱|块)/u;
const SCALE: Readonly<Record<string, number>> = { 万: 10_000, 千: 1_000, 百: 100 };

export function readCost(text: string): number | undefined {
  const match = COST.exec(text);
  if (match === null) return undefined;
  const amount = /^\d/.test(match[1] ?? '') ? Number(match[1]) : readNumber(match[1] ?? '');
  return amount === null ? undefined : Math.round(amount * (SCALE[match[2] ?? ''] ?? 1));
}

const GROUND = /(?:依据|根据|按照|按)([^,。;]{2,60})/u;
const PARTLY =
  /部分(?:解决|完成|办结)|先临时|临时(?:处理|措施|解决)|暂时(?:先)?|还差|先(?:立|拉|围|垫|补)|未完全|一半/u;
const AGREE_NOT = /^(?:不同意|不批准|不准|驳回|拒绝)/u;

/** 1 满意, 2 基本满意, 3 不满意 or unsolved; null where the words rate nothing. */
export function readScore(text: string): 1 | 2 | 3 | null {
  if (/不满意|不太满意|没(?:有)?解决|未解决|很?不满|差评|没(?:修|弄|办|搞|处理)好|还是不行/u.test(text))
    return 3;
  if (/基本满意|还算满意|比较满意|基本上?(?:可以|解决)|一般|还行|还可以/u.test(text)) return 2;
  if (/满意|好评|点赞/u.test(text)) return 1;
  const digit = /^[ ]*([123])(?:$|[\s,。!分星])/u.exec(text)?.[1];
  return digit === '1' ? 1 : digit === '2' ? 2 : digit === '3' ? 3 : null;
}

function followUp(text: string): CommandExtra {
  const reached = /(?:未|没有?|无)(?:接通|人接|联系上)|不通|无人接听|关机|空号/u.test(text)
    ? false
    : /接通|通了|联系上|见到|上门/u.test(text)
      ? true
      : undefined;
  const solved = /(?:未|没有?)(?:完全)?解决|没修好|没弄好/u.test(text)
    ? false
    : /解决|修好|已好|好了|办好/u.test(text)
      ? true
      : undefined;
  const screening = /予以认定|认定/u.test(text)
    ? 'recorded'
    : /周期|转计划|定期/u.test(text)
      ? 'periodic_plan'
      : /重办|返工|重新办/u.test(text)
        ? 'redo'
        : undefined;
  return {
    ...(reached === undefined ? {} : { reached }),
    ...(solved === undefined ? {} : { solved }),
    ...(screening === undefined ? {} : { screening }),
  };
}

/** `2026-10`, 2026年10月, 10月, 上个月 → `2026-10`. */
export function readPeriod(text: string, at: string | null): string | undefined {
  const full = /(\d{4})[-年./](\d{1,2})/u.exec(text);
  if (full !== null) return `${full[1]}-${(full[2] ?? '').padStart(2, '0')}`;
  const year = Number((at ?? '').slice(0, 4));
  const thisMonth = Number((at ?? '').slice(5, 7));
  if (!year || !thisMonth) return undefined;
  const period = (y: number, m: number): string => `${y}-${String(m).padStart(2, '0')}`;
  if (/上个?月/u.test(text)) return thisMonth === 1 ? period(year - 1, 12) : period(year, thisMonth - 1);
  if (/本月|这个?月/u.test(text)) return period(year, thisMonth);
  const month = readNumber(/(\d{1,2}|[一二三四五六七八九十]{1,2})月/u.exec(text)?.[1] ?? '');
  if (month === null || month < 1 || month > 12) return undefined;
  return period(month > thisMonth ? year - 1 : year, month);
}

const GOES_TO: ReadonlySet<Intent> = new Set<Intent>([
  'transfer',
  'assign',
  'co_handle',
  'reclassify',
  'decide',
]);
const DATED: ReadonlySet<Intent> = new Set<Intent>([
  'request_extension',
  'defer',
  'decide',
  'assign',
  'absence',
  'progress',
  'known_matter',
]);
const REASONED: ReadonlySet<Intent> = new Set<Intent>([
  'return',
  'transfer',
  'request_extension',
  'defer',
  'explain',
  'escalate',
  'decide_extension',
  'decide_deferral',
  'co_handle',
  'reclassify',
  'supervise',
  'withdraw',
  'assign',
]);

function extraOf(intent: Intent, word: string, rest: string, at: string | null): CommandExtra {
  if (intent === 'decide_extension' || intent === 'decide_deferral') return { agree: !AGREE_NOT.test(word) };
  if (intent === 'resolve') return PARTLY.test(rest) ? { partly: true } : {};
  if (intent === 'supervise') {
    const color = /红/u.test(word + rest) ? 'red' : /黄/u.test(word + rest) ? 'yellow' : undefined;
    return color === undefined ? {} : { color };
  }
  if (intent === 'defer') {
    const cost = readCost(rest);
    return cost === undefined ? {} : { cost };
  }
  if (intent === 'explain') {
    const ground = GROUND.exec(rest)?.[1];
    return ground === undefined ? {} : { ground };
  }
  if (intent === 'follow_up') return followUp(rest);
  if (intent === 'absence') return word === '销假' ? { back: true } : {};
  if (intent === 'digest' || intent === 'register') {
    const period = readPeriod(rest, at);
    return period === undefined ? {} : { period };
  }
  return {};
}

/** The decision itself is no ground for it. */
const SCREENED = /^(?:予以认定|认定|转?(?:为|成)?周期(?:计划)?|转计划|重办|返工|重新办理?)/u;

const DEPUTY = /(?:由|请|让|交)([\u4e00-\u9fff]{2,4}?)(?:同志)?(?:代|顶|负责|接替|代理|替)/u;

/** Reads what stands after verb and references. `rest` is normalised and masked. */
export function readDetails(
  intent: Intent,
  word: string,
  rest: string,
  at: string | null,
  roster: Roster | null,
): Details {
  let body = trimMarks(rest);
  let to: string | null = null;
  let extra = extraOf(intent, word, body, at);
  if (intent === 'absence') return absence(body, at, extra);
  if (GOES_TO.has(intent) && !(intent === 'decide' && !startsWithOffice(body, roster))) {
    const taken = takeRecipient(body, roster);
    to = taken.to;
    body = taken.rest;
    const person = intent === 'assign' ? personAfter(body, roster) : null;
    if (person !== null) {
      extra = { ...extra, person };
      body = trimMarks(body.slice(person.length));
    }
  }
  // A matter that is put on a plan has a day on which it comes back.
  const dated =
    DATED.has(intent) || word === '甄别' ? takeDate(body, at) : { until: null, past: false, rest: body };
  if (dated.past) extra = { ...extra, past: true };
  const said = word === '甄别' ? dated.rest.replace(SCREENED, '') : dated.rest;
  const left = orNull(intent === 'known_matter' ? body : said);
  const reasoned = REASONED.has(intent);
  const score = intent === 'follow_up' ? readScore(body) : null;
  return {
    to,
    until: dated.until,
    reason: reasoned ? left : null,
    text: reasoned ? null : left,
    score,
    extra,
  };
}

/** A decision may name no office: 议定 42 12月10日前 先立警示牌. */
function startsWithOffice(body: string, roster: Roster | null): boolean {
  if (
    /^(?:由|交)?[ ]?[\u4e00-\u9fff]{1,10}?(?:所|站|办公室|办|局|中心|中队|大队|公司|院|委会|队)(?=$|[\s,:;]|\d)/u.test(
      body,
    )
  )
    return true;
  return [...(roster?.offices ?? []), ...(roster?.people ?? [])].some((one) => body.startsWith(one.name));
}

function personAfter(body: string, roster: Roster | null): string | null {
  const known = roster?.people.find((person) => body.startsWith(person.name))?.name;
  return known ?? /^[\u4e00-\u9fff]{2,3}(?=$|\s)/u.exec(body)?.[0] ?? null;
}

/** 11月3日到11月5日 由陈刚代: from, until, deputy. */
function absence(body: string, at: string | null, extra: CommandExtra): Details {
  const first = takeDate(body, at);
  const range = /(?:到|至|-|—|~)/u.exec(body);
  const second =
    range === null || first.until === null ? null : dateInWords(body.slice(range.index + 1), at ?? null);
  const days = second === null && first.until !== null;
  const from = first.until;
  return {
    ...NO_DETAILS,
    to: DEPUTY.exec(body)?.[1] ?? null,
    until: second?.until ?? (days ? first.until : null),
    reason: orNull(body),
    extra: { ...extra, ...(from === null ? {} : { from }), ...(first.past ? { past: true } : {}) },
  };
}

export function commandWords(refs: readonly string[], details: Details): CommandWords {
  return { refs, ...details };
}
