/** Opening a case: recorded at once, whatever is missing; then routed, asked about, or given to the dispatcher. */

import { apply } from '../apply.ts';
import type { Behalf, Case, CaseMedia, Instant, Reporter, Source } from '../case.ts';
import type { Urgency } from '../category.ts';
import { resolutionDue, responseDue, urgencyOf } from '../clocks.ts';
import type { CorrectableFacts, ReportedFacts } from '../events.ts';
import type { Tier } from '../roster.ts';
import { categoryOf } from '../routing.ts';
import { copyToVillage, routeOrDispatch, toDispatch } from './assigning.ts';
import { alarm } from './paging.ts';
import { type Ctx, Work } from './work.ts';

export interface NewReport {
  readonly number: string;
  readonly year: number;
  readonly serial: number;
  readonly category: string;
  readonly urgency: Urgency;
  readonly emergency: boolean;
  readonly village: string | null;
  readonly groups: readonly string[];
  readonly neighborhood: string | null;
  readonly place: string | null;
  readonly households: number | null;
  readonly since: string | null;
  readonly summary: string;
  /** The whole message, masked: what the officer reads. */
  readonly text: string;
  readonly sensitive: boolean;
  readonly protected: boolean;
  /** Offices and persons accused. */
  readonly accused: readonly string[];
  readonly source: Source;
  readonly external: string | null;
  readonly reporter: Reporter | null;
  readonly behalf: Behalf | null;
  readonly media: readonly CaseMedia[];
  readonly contacts: readonly string[];
  /** What to ask back; [] where enough is known. */
  readonly missing: readonly string[];
  /** The area came from the sender's post, not from the text. */
  readonly fromPost: boolean;
  /** Already solved by the head. */
  readonly selfHandled: boolean;
  /** The category is too unsure to route by. */
  readonly unclear: boolean;
  /** Hotlines of the emergency, 119 first. */
  readonly hotlines: readonly string[];
}

export interface ReportWords {
  /** The group hears only that it goes on in private. */
  readonly inGroup: boolean;
  /** False where the platform can't reach the sender in private. */
  readonly reachable: boolean;
}

const level = (ctx: Ctx, category: string): Tier =>
  categoryOf(ctx.policy.taxonomy, category)?.firstTier ?? 'township';

function facts(report: NewReport, ctx: Ctx): ReportedFacts {
  const { policy, now } = ctx;
  const urgency = report.emergency ? 'U1' : urgencyOf(policy, report.category, report.urgency);
  const ask = report.missing.length > 0 && !report.emergency && !report.selfHandled;
  const until: Instant = now + policy.settings.cases.askBackMinutes * 60_000;
  return {
    number: report.number,
    year: report.year,
    serial: report.serial,
    category: report.category,
    urgency,
    village: report.village,
    groups: report.groups,
    neighborhood: report.neighborhood,
    place: report.place,
    households: report.households,
    since: report.since,
    summary: report.summary,
    sensitive: report.sensitive,
    protected: report.protected,
    accused: report.accused,
    source: report.source,
    ...(report.external === null ? {} : { external: report.external }),
    media: report.media,
    contacts: report.contacts,
    dueAt: report.selfHandled ? null : resolutionDue(policy, report.category, urgency, now),
    responseDueAt: report.selfHandled ? null : responseDue(policy, report.category, urgency, now),
    asked: ask ? { missing: report.missing, until } : null,
    level: level(ctx, report.category),
    reporter: report.reporter,
  };
}

/** Records the case; from here on it has a number, whatever happens next. */
function record(report: NewReport, ctx: Ctx): Work {
  const by = report.protected ? (report.reporter?.who ?? null) : (ctx.actor?.who ?? null);
  const event = {
    case: report.number,
    seq: 1,
    type: 'case_reported' as const,
    at: ctx.now,
    by,
    behalf: report.behalf,
    message: ctx.message,
    data: facts(report, ctx),
  };
  const work = new Work(apply(null, event), ctx);
  return work.adopt(event);
}

export function openCase(report: NewReport, words: ReportWords, ctx: Ctx): Work {
  const work = record(report, ctx);
  if (report.selfHandled) return selfHandled(work);
  if (work.case.asked !== null) return ask(work, words);
  routed(work, report, words);
  // Called once it has an office, whose leader is one of those to call; the order of sends is the kinds'.
  return report.emergency ? alarm(work, report.missing.includes('place')) : work;
}

/** Receipt first (it is the reporter's), then the assignment, then the copies. */
function routed(work: Work, report: NewReport, words: ReportWords): Work {
  const unclear = report.unclear && !report.emergency;
  const before = work.mark();
  if (unclear) toDispatch(work, 'unclear', report.text);
  else routeOrDispatch(work, { text: report.text });
  work.insert(before, (ahead) => receipt(ahead, report, words));
  return unclear ? work : copyToVillage(work);
}

function receipt(work: Work, report: NewReport, words: ReportWords): void {
  leaveGroup(work, words);
  work.say(quietly(work, words) ? { to: 'sender' } : { to: 'here' }, 'receipt', {
    template: 'receipt',
    params: { brief: work.brief, known: false, fromPost: report.fromPost },
  });
}

/** Sensitive and protected matters leave the group; a protected one asks for the message to be recalled. */
function leaveGroup(work: Work, words: ReportWords): void {
  if (!quietly(work, words)) return;
  const { dutyPhone } = work.ctx.policy.roster.township;
  work.say({ to: 'here' }, 'private', {
    template: 'private',
    params: { dutyPhone, reachable: words.reachable, recall: work.case.protected },
  });
}

const quietly = (work: Work, words: ReportWords): boolean =>
  words.inGroup && (work.case.sensitive || work.case.protected);

/** One question back; the case waits as `reported` and goes to the dispatcher if nobody answers. */
function ask(work: Work, words: ReportWords): Work {
  const missing = work.case.asked?.missing ?? [];
  leaveGroup(work, words);
  const template = missing.includes('matter') ? 'ask_matter' : 'ask_place';
  return work.say(quietly(work, words) ? { to: 'sender' } : { to: 'here' }, 'ask', {
    template,
    params: { brief: work.brief },
  });
}

/** Reported and closed in one step, counted apart, never rated. */
function selfHandled(work: Work): Work {
  work.event('case_closed', { why: 'self_handled', outcome: 'self_handled', rating: null });
  return work.say({ to: 'here' }, 'receipt', {
    template: 'receipt_self_handled',
    params: { brief: work.brief },
  });
}

/** The answer to our question completes the case; now it is routed and the reporter gets the receipt. */
export function completeCase(c: Case, changes: CorrectableFacts, words: ReportWords, ctx: Ctx): Work {
  const work = new Work(c, ctx);
  const category = changes.category ?? c.category;
  const urgency = urgencyOf(ctx.policy, category, c.urgency);
  const moved = category !== c.category;
  const dueAt = moved ? resolutionDue(ctx.policy, category, urgency, c.receivedAt) : null;
  work.event('question_answered', { changes: { ...changes, urgency }, dueAt });
  const before = work.mark();
  routeOrDispatch(work);
  work.insert(before, (ahead) =>
    ahead.say(quietly(ahead, words) ? { to: 'sender' } : { to: 'here' }, 'receipt', {
      template: 'receipt',
      params: { brief: ahead.brief, known: false, fromPost: false },
    }),
  );
  return copyToVillage(work);
}
