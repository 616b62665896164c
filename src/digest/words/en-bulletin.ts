/** The bulletin to one office in English. */
import { localDate } from '../../kernel/zone.ts';
import type { WordsContext } from '../../replies/context.ts';
import { calendarDay } from '../../replies/en/dates.ts';
import { fullMatter } from '../../replies/en/phrases.ts';
import { head } from '../../replies/lines.ts';
import { shortNumber } from '../../replies/reference.ts';
import type { BulletinItem } from '../bulletin.ts';
import { periodName, bulletin as states } from './en-labels.ts';
import { pack } from './en-pack.ts';
import type { BulletinWords } from './words.ts';

const MOST = 10;

const dayOf = (at: number | null, ctx: WordsContext): string =>
  at === null ? '' : calendarDay(localDate(at, ctx.timezone), ctx);

export const bulletinWords: BulletinWords = {
  lines({ office, items }, period, cut, ctx) {
    const { shown, left } = head(items, MOST);
    const ofKind = (carried: boolean): readonly string[] =>
      shown.filter(({ carriedOver }) => carriedOver === carried).map((item) => line(item, ctx));
    const [before, late] = [ofKind(true), ofKind(false)];
    const name = office === null ? '' : ctx.names.office(office);
    return [
      `${name}, bulletin ${periodName(period)} (as of ${dayOf(cut - 1, ctx)}, to your office only):`,
      ...(before.length > 0 ? ['Open from before:', ...before] : []),
      ...(late.length > 0 ? ['Fell late or came back:', ...late] : []),
      ...(left > 0 ? [`${left} more are attached.`] : []),
      'Matters and dates only. If one is wrong, please tell the desk.',
    ];
  },
  title: (office, period) => `${office}: bulletin ${periodName(period)}`,
  note: 'To this office only. Matters and dates: no marks, no ranking.',
  columns: ['Number, matter', 'Officer', 'At the end of the period'],
  file: (office, period) => `bulletin-${period}-${office}`,
  most: MOST,
  state: ({ state, date, carriedOver }, ctx) =>
    [
      [states[state], pack.bulletinDate(state, dayOf(date, ctx))].filter(Boolean).join(', '),
      carriedOver ? 'open from before' : '',
    ]
      .filter(Boolean)
      .join('\n'),
};

function line({ matter, owner, state, date }: BulletinItem, ctx: WordsContext): string {
  const what = `${shortNumber(matter.brief.number)} ${fullMatter(matter.brief, { ...ctx, inGroup: true })}`;
  const who = owner === null ? null : ctx.names.person(owner);
  const when = pack.bulletinDate(state, dayOf(date, ctx));
  return `${[what, who].filter(Boolean).join(', ')}: ${[states[state], when].filter(Boolean).join(', ')}`;
}
