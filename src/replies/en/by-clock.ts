/** What nobody's message brings: the list to call back, the calendar's end, failed work, a post that ended. */
import type { FollowUpItem, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { no, person, ref, said } from '../held-back.ts';
import { clip, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { calendarDay, hour } from './dates.ts';
import { dueSentence, howToAct, howToResolve, reporterLine, urgent } from './officer.ts';
import { facts, fullTitle, quoted, RATINGS } from './phrases.ts';

/** Jobs and tasks by name, as an admin calls them. */
const WORK: Readonly<Record<string, string>> = {
  digest: 'The digest',
  monthly_digest: 'The monthly digest',
  weekly_digest: 'The weekly digest',
  bulletin: 'The bulletin to an office',
  office_bulletins: 'The bulletins to offices',
  area: 'The digest of an area',
  area_digest: 'The digest of an area',
  letter: 'A reminder letter',
  meeting: 'The papers of the meeting',
  follow_up: 'The list of people to call back',
  calendar_end: 'The reminder of the calendar’s end',
  media: 'Fetching photos',
  media_show: 'Passing photos on',
  media_sweep: 'Clearing photos away',
};

const workName = (work: string): string =>
  WORK[work] ?? (work.startsWith('meeting_') ? 'The papers of the meeting' : 'Some regular work');

const ANSWER = 60;

function line({ brief, answer, rating }: FollowUpItem, ctx: WordsContext): string {
  const how = `“回访 ${ref(brief, ctx)} 接通 已解决 满意”`;
  if (brief.protected)
    return `${no(brief, ctx)} ${ctx.inGroup ? 'a matter' : ctx.names.categoryShort(brief.category)} (confidential) | ${how}`;
  const words = said(answer, ctx);
  const rated = rating === null ? '' : ` (${RATINGS[rating]})`;
  return `${fullTitle(brief, ctx)}${words === null ? '' : `: ${clip(words, ANSWER)}`}${rated} | ${how}`;
}

function followUp({ items, more }: Templates['follow_up'], ctx: WordsContext): string {
  if (items.length === 0) return 'Nobody is to be called back now.';
  const [only = '', ...others] = items.map((item) => line(item, ctx));
  return lines(
    others.length > 0
      ? `${items.length} cases were answered and closed. Please call back and ask how it was:`
      : `Please call back and ask how it was: ${only}`,
    others.length > 0 ? only : null,
    ...others,
    more > 0 ? `${more} more: write “回访” when these are done.` : null,
    'After each call write what stands behind the bar (reached, solved, satisfied); not reached: “未接通” after the number.',
  );
}

function handedOver(params: Templates['handed_over'], ctx: WordsContext): string {
  const { brief, before } = params;
  const due = dueSentence(brief, ctx);
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}: ${person(before, 'a colleague', ctx)} had it; please go on with it.`,
    facts(brief, '', ctx),
    reporterLine(params, ctx),
    due,
    brief.state === 'assigned' ? howToAct(brief, ctx) : howToResolve(brief, ctx),
  );
}

export const byClock = {
  handed_over: handedOver,
  follow_up: followUp,
  work_failed: ({ work, detail, ended }, ctx) =>
    lines(
      ended
        ? `${workName(work)} failed for two weeks; I have stopped trying.`
        : `${workName(work)} failed. I try again in a while; if it works then, nothing is to be done.`,
      quoted('Detail: ', detail, ctx),
      'Whoever runs me should look at the log. All else goes on.',
    ),
  account_down: ({ account, since, why, qr }, ctx) =>
    lines(
      `${ctx.inGroup ? 'One of my accounts' : `My account ${clip(account, 40)}`} ${why === 'kicked' ? 'was kicked out' : 'must be signed in again'}; since ${hour(since, ctx)} I can neither receive nor send there.`,
      'What is to be sent is kept; what is urgent goes by other platforms. Once it is back I send the rest and tell you.',
      why === 'kicked'
        ? 'Please see whether the same account is used elsewhere or its secret has changed; then start me anew.'
        : qr
          ? 'The machine I run on shows a QR code; please scan it with the phone of that account.'
          : 'Whoever runs me should sign in again.',
    ),
  account_back: ({ account, since }, ctx) =>
    `${ctx.inGroup ? 'The account' : clip(account, 40)} is back (away since ${hour(since, ctx)}). What waited is being sent; nothing to do.`,
  files_elsewhere: ({ names }, ctx) =>
    ctx.inGroup
      ? '(There are files too, which can’t be sent here.)'
      : `(${names.length} files can’t be sent here: ${names.map((name) => clip(name, 40)).join(', ')}. Ask with the same words on a platform that takes files, or have the dispatcher print them.)`,
  calendar_end: ({ until, passed }, ctx) =>
    lines(
      passed
        ? `I know holidays until ${calendarDay(until, ctx)}, which is over: Spring Festival and its like and worked weekends are left out of all due dates.`
        : `I know holidays until ${calendarDay(until, ctx)}; after that Spring Festival and its like and worked weekends are left out of due dates.`,
      'Update the program, or fill in “holidays” in the township file and set “holidaysUntil” to the last day filled in.',
    ),
} satisfies Partial<Words>;
