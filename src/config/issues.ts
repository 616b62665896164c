/** zod's findings in plain Chinese, each at its field. */
import type { z } from 'zod';
import type { Path } from './errors.ts';

export interface Finding {
  readonly path: Path;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** One finding an issue; an object with three unknown fields gives three. */
export function findings(issues: readonly Issue[], knownKeys: readonly string[]): Finding[] {
  return issues.flatMap((issue) => translated(issue, knownKeys));
}

function translated(issue: Issue, knownKeys: readonly string[]): Finding[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: unknownKey(key, knownKeys) }));
  }
  return [{ path, message: inWords(issue) }];
}

function inWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '缺少这一项' : wrongType(issue.expected, issue.input);
    case 'invalid_value':
      if (issue.input === undefined) return '缺少这一项';
      return `只能是 ${issue.values.map(String).join('、')}，现在是 ${shown(issue.input)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? '字段名不对';
    case 'too_small':
    case 'too_big':
      return isOurs(issue.message) ? issue.message : bounds(issue);
    default:
      return isOurs(issue.message) ? issue.message : '格式不对';
  }
}

function bounds(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  return issue.code === 'too_small' ? `不能小于 ${issue.minimum}` : `不能大于 ${issue.maximum}`;
}

/** Messages written in our schemas are Chinese; zod's own are English. */
function isOurs(message: string): boolean {
  return /\p{Script=Han}/u.test(message);
}

const TYPES: Readonly<Record<string, string>> = {
  string: '一段文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表（每项前面加 -，或写成 [a, b]）',
  object: '一组字段（字段: 值）',
  record: '一组字段（字段: 值）',
};

function wrongType(expected: string, input: unknown): string {
  if (expected === 'string' && Array.isArray(input)) return `只能写一个，这里写了 ${input.length} 个`;
  return `这里要写${TYPES[expected] ?? expected}，现在是 ${shown(input)}`;
}

function shown(input: unknown): string {
  if (input === null) return '空的';
  if (Array.isArray(input)) return '一个列表';
  if (typeof input === 'object') return '一组字段';
  const text = String(input);
  return `"${text.length > 30 ? `${text.slice(0, 30)}…` : text}"`;
}

function unknownKey(key: string, knownKeys: readonly string[]): string {
  if (knownKeys.includes(key)) return '这个字段不写在这里';
  const near = nearest(key, knownKeys);
  return near === null ? '不认识这个字段' : `不认识这个字段，是不是 ${near}？`;
}

/** The one word of `candidates` that a typo away from `word` gives, or null. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let least = word.length <= 4 ? 2 : 3;
  for (const candidate of candidates) {
    const distance = edits(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Levenshtein distance of two short words. */
function edits(a: string, b: string): number {
  if (a.length > 64 || b.length > 64) return 64;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
