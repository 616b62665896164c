/** The words of the papers in English. */
import { localDate } from '../../kernel/zone.ts';
import type { WordsContext } from '../../replies/context.ts';
import { calendarDay } from '../../replies/en/dates.ts';
import { sum } from '../rate.ts';
import { lasting } from './en-labels.ts';
import { short } from './numbers.ts';
import type { PackWords } from './words.ts';

export const pack: PackWords = {
  title: ' meeting pack',
  subtitle: (period, asOf) => `${period} (open matters as of ${asOf})`,
  figures: '1. Figures',
  figuresSheet: 'Figures',
  figureColumns: ['What', 'Count', 'Share', 'Left out'],
  charts: '2. Three charts',
  needs: '3. For the secretary to decide',
  decisions: '4. What became of the last decisions',
  decisionColumns: ['Number', 'Matter', 'Decided', 'Now'],
  matters: '5. Open matters, one by one',
  unassigned: 'Without an office yet',
  matterColumns: [
    'Number',
    'Matter and progress',
    'Office, date',
    'Decided (office, date, how; or why not and who explains)',
  ],
  explained: '6. Explained why not',
  explainedColumns: ['Number', 'Matter', 'Why not', 'Office, date'],
  bulletin: '7. Offices: open from the period before, and late in this one',
  bulletinColumns: ['Office', 'Matter', 'At the end of the period'],
  bulletinNote: 'In the order of the roster; matters and dates, no scores and no ranks.',
  repeats: '8. Places where it came back within 90 days',
  incidents: '9. One event, many reports',
  more: (left) => `${left} more are in the register.`,
  none: 'None.',
  privateNote: '(private, not printed)',
  roomForDecision: '',
  rows: {
    received: 'Received',
    bySource: '  by source',
    byTier: '  by tier',
    byCategory: '  by category',
    byVillage: '  by village',
    byOffice: '  by office',
    unknown: 'unknown or protected',
    unassigned: 'not assigned',
    inTime: 'Answered in time ÷ due',
    answered: 'Answered ÷ due',
    resolved: 'Resolved ÷ due',
    tier: (name) => `  ${name}: in time; resolved`,
    closedOfReceived: 'Closed ÷ received',
    content: 'Satisfied or basically ÷ rated',
    discontent: 'Not solved ÷ rated',
    firstContact: 'First contact (natural time)',
    resolution: 'Report to answer (natural time)',
    twiceTransferred: 'Transferred twice or more ÷ answered',
    nothingLeftOut: 'nothing',
    spread: (count, median, p90) => `${count}: half within ${median}, nine in ten within ${p90}`,
  },
  cost: (yuan) => `about ${yuan} yuan`,
  households: (count) => `${count} households`,
  latest: (words) => `Progress: ${words}`,
  reason: (words) => `Why: ${words}`,
  reviewOn: (date) => `deferred, review on ${date}`,
  wasDue: (date) => `overdue, was due ${date}`,
  dueOn: (date) => `due ${date}`,
  lasting,
  marks: ({ supervision, returns, unsatisfied, extensions }) =>
    [
      supervision === 'none' ? '' : `${supervision} supervision`,
      returns > 0 ? `returned ${returns}×` : '',
      extensions > 0 ? `extended ${extensions}×` : '',
      unsatisfied > 0 ? `${unsatisfied}× not solved` : '',
    ].filter(Boolean),
  bulletinDate: (state, date) =>
    date === ''
      ? ''
      : state === 'deferred'
        ? `review ${date}`
        : state === 'answered' || state === 'explained'
          ? date
          : state === 'overdue'
            ? `was due ${date}`
            : `due ${date}`,
  repeat: ({ category, village, groups, place, numbers }, ctx) => {
    const spot = [...groups.map((id) => ctx.names.group(id)), place].filter(Boolean).join(' ');
    return `${ctx.names.village(village)} ${spot}, ${ctx.names.categoryShort(category)}, ${numbers.length}×: ${numbers.slice(0, 12).join(', ')}${numbers.length > 12 ? ' …' : ''}`;
  },
  incident: ({ category, from, to, reports, villages, numbers }, ctx) => {
    const days = [...new Set([day(from, ctx), day(to, ctx)])].join(' to ');
    const extents = villages.map(({ village, cases, households, area }) =>
      [
        `${ctx.names.village(village)} ${cases}`,
        households > 0 ? `${households} households` : '',
        area > 0 ? `${short(area)} mu` : '',
      ]
        .filter(Boolean)
        .join(', '),
    );
    const households = sum(villages.map((one) => one.households));
    const area = sum(villages.map((one) => one.area));
    const sums = [households > 0 ? `${households} households` : '', area > 0 ? `${short(area)} mu` : ''];
    const all = sums.filter(Boolean).join(', ');
    const total = villages.length > 1 && all !== '' ? `; ${all} in all` : '';
    return `${days} ${ctx.names.categoryShort(category)}, ${reports} reports: ${extents.join('; ')}${total} (${numbers.slice(0, 12).join(', ')}${numbers.length > 12 ? ' …' : ''})`;
  },
};

const day = (at: number, ctx: WordsContext): string => calendarDay(localDate(at, ctx.timezone), ctx);
