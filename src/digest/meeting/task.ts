/** Carries out a step of the meeting: reads what is open, makes the papers, tells each official concerned, once. */
import { absencesOn, presence } from '../../domain/absences.ts';
import { confirmedKey } from '../../domain/meeting.ts';
import type { OfficeId, PersonId } from '../../domain/roster.ts';
import type { Presence } from '../../domain/routing.ts';
import { addDays, type Instant, instantOf, localDate } from '../../kernel/zone.ts';
import { wordsContext } from '../../replies/context.ts';
import type { TaskContext, TaskHandler } from '../../schedule/tasks.ts';
import type { OutboxDraft, OutboxStatus, Prompt, Step } from '../../store/port.ts';
import { MIME, wordsOf } from '../build.ts';
import type { CaseRecord } from '../facts.ts';
import { gather } from '../gather.ts';
import { fileKept } from '../keep.ts';
import { meetingWordsOf, type Paper, paperFor } from '../papers.ts';
import { parsePeriod } from '../period.ts';
import { draftOf, placeOf, unasked } from '../telling.ts';
import { drawBeside } from '../thread.ts';
import { MEETING_STEPS, type MeetingStep, stepAt } from './dates.ts';
import { officeName, type PaperWords } from './names.ts';
import { frozenOf, minutesOf, type OfficeSheet, pageOf, sheetsOf, unheardOf } from './plan.ts';

interface Run extends PaperWords {
  readonly task: TaskContext;
  /** Of the meeting. */
  readonly date: string;
  readonly records: readonly CaseRecord[];
  /** Who is away has a deputy, who prepares the meeting too. */
  readonly present: Presence;
}

type Drafts = readonly OutboxDraft[];

interface Done {
  readonly outbox: Drafts;
  readonly prompts?: readonly Prompt[];
}

export const meetingStep: TaskHandler = async (row, task) => {
  const { step, date } = row.payload;
  if (typeof date !== 'string' || !isStep(step))
    throw new Error('a step of the meeting needs its name and date');
  const today = localDate(task.now, task.policy.calendar.timezone);
  // Caught up after the machine slept over it: nobody prepares a meeting that is over.
  if (PREPARING.has(step) && today > date) return;
  const ctx = wordsContext(task.policy, task.now, false);
  const words = await meetingWordsOf(ctx.locale);
  const digest = await wordsOf(ctx.locale);
  const away = await task.store.facts(task.scope, 'absence:');
  const present = presence(absencesOn(today, away, task.policy));
  const run: Run = { task, date, words, digest, ctx, present, records: await recordsFor(date, task) };
  const { outbox, prompts = [] } = await STEPS[step](run);
  await task.commit({}, () => ({ outbox, prompts: { open: prompts } }));
};

const PREPARING: ReadonlySet<MeetingStep> = new Set(['freeze', 'sheets', 'confirm', 'page']);

const isStep = (step: unknown): step is MeetingStep => (MEETING_STEPS as readonly unknown[]).includes(step);

/** Old enough for a decision of the meeting before to stand in them. */
const LOOK_BACK_DAYS = 62;

async function recordsFor(
  date: string,
  { store, scope, policy }: TaskContext,
): Promise<readonly CaseRecord[]> {
  const { timezone } = policy.calendar;
  const period = parsePeriod(`${addDays(date, -LOOK_BACK_DAYS)}..${addDays(date, 14)}`, timezone);
  if (period === null) throw new Error(`${date} is no date`);
  return (await gather({ store, scope, period })).records;
}

