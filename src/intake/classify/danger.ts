import { DANGER_MASKS, DANGERS, type DangerRule } from '../../taxonomy/danger.ts';
import { type Compiled, compileLexicons } from './compile.ts';
import { evidence } from './evidence.ts';
import { isNoAlarm, unreal } from './guards.ts';

export interface Danger {
  category: string;
  /** The kind of danger, for the record: `fire`, `missing`, … */
  why: string;
}

let book: Compiled | null = null;

/** The rules' matcher; they are the same for every township, so it is built once. */
function rules(): Compiled {
  book ??= compileLexicons(
    DANGERS.map(({ lexicon }) => lexicon),
    DANGER_MASKS,
    unreal,
  );
  return book;
}

/**
 * Acute danger to people, whatever else the words say: U1. One too many is better than one
 * missed; what is told, trained, feared, long over or asked about is none.
 */
export function danger(text: string): Danger | null {
  const rule = first(text, () => true);
  return rule ? { category: rule.category, why: rule.why } : null;
}

/** Violence, injury, a person trapped or missing: raises a matter of any category to U1. */
export function raises(text: string, _category: string): boolean {
  return first(text, (rule) => rule.raises) !== null;
}

function first(text: string, wanted: (rule: DangerRule) => boolean): DangerRule | null {
  const found = evidence(text, rules());
  if (found === null) return null;
  let clauses: readonly string[] | null = null;
  const rule = DANGERS.find((each, index) => {
    if (!wanted(each) || (found.problem[index] ?? 0) === 0) return false;
    if (found.against[index] === 0) return true;
    // What speaks against an alarm does so in its own clause: "路灯坏了，有人触电了" is one all the same.
    clauses ??= text.split(CLAUSE_END).filter((clause) => clause !== '');
    return clauses.some((clause) => stands(clause, index));
  });
  return rule && !isNoAlarm(text) ? rule : null;
}

const CLAUSE_END = /[，。；！？,;!?\s]+/u;

/** Does the rule hold in one clause by itself? */
function stands(clause: string, index: number): boolean {
  const found = evidence(clause, rules());
  return found !== null && (found.problem[index] ?? 0) > 0 && found.against[index] === 0;
}
