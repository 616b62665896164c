/** What of a message may leave the machine: its words without anybody in them. */
import type { Roster } from '../domain/roster.ts';
import { startsWithSurname } from './names.ts';
import { normalise } from './normalise.ts';
import type { IntakeContext, Reading } from './reading.ts';

/** What a second reader is asked; all it ever sees of a message. */
export interface Question {
  readonly text: string;
  /** Was the bot itself spoken to? */
  readonly addressed: boolean;
  /** What it may choose from. */
  readonly categories: readonly { readonly id: string; readonly zh: string }[];
}

const LONGEST = 300;
/** What masking leaves of a number still has digits of it. */
const MASKED = /[\p{L}\d]{0,4}\*{2,}[\p{L}\d]{0,4}/gu;
const MENTION = /@[^\s,，:：。;；]{1,20}/gu;
/** Addresses, accounts, case numbers, long numbers: words of a matter are not written like this. */
const CODE = /[A-Za-z\d][A-Za-z\d_.@:/#?=&%+-]{4,}/gu;
/** 周海波说, 陈四家门口: residents are on no roster, but this is how they are named. */
const NAMED =
  /(?<!\p{Script=Han})\p{Script=Han}{2,3}(?=说|讲|反映|告诉|打电话|家(?:门|里|屋|旁|前|后)|屋(?:里|门|前|后))/gu;
const LONG_NUMBER = /\d(?:[ -]?\d){4,}/gu;

export function questionOf(reading: Reading, context: IntakeContext): Question {
  const { roster, taxonomy } = context;
  return {
    text: anonymous(reading.masked, roster).slice(0, LONGEST),
    addressed: context.direct || context.mentionsBot,
    categories: taxonomy.categories.map(({ id, zh }) => ({ id, zh })),
  };
}

/** Names go before and after the text takes its one form: neither may hide them. No number hides in another script. */
export function anonymous(text: string, roster: Roster | null): string {
  const names = namesOf(roster);
  const numberless = normalise(without(text, names))
    .replace(MENTION, '')
    .replace(NAMED, (name) => (startsWithSurname(name) ? '某人' : name))
    .replace(MASKED, '某号码')
    .replace(CODE, '某号码')
    .replace(LONG_NUMBER, '某号码');
  return without(numberless, names.map(normalise));
}

const without = (text: string, names: readonly string[]): string =>
  names.reduce((left, name) => left.replaceAll(name, '某人'), text);

/** The longer first: 李小明 before 李小. Ids of people too, where a client writes them out. */
function namesOf(roster: Roster | null): readonly string[] {
  const all = (roster?.people ?? []).flatMap(({ name, accounts }) => [name, ...Object.values(accounts)]);
  return [...new Set(all)]
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}