const STEPS: Readonly<Record<MeetingStep, (run: Run) => Promise<Done>>> = {
  freeze: async ({ task, date, records }) => {
    await task.store.setMeta(task.scope, frozenKey(date), JSON.stringify(frozenOf(records)));
    return { outbox: [] };
  },
  sheets: async (run) => {
    const drafts: OutboxDraft[] = [];
    for (const sheet of await sheetsFor(run)) {
      const { words, ctx, date } = run;
      const name = words.files.sheet(officeName(sheet, words, ctx));
      const media = await keep(run, name, { kind: 'sheet', sheet, date });
      const lines = (sheet.office === null ? words.unassignedSheet : words.sheet)(sheet, date, ctx);
      drafts.push(...tell(sheet.people, lines, run, media));
    }
    return { outbox: drafts };
  },
  confirm: async (run) => {
    const sheets = await officesIn(run);
    return {
      outbox: sheets.flatMap((sheet) => tell(sheet.people, run.words.confirm(sheet, run.date, run.ctx), run)),
      prompts: sheets.flatMap((sheet) => sheet.people.flatMap((who) => promptFor(who, sheet.office, run))),
    };
  },
  page: async (run) => {
    const { policy, now } = run.task;
    const needs = pageOf(run.records, now, policy.settings.meeting.pageMatters);
    const sheets = await officesIn(run);
    const confirmed = await confirmedIn(run);
    const seen = sheets.filter(({ office }) => confirmed.has(confirmedKey(run.date, office))).length;
    const lines = [
      ...run.words.page(needs, run.date, run.ctx),
      ...run.words.confirmed(seen, sheets.length - seen),
    ];
    return { outbox: tell(policy.roster.roles.secretaries, lines, run) };
  },
  minutes: async (run) => {
    const { secretaries, recorders } = run.task.policy.roster.roles;
    const minutes = decidedIn(run);
    const paper = { kind: 'minutes', minutes, date: run.date } as const;
    const media = minutes.length === 0 ? [] : await keep(run, run.words.files.minutes, paper);
    return {
      outbox: tell([...recorders, ...secretaries], run.words.minutes(minutes, run.date, run.ctx), run, media),
    };
  },
  heard: async (run) => {
    const { store, scope, policy, accounts } = run.task;
    const minutes = decidedIn(run);
    if (minutes.length === 0) return { outbox: [] };
    const failed = await store.outbox(scope, { status: UNSENT });
    const unheard = unheardOf(minutes, failed, policy, accounts, morningOf(run));
    const { dispatchers, secretaries } = policy.roster.roles;
    const outbox =
      unheard.length > 0
        ? tell(dispatchers, run.words.unheard(unheard, run.ctx), run)
        : tell(secretaries, run.words.heard(minutes.length), run);
    return { outbox };
  },
};

const UNSENT: readonly OutboxStatus[] = ['queued', 'rejected', 'unknown', 'dropped'];
const frozenKey = (date: string): string => `meeting:${date}:frozen`;

/** The leader's answer in chat closes it; with the meeting it lapses. */
function promptFor(person: PersonId, office: string, { task, date, present }: Run): readonly Prompt[] {
  const who = present(person) ?? person;
  const place = placeOf(who, null, task);
  if (place === null) return [];
  const { settings, calendar } = task.policy;
  return [
    {
      id: `confirm_sheet:${date}:${office}:${who}`,
      who,
      account: place.account,
      chat: place.chat,
      kind: 'confirm_sheet',
      case: null,
      payload: { date, office },
      openedAt: task.now,
      expiresAt: instantOf(date, settings.meeting.time, calendar.timezone),
    },
  ];
}

/** What leaders confirmed stands as facts; a step without changes reads them. */
async function confirmedIn({ task, date }: Run): Promise<ReadonlySet<string>> {
  const step: Step<ReadonlySet<string>> = {
    load: { factsWith: [confirmedKey(date, '')] },
    decide: ({ facts }) => ({ answer: new Set(facts.keys()) }),
  };
  const [result] = await task.store.transact(task.scope, [step]);
  if (!result?.ok) throw result?.error ?? new Error('the answers of the leaders could not be read');
  return result.answer;
}

async function sheetsFor({ task, date, records }: Run): Promise<readonly OfficeSheet[]> {
  const kept = await task.store.meta(task.scope, frozenKey(date));
  const frozen = kept === null ? null : new Set(JSON.parse(kept) as string[]);
  return sheetsOf(records, frozen, task.policy, stepAt('sheets', date, task.policy), task.now);
}

type OwnSheet = OfficeSheet & { readonly office: OfficeId };

/** What has no office yet has no leader who could confirm it. */
async function officesIn(run: Run): Promise<readonly OwnSheet[]> {
  return (await sheetsFor(run)).filter((sheet): sheet is OwnSheet => sheet.office !== null);
}

/** From the morning of the meeting until now: decisions are entered in it or after it. */
const decidedIn = (run: Run): ReturnType<typeof minutesOf> =>
  minutesOf(run.records, morningOf(run), run.task.now);

const morningOf = ({ task, date }: Run): Instant => instantOf(date, '00:00', task.policy.calendar.timezone);

async function keep({ task, date }: Run, name: string, paper: Paper): Promise<OutboxDraft['media']> {
  const file = `${name}.docx`;
  const make = () => drawBeside(paperFor(paper, task.policy, task.now));
  const path = await fileKept(task.keepFile, `meeting/${date}/${file}`, make);
  return [{ name: file, mime: MIME.docx, path }];
}

/** In private, each once. Who has no account hears of it from the office: the dispatchers get it too. */
function tell(
  people: readonly PersonId[],
  lines: readonly string[],
  { task, present }: Run,
  media: OutboxDraft['media'] = [],
): Drafts {
  const say = { template: 'meeting', params: { lines } } as const;
  const all = [...new Set(people.map((who) => present(who) ?? who))];
  const reached = all.filter((who) => placeOf(who, null, task) !== null);
  const instead = reached.length < all.length ? task.policy.roster.roles.dispatchers : [];
  return [...new Set([...reached, ...instead])].flatMap((who) => {
    const place = placeOf(who, null, task);
    return place === null ? [] : [draftOf(place, 'notice', say, media, unasked(task))];
  });
}
