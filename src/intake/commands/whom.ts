/** To whom: the office or person that a command names first. */
import type { Roster } from '../../domain/roster.ts';
import { trimMarks } from './trim.ts';

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

/** A decision may name no office: 议定 42 12月10日前 先立警示牌. */
export function startsWithOffice(body: string, roster: Roster | null): boolean {
  if (
    /^(?:由|交)?[ ]?[\u4e00-\u9fff]{1,10}?(?:所|站|办公室|办|局|中心|中队|大队|公司|院|委会|队)(?=$|[\s,:;]|\d|牵头|负责|主办|承办|办理|落实|来|要|尽快)/u.test(
      body,
    )
  )
    return true;
  return [...(roster?.offices ?? []), ...(roster?.people ?? [])].some((one) => body.startsWith(one.name));
}

export function personAfter(body: string, roster: Roster | null): string | null {
  const known = roster?.people.find((person) => body.startsWith(person.name))?.name;
  return known ?? /^[\u4e00-\u9fff]{2,3}(?=$|\s)/u.exec(body)?.[0] ?? null;
}
