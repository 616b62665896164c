/** Commands of a whole message: one line, or several lines of which each is a command (议定 in a meeting). */
import type { IntakeContext } from '../reading.ts';
import { combine, type Outcome } from '../result.ts';
import { type CommandReading, readCommand } from './command.ts';

export interface CommandLines {
  readonly outcome: Outcome;
  /** A command word or number was written: nothing else can be meant. */
  readonly explicit: boolean;
}

const outcome = (read: CommandReading): Outcome => ({
  intent: read.intent,
  confidence: read.confidence,
  command: read.command,
});

/** 52满意，53没解决: each clause rates a case of its own. */
function ratings(text: string, context: IntakeContext): CommandLines | null {
  const clauses = text.split(/[,;。\n]/u).filter((clause) => clause.trim() !== '');
  if (clauses.length < 2 || clauses.length > 10) return null;
  const each = clauses.map((clause) => readCommand(clause, context));
  const rates = each
    .filter((read) => read !== null)
    .filter((read) => read.intent === 'rate' && read.command.refs.length > 0);
  if (rates.length !== clauses.length) return null;
  return { outcome: { intent: 'mixed', confidence: 0.95, parts: rates.map(outcome) }, explicit: true };
}

const DECIDED = /^(?:会议)?议定|^会定/u;
const AND_DECIDED = /[;；。](?=\s*(?:会议)?议定)/u;
/** 2 供电所 11月30日前 …, but not 2. 先修路: that numbers the measures of one decision. */
const NUMBERED = /^[#＃]?\d{1,6}(?:号)?[ \u3000](?=\S)/u;

/** What a meeting decided is written as a list: 议定 once, then a line a case; other lines go on with the one before. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first = ''] = lines;
  if (!DECIDED.test(first.trim())) return lines;
  const decisions: string[] = [];
  for (const line of lines.flatMap((one) => one.split(AND_DECIDED)).map((one) => one.trim())) {
    const last = decisions.at(-1);
    if (DECIDED.test(line)) decisions.push(line);
    else if (NUMBERED.test(line)) decisions.push(`议定 ${line}`);
    else if (last !== undefined) decisions[decisions.length - 1] = `${last} ${line}`;
  }
  // 议定 alone above the list decides nothing.
  return decisions.filter((line) => !/^(?:会议)?议定[::]?$/u.test(line));
}

/** Null where the message is no command. `text` is normalised. */
export function readCommandLines(text: string, context: IntakeContext): CommandLines | null {
  const lines = linesOf(text);
  const all = lines.length > 1 && lines.length <= 40 ? lines.map((line) => readCommand(line, context)) : [];
  const each = all.filter((read) => read !== null);
  if (
    each.length > 1 &&
    each.length === all.length &&
    each.every((read) => read.explicit && read.command.refs.length > 0)
  ) {
    const parts = each.map(outcome);
    const whole = combine(parts);
    if (whole !== null) return { outcome: { ...whole, intent: 'mixed', parts }, explicit: true };
  }
  const many = ratings(text, context);
  if (many !== null) return many;
  const read = readCommand(lines.length === 1 ? (lines[0] ?? text) : text, context);
  return read === null ? null : { outcome: outcome(read), explicit: read.explicit };
}
