/** The meeting's papers in English; what people type stays Chinese, since that is what is read. */

import type { WordsContext } from '../../replies/context.ts';
import { calendarDay } from '../../replies/en/dates.ts';
import { clip, head } from '../../replies/lines.ts';
import { shortNumber, typed } from '../../replies/reference.ts';
import type { Matter } from '../matters.ts';
import { en as digest } from '../words/en.ts';
import { needs as reasons } from '../words/en-labels.ts';
import type { MeetingWords } from './words.ts';

const MOST = 10;
const left = (count: number): readonly string[] => (count > 0 ? [`${count} more are attached.`] : []);

const title = (matter: Matter, ctx: WordsContext): string =>
  `${shortNumber(matter.brief.number)} ${digest.matter(matter, ctx)}`;

function dated(matter: Matter, ctx: WordsContext): string {
  const { state, reviewAt, dueAt } = matter.brief;
  const date = digest.day(state === 'deferred' ? reviewAt : dueAt, ctx);
  if (date === '') return '';
  return state === 'deferred' ? `, deferred to ${date}` : `, ${matter.overdue ? 'was due' : 'due'} ${date}`;
}

export const en: MeetingWords = {
  unassignedSheet: ({ items }, date, ctx) => {
    const { shown, left: more } = head(items, MOST);
    const example = items[0] === undefined ? '42' : typed(items[0].matter.brief.number, ctx);
    return [
      `Meeting on ${calendarDay(date, ctx)}: ${items.length} matters have no office yet; the meeting is to say whose they are:`,
      ...shown.map(({ matter }) => `${title(matter, ctx)}${dated(matter, ctx)}`),
      ...left(more),
      `What can be given to somebody before: “交办 ${example} office”. The rest goes to the meeting on the attached sheet.`,
    ];
  },
  sheet: ({ office, items }, date, ctx) => {
    const { shown, left: more } = head(items, MOST);
    const example = items[0] === undefined ? '42' : typed(items[0].matter.brief.number, ctx);
    return [
      `Meeting on ${calendarDay(date, ctx)}: ${office === null ? '' : ctx.names.office(office)} has ${items.length} matters to speak of:`,
      ...shown.map(({ matter }) => `${title(matter, ctx)}${dated(matter, ctx)}`),
      ...left(more),
      `What can be done, say how and by when: “进展 ${example} …”.`,
      `What can't, say why and who explains: “无法办理 ${example} …”. On the attached sheet is as good.`,
    ];
  },
  confirm: ({ items }, date, ctx) => {
    const { shown, left: more } = head(items, MOST);
    const silent = items.filter(({ words }) => words === null).length;
    return [
      `Meeting on ${calendarDay(date, ctx)}: what your office says, please look it over:`,
      ...shown.map(({ matter, words }) => `${title(matter, ctx)}: ${saying(words)}`),
      ...left(more),
      silent === 0
        ? 'All right? Write 确认. To change one, write 进展 again.'
        : `${silent} have no words yet: ask for them, or write 进展 yourself.`,
    ];
  },
  page: (needs, date, ctx) => {
    if (needs.length === 0)
      return [`Meeting on ${calendarDay(date, ctx)}: nothing that only you can decide.`];
    return [
      `Meeting on ${calendarDay(date, ctx)}: ${needs.length} matters need you:`,
      ...needs.map(({ matter, why }) => {
        const cost = matter.cost === null ? '' : `, about ${matter.cost} yuan`;
        const because = why.map((one) => reasons[one]).join(', ');
        return `${title(matter, ctx)}, ${digest.office(matter, ctx)}${dated(matter, ctx)}${cost} (${because})`;
      }),
    ];
  },
  confirmed: (seen, open) =>
    seen + open === 0
      ? []
      : [`Leaders have confirmed the answers of ${seen} offices; ${open} are still open.`],
  minutes: (minutes, date, ctx) =>
    minutes.length === 0
      ? [`Meeting of ${calendarDay(date, ctx)}: no decision is on record. To add one: “议定 N …”.`]
      : [
          `Draft minutes of ${calendarDay(date, ctx)} are attached: ${minutes.length} decisions. Read and correct them before use.`,
        ],
  unheard: (people, ctx) => {
    const { shown, left: more } = head(people, MOST);
    return [
      'These reporters have not heard what was decided; please call them:',
      ...shown.map(
        ({ number, person }) =>
          `${shortNumber(number)} ${(person === null ? null : ctx.names.person(person)) ?? 'protected or not on the roster'}`,
      ),
      ...(more > 0 ? [`${more} more.`] : []),
    ];
  },
  heard: (count) => [`All reporters of the ${count} matters decided have been told.`],
  sheetTitle: (office, date) => `${office}: answers for the meeting of ${date}`,
  sheetColumns: ['Number, matter', 'How and by when', 'Why not, and who explains'],
  unassigned: 'Without an office',
  unassignedColumns: ['Number, matter', 'Whose it is, and by when', 'Why it has no office yet'],
  sheetNote: 'One column is enough. What was answered in chat need not be written again.',
  minutesTitle: (township, date) => `${township}: minutes of the meeting of ${date}`,
  minutesNote: 'Draft.',
  minutesColumns: ['Number', 'Matter', 'Decided', 'Office, date'],
  files: { sheet: (office) => `sheet-${office}`, minutes: 'minutes-draft' },
};

const saying = (words: string | null): string =>
  words === null ? 'nothing yet' : words === '' ? 'answered' : clip(words, 60);
