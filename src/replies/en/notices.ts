/** The rest: strangers, complaints, absence, planned outages, policy cards. */
import { person, said } from '../held-back.ts';
import { clip, clipLines, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { calendarDay } from './dates.ts';
import { done } from './done.ts';
import { help } from './help.ts';
import { count, quoted } from './phrases.ts';
import { refused } from './refusals.ts';

const duty = (phone: string | null): string =>
  phone === null ? 'If it is urgent, go to the duty desk.' : `If it is urgent, call the duty desk, ${phone}.`;

export const notices = {
  refused,
  help,
  done,
  policy: ({ cards, keyword }, ctx) => {
    if (cards.length === 0) {
      const word = said(keyword, ctx);
      const what = word === null ? 'this' : `“${clip(word, 20)}”`;
      return `I found no policy on ${what}. Try another word, or tell me your case and I pass it to an office.`;
    }
    return lines(
      ...cards
        .slice(0, 3)
        .flatMap(({ title, text, source, date }) => [
          `[${clip(title, 60)}]`,
          clipLines(text, 8),
          `Source: ${clip(source, 60)}, ${calendarDay(date, ctx)}`,
        ]),
    );
  },
  quarantined: ({ dutyPhone }) =>
    `I could not make sense of this and have passed it to the duty desk. Nothing is lost, no need to send it again. ${duty(dutyPhone)}`,
  protected_warning: (_, ctx) =>
    ctx.inGroup
      ? 'Please recall your last message and write to me in private about such things.'
      : 'That was about somebody’s private life; I have not noted it. If it stands in a group, please recall it. To ask for help for them, tell me here what is needed.',
  complaint_thanks: () => 'Thank you, I have passed your words to those who look after me.',
  absence_set: ({ from, to, deputy }, ctx) => {
    const days = `${calendarDay(from, ctx)} to ${calendarDay(to, ctx)}`;
    if (deputy === null)
      return `Noted: away ${days}. Nobody is named, so new cases go to colleagues; please hand over what you have, or write “请假” with “由谁代”.`;
    return `Noted: away ${days}, ${person(deputy, 'a colleague', ctx)} takes your cases.`;
  },
  absence_ended: () => 'Noted, welcome back. New cases come to you again.',
  absence_deputy: ({ from, to, person: id, open }, ctx) => {
    const days = `${calendarDay(from, ctx)} to ${calendarDay(to, ctx)}`;
    const hand =
      open > 0 ? `${count(open, 'open case comes', 'open cases come')} to you` : 'No case is open now';
    return `${person(id, 'A colleague', ctx)} is away ${days}, please stand in. ${hand}.`;
  },
  sheet_confirmed: ({ office }, ctx) =>
    `Noted: ${ctx.names.office(office)} has confirmed what it says at the meeting.`,
  known_matter_set: ({ text, count: found }, ctx) =>
    lines(
      found > 0 ? `Noted, ${count(found, 'case belongs', 'cases belong')} to it already.` : 'Noted.',
      quoted('Matter: ', text, ctx),
      'Whoever reports it hears that it is known.',
    ),
  thanks: () => 'You are welcome. Just say when something is the matter.',
  nothing_open: () => 'Nothing waits for your answer. If something is the matter, just say it.',
} satisfies Partial<Words>;
