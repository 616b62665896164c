/** The digest in English. */
import { localDate } from '../../kernel/zone.ts';
import type { WordsContext } from '../../replies/context.ts';
import { calendarDay } from '../../replies/en/dates.ts';
import { fullMatter } from '../../replies/en/phrases.ts';
import type { Matter } from '../matters.ts';
import { areaLines } from './en-area.ts';
import { bulletinWords } from './en-bulletin.ts';
import { chatLines } from './en-chat.ts';
import { became, bulletin, exclusions, needs, periodName, sources, tiers } from './en-labels.ts';
import { pack } from './en-pack.ts';
import type { DigestWords } from './words.ts';

export const en: DigestWords = {
  ...{ sources, tiers, exclusions, needs, became, bulletin },
  period: periodName,
  chat: chatLines,
  matter: (matter, ctx) => fullMatter(matter.brief, quietly(ctx)),
  office: officeOf,
  day: (at, ctx) => (at === null ? '' : calendarDay(localDate(at, ctx.timezone), ctx)),
  charts: {
    categories: 'Most often reported',
    thisPeriod: 'this period',
    meanBefore: (periods) => (periods === 1 ? 'period before' : `mean of ${periods} before`),
    trend: 'Received',
    outcome: 'Due, open and rated',
    dueRow: 'due',
    openRow: 'open',
    ratedRow: 'rated',
    inTime: 'in time',
    late: 'late',
    unanswered: 'no answer',
    running: 'in time',
    overdue: 'overdue',
    deferred: 'deferred',
    satisfied: 'satisfied',
    basically: 'basically',
    unsatisfied: 'not solved',
    unrated: 'not rated',
    part: (group, name) => `${group}: ${name}`,
    empty: (title) => `${title}: nothing`,
    shortPeriod: (name) => name,
  },
  pack,
  officeBulletin: bulletinWords,
  area: areaLines,
  files: { pack: '-meeting', register: '-register', charts: ['-1-categories', '-2-received', '-3-outcome'] },
};

/** In a paper that several read, homes are not named: as in a group. */
const quietly = (ctx: WordsContext): WordsContext => ({ ...ctx, inGroup: true });

function officeOf({ brief, coOffices }: Matter, ctx: WordsContext): string {
  const lead = brief.office === null ? 'waits at the desk' : ctx.names.office(brief.office);
  return coOffices.length === 0
    ? lead
    : `${lead} (with ${coOffices.map((id) => ctx.names.office(id)).join(', ')})`;
}
