/** What a command carries besides its verb and its case: to whom, until when, why, what. */
import type { Roster } from '../../domain/roster.ts';
import { dateInWords } from '../deadline-words.ts';
import type { CommandExtra, CommandWords, Intent } from '../reading.ts';
import { extraOf, readScore } from './extras.ts';
import { orNull, trimMarks } from './trim.ts';
import { NO_DATE, takeDate } from './when.ts';
import { personAfter, startsWithOffice, takeRecipient } from './whom.ts';

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

const GOES_TO: ReadonlySet<Intent> = new Set<Intent>([
  'transfer',
  'assign',
  'co_handle',
  'reclassify',
  'decide',
]);
const DATED: ReadonlySet<Intent> = new Set<Intent>([
  'request_extension',
  'decide_extension',
  'decide_deferral',
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

/** The decision itself is no ground for it. */
const SCREENED = /^(?:予以认定|认定|转?(?:为|成)?周期(?:计划)?|转计划|重办|返工|重新办理?)/u;

const AS_DEPUTY = '(?:同志)?(?:代|顶|负责|接替|替)';
const DEPUTIES = [
  new RegExp(`(?:由|请|让|交)([\\u4e00-\\u9fff]{2,4}?)${AS_DEPUTY}`, 'u'),
  new RegExp(`(?:^|[\\s,])([\\u4e00-\\u9fff]{2,4}?)${AS_DEPUTY}`, 'u'),
];

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
    to = intent === 'reclassify' ? (taken.to?.replace(/(?<=.{2})类$/u, '') ?? null) : taken.to;
    body = taken.rest;
    const person = intent === 'assign' ? personAfter(body, roster) : null;
    if (person !== null) {
      extra = { ...extra, person };
      body = trimMarks(body.slice(person.length));
    }
  }
  // A matter that is put on a plan has a day on which it comes back.
  const dated = DATED.has(intent) || word === '甄别' ? takeDate(body, at) : { ...NO_DATE, rest: body };
  extra = { ...extra, ...dated.extra };
  const said = word === '甄别' ? dated.rest.replace(SCREENED, '') : dated.rest;
  // The day is part of what an announcement or a progress tells: nobody else would pass it on.
  const whole = intent === 'known_matter' || intent === 'progress';
  const left = orNull(whole ? body : said);
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

/** 11月3日到11月5日 由陈刚代: from, until, deputy. The last day is counted from the first: 下周三到周五. */
function absence(body: string, at: string | null, extra: CommandExtra): Details {
  const first = dateInWords(body, at);
  const range = /(?:到|至|-|—|~)/u.exec(body);
  const second =
    range === null || first === null
      ? null
      : dateInWords(body.slice(range.index + 1), at === null ? null : first.until);
  const from = first?.until ?? null;
  return {
    ...NO_DETAILS,
    to: DEPUTIES.map((deputy) => deputy.exec(body)?.[1]).find((name) => name !== undefined) ?? null,
    until: second?.until ?? from,
    reason: orNull(body),
    extra: { ...extra, ...(from === null ? {} : { from }), ...(first?.past === true ? { past: true } : {}) },
  };
}

export function commandWords(refs: readonly string[], details: Details): CommandWords {
  return { refs, ...details };
}
