/** One short line to whoever gave a command: it is done, and what follows from it. */
import type { Instant } from '../../domain/case.ts';
import type { Brief, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no } from '../held-back.ts';
import { typed } from '../reference.ts';
import { day, hour } from './dates.ts';
import { dueWords, howToResolve } from './officer.ts';
import { office, TIERS } from './phrases.ts';

type Acknowledge = (brief: Brief, until: Instant | null, ctx: WordsContext) => string;

/** `until` said with its words, or nothing. */
const dated = (until: Instant | null, ctx: WordsContext, say: (date: string) => string): string =>
  until === null ? '' : say(day(until, ctx));

const DONE: Readonly<Record<string, Acknowledge>> = {
  report: (brief, _, ctx) => `noted for them, it goes to ${office(brief, ctx)}`,
  self_handle: () => 'noted as solved by you and closed',
  supplement: (brief, _, ctx) => `added, ${office(brief, ctx)} can see it`,
  correct: () => 'corrected',
  withdraw: () => 'withdrawn, no more work on it',
  retract_media: () => 'the picture is out',
  urge: (brief, _, ctx) => `I have asked ${office(brief, ctx)} to hurry`,
  propose_merge: () => 'noted: the dispatcher looks whether it is one matter',
  merge: () => 'merged, all who reported it get the answer',
  rate: () => 'noted, thank you',
  reopen: (brief, _, ctx) => `${office(brief, ctx)} does it again`,
  accept: (brief, _, ctx) => `accepted${dueTail(brief, ctx)}. ${howToResolve(brief, ctx).slice(0, -1)}`,
  progress: () => 'noted and passed on to the reporter',
  ask_reporter: (_, until, ctx) =>
    `the reporter is asked; the clock stands still${until === null ? '' : ` until ${hour(until, ctx)} at most`}`,
  return: () => 'given back to the duty desk',
  transfer: (brief, _, ctx) =>
    `passed to ${office(brief, ctx)}; until they accept it, please answer if somebody asks`,
  co_handle: () => 'the helping office is added; the lead still answers',
  request_extension: (_, until, ctx) =>
    `asked the leader for time${dated(until, ctx, (date) => ` until ${date}`)}; the old date holds until then`,
  decide_extension: (_, until, ctx) =>
    `decided${dated(until, ctx, (date) => `, now due ${date}`)}; the officer knows`,
  defer: (_, until, ctx) =>
    `asked the secretary to defer it${dated(until, ctx, (date) => ` until ${date}`)}; you hear what is decided`,
  decide_deferral: (_, until, ctx) =>
    `decided${dated(until, ctx, (date) => `, looked at again on ${date}`)}; the officer knows`,
  resolve: () => 'noted as done, the reporter is told',
  explain: () => 'noted, the reporter is told',
  assign: (brief, _, ctx) => `given to ${office(brief, ctx)}`,
  reclassify: (brief, _, ctx) => reclassified(brief, ctx),
  reclassify_taught: (brief, _, ctx) =>
    `${reclassified(brief, ctx)}; similar reports go there from now on, unless you write “撤销改类 ${typed(brief.number, ctx)}”`,
  untaught: () => 'similar reports are no longer sorted by it; its own category stays',
  escalate: (brief, _, ctx) => `passed up to ${TIERS[brief.level]}, with ${office(brief, ctx)}`,
  supervise: (brief, _, ctx) => `under supervision, ${office(brief, ctx)} knows`,
  clear: () => 'supervision cleared',
  decide: (brief, until, ctx) =>
    `decision noted, ${office(brief, ctx)} does it${dated(until, ctx, (date) => ` by ${date}`)}`,
  follow_up: () => 'the call is noted',
  known_matter: () => 'noted; whoever reports it hears that it is known',
  screen: () => 'noted, the reporter is told',
  page: () => 'thank you, nobody else is called',
};

const reclassified = (brief: Brief, ctx: WordsContext): string =>
  hushed(brief, ctx)
    ? 'the category is changed'
    : `now “${ctx.names.categoryShort(brief.category)}”, with ${office(brief, ctx)}`;

function dueTail(brief: Brief, ctx: WordsContext): string {
  const due = dueWords(brief, ctx);
  return due === null ? '' : `, ${due}`;
}

export function done({ command, brief, until }: Templates['done'], ctx: WordsContext): string {
  const words = DONE[command]?.(brief, until, ctx) ?? 'noted';
  return `${no(brief, ctx)}: ${words}.`;
}
