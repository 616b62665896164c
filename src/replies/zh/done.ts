/** One short line to whoever gave a command: it is done, and what follows from it. */
import type { Instant } from '../../domain/case.ts';
import type { Brief, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no } from '../held-back.ts';
import { typed } from '../reference.ts';
import { byHour, day } from './dates.ts';
import { dueLine, howToResolve } from './officer.ts';
import { office, TIERS } from './phrases.ts';

type Acknowledge = (brief: Brief, until: Instant | null, ctx: WordsContext) => string;

/** `until` said with its words, or nothing. */
const dated = (until: Instant | null, ctx: WordsContext, say: (date: string) => string): string =>
  until === null ? '' : say(day(until, ctx));

const DONE: Readonly<Record<string, Acknowledge>> = {
  report: (brief, _, ctx) => `替人报的记下了，交给${office(brief, ctx)}`,
  self_handle: () => '自办的记下了，直接结了',
  supplement: (brief, _, ctx) => `补上了，${office(brief, ctx)}看得到`,
  correct: () => '改好了',
  withdraw: () => '撤回了，不再办',
  retract_media: () => '照片去掉了',
  urge: (brief, _, ctx) => `替您催了${office(brief, ctx)}`,
  merge: () => '并好了，上报人都会收到答复',
  propose_merge: () => '记下了，值班员看了是一件事就并到一起，您不用再报',
  rate: () => '评价记下了，谢谢',
  reopen: (brief, _, ctx) => `已请${office(brief, ctx)}重新办`,
  accept: (brief, _, ctx) => `接单记下了${dueTail(brief, ctx)}。${howToResolve(brief, ctx).slice(0, -1)}`,
  progress: () => '进展记下了，已转告上报人',
  ask_reporter: (_, until, ctx) =>
    `问过上报人了，等回话不算时间${until === null ? '' : `，等到${byHour(until, ctx).slice(0, -1)}`}`,
  return: () => '退给值班员了，您不用再管',
  transfer: (brief, _, ctx) => `转给${office(brief, ctx)}了，他们接单前有人问还请答一声`,
  co_handle: () => '一起办的单位加上了，还是主办单位答复',
  request_extension: (_, until, ctx) =>
    `延期${dated(until, ctx, (date) => `到${date}`)}报给分管领导了，定了告诉您；没定前还按原时限`,
  decide_extension: (_, until, ctx) =>
    `延期的事定了${dated(until, ctx, (date) => `，改到${date}`)}，已告诉承办人`,
  defer: (_, until, ctx) => `挂账报给书记了，定了告诉您${dated(until, ctx, (date) => `；打算${date}再看`)}`,
  decide_deferral: (_, until, ctx) =>
    `挂账的事定了${dated(until, ctx, (date) => `，${date}再看`)}，已告诉承办人`,
  resolve: () => '办结记下了，已给上报人回话',
  explain: () => '答复记下了，已转告上报人',
  assign: (brief, _, ctx) => `交给${office(brief, ctx)}了`,
  reclassify: (brief, _, ctx) => reclassified(brief, ctx),
  reclassify_taught: (brief, _, ctx) =>
    `${reclassified(brief, ctx)}；以后类似的也归这一类，不要这样就发“撤销改类 ${typed(brief.number, ctx)}”`,
  untaught: () => '以后类似的不再照它归类，这一件的类别没有动',
  escalate: (brief, _, ctx) => `提到${TIERS[brief.level]}了，归${office(brief, ctx)}`,
  supervise: (brief, _, ctx) => `督办了，已告诉${office(brief, ctx)}`,
  clear: () => '督办销账了',
  decide: (brief, until, ctx) =>
    `议定记下了，由${office(brief, ctx)}负责${dated(until, ctx, (date) => `，${date}前`)}`,
  follow_up: () => '回访记下了',
  known_matter: () => '记下了，再有人报我说已登记',
  screen: () => '核实的结果记下了，已告诉上报人',
  page: () => '知道您在处置了，不再叫别人',
};

const reclassified = (brief: Brief, ctx: WordsContext): string =>
  hushed(brief, ctx)
    ? '类别改好了'
    : `改成“${ctx.names.categoryShort(brief.category)}”了，归${office(brief, ctx)}`;

function dueTail(brief: Brief, ctx: WordsContext): string {
  const due = dueLine(brief, ctx);
  return due === null ? '' : `，${due}`;
}

export function done({ command, brief, until }: Templates['done'], ctx: WordsContext): string {
  const words = DONE[command]?.(brief, until, ctx) ?? '记下了';
  return `${no(brief, ctx)} ${words}。`;
}
