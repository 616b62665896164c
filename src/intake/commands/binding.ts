/**
 * 绑定, 绑群, 解绑: read from the words as they were typed, since masking takes a code for a number plate. What it
 * finds is no text to be kept: a code is a secret, a short reference means nothing by itself.
 */
import { CODE_ALPHABET, CODE_LENGTH } from '../../domain/binding-code.ts';
import type { ChatKind } from '../../domain/roster.ts';

export type BindingWords =
  /** Said to be a code, or nothing but one. `code` is null where it can be none: a letter short, a 0 in it. */
  | { readonly kind: 'code'; readonly code: string | null; readonly bare: boolean }
  /** Codes in the midst of other words: looked at only to revoke them. */
  | { readonly kind: 'loose_codes'; readonly codes: readonly string[] }
  | { readonly kind: 'match'; readonly ref: string; readonly name: string; readonly nth: number | null }
  | {
      readonly kind: 'bind_group';
      readonly ref: string | null;
      readonly name: string;
      readonly chat: ChatKind | null;
      /** 绑群 says it; 绑定 may be said of anything, a bank card too. */
      readonly certain: boolean;
    }
  | { readonly kind: 'unbind_group'; readonly ref: string | null }
  | { readonly kind: 'unbind'; readonly name: string; readonly nth: number | null }
  | { readonly kind: 'not_me' };

/** Longer messages hold no command; a code in them is still looked for. */
const LONGEST = 2_000;
const COMMAND_LONGEST = 80;
const MOST_CODES = 8;

/** Hyphens of all keyboards, dots, and what people put between halves of a number. */
const JOINTS = /[\s\p{Pd}_.·・~−—–‐]+/gu;
const LETTER = `[${CODE_ALPHABET}]`;
const WHOLE = new RegExp(`^${LETTER}{${CODE_LENGTH}}$`, 'u');
/** As it is printed or run together, with nothing that could belong to a longer word around it. */
const LOOSE = new RegExp(
  `(?<![A-Z0-9])${LETTER}{${CODE_LENGTH / 2}}[\\s\\p{Pd}−]?${LETTER}{${CODE_LENGTH / 2}}(?![A-Z0-9])`,
  'gu',
);
const HINT = /绑|[A-Za-z0-9Ａ-Ｚａ-ｚ０-９]{4}/u;

/** Null for nearly every message. */
export function readBinding(text: string): BindingWords | null {
  if (text.length > LONGEST || !HINT.test(text)) return null;
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/綁/gu, '绑')
    .trim();
  const command = plain.length > COMMAND_LONGEST ? null : readCommandWords(plain);
  return command ?? looseCodes(plain);
}

function readCommandWords(plain: string): BindingWords | null {
  const line = plain.replace(/^@\S+\s+/u, '').replace(/[。.!?,;"“”'「」]+$/u, '');
  if (/^(?:这)?不是我(?:本人)?绑(?:定)?的$/u.test(line)) return { kind: 'not_me' };
  // Eight digits alone are a telephone number.
  const bare = asCode(line);
  if (bare !== null && /[A-Z]/.test(bare)) return { kind: 'code', code: bare, bare: true };
  const said = /^(?:我要|我来|请|帮我)?(解绑群|解绑|绑群|绑定)[\s:,]*(.*)$/su.exec(line);
  if (said === null) return null;
  const [, verb = '', rest = ''] = said;
  if (verb === '解绑群') return { kind: 'unbind_group', ref: rest === '' ? null : refOf(rest) };
  if (verb === '解绑' && rest !== '') return { kind: 'unbind', ...counted(rest) };
  if (verb === '绑群') return groupOf(rest, true);
  return rest === '' ? NOTHING_NAMED : boundBy(rest);
}

/** The word alone: whoever may is shown what belongs behind it. */
const NOTHING_NAMED: BindingWords = { kind: 'bind_group', ref: null, name: '', chat: null, certain: false };

/** What stands behind 绑定: a code, a person with a reference before, a village. */
function boundBy(rest: string): BindingWords | null {
  const words = rest.replace(/^[([【《<“"']+|[)\]】》>”"']+$/gu, '').trim();
  if (/^[A-Za-z0-9\s\p{Pd}_.·・~−]{4,24}$/u.test(words))
    return { kind: 'code', code: asCode(words), bare: false };
  const matched = /^([A-Za-z2-7]{4,8})[\s,:]+(\D.*)$/su.exec(words);
  if (matched?.[1] !== undefined && matched[2] !== undefined)
    return { kind: 'match', ref: matched[1].toLowerCase(), ...counted(matched[2]) };
  return words === '' ? null : groupOf(words, false);
}

function asCode(words: string): string | null {
  if (words.length > 24) return null;
  const joined = words.replace(JOINTS, '').toUpperCase();
  return WHOLE.test(joined) ? joined : null;
}

/** 林秀英 2: the second of that name. */
function counted(words: string): { readonly name: string; readonly nth: number | null } {
  const [, name = words, nth] = /^(.*?)\s+(\d{1,2})$/su.exec(words.trim()) ?? [];
  return { name: name.trim(), nth: nth === undefined ? null : Number(nth) };
}

const refOf = (word: string): string => word.trim().toLowerCase();

const KINDS: readonly (readonly [RegExp, ChatKind])[] = [
  [/\s*(?:的)?(?:居民|村民|群众|住户)群?$/u, 'residents'],
  [/\s*(?:的)?(?:干部|承办人|承办|工作|单位)群?$/u, 'officers'],
  [/\s*(?:的)?(?:邻长|三长|组长|片长)群?$/u, 'heads'],
];

function groupOf(rest: string, certain: boolean): BindingWords | null {
  const referred = certain ? /^([A-Za-z2-7]{4,8})[\s,:]+(.*)$/su.exec(rest) : null;
  const words = (referred?.[2] ?? rest).trim();
  const [pattern, chat] = KINDS.find(([pattern]) => pattern.test(words)) ?? [null, null];
  const name = pattern === null ? words : words.replace(pattern, '').trim();
  if (name === '' && !certain) return null;
  return { kind: 'bind_group', ref: referred?.[1]?.toLowerCase() ?? null, name, chat, certain };
}

/** A forwarded slip, a code among words: in capitals as it is printed, with a digit and a letter in it. */
function looseCodes(plain: string): BindingWords | null {
  const found = [...plain.toUpperCase().matchAll(LOOSE)].flatMap(([one]) => asCode(one) ?? []);
  const codes = [...new Set(found.filter((code) => /[A-Z]/.test(code)))].slice(0, MOST_CODES);
  return codes.length === 0 ? null : { kind: 'loose_codes', codes };
}
