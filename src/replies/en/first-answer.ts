/** The first answer to whoever wrote: a number at once, one question at most, danger before all else. */
import type { Brief, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no, ref, said } from '../held-back.ts';
import { clip, head, lines } from '../lines.ts';
import { reference, typed } from '../reference.ts';
import type { Words } from '../table.ts';
import { byDay } from './dates.ts';
import { office, promise, title, what } from './phrases.ts';

function course(brief: Brief, ctx: WordsContext): string {
  if (brief.office === null) return 'The duty desk will tell you who takes it.';
  const when = brief.dueAt === null ? 'when it is done' : byDay(brief.dueAt, ctx);
  return `It goes to ${office(brief, ctx)}; you get an answer ${when}.`;
}

function receipt({ brief, known, fromPost }: Templates['receipt'], ctx: WordsContext): string {
  if (known)
    return `${title(brief, ctx)}: already noted and in hand, no need to report it again. ${promise(brief, ctx)}`;
  const kept = brief.protected && !ctx.inGroup ? ' Only the duty desk knows it came from you.' : '';
  const check = fromPost ? ` Wrong place? Write “更正 ${ref(brief, ctx)}” and where it is.` : '';
  return `Noted ${no(brief, ctx)}: ${what(brief, ctx)}. ${course(brief, ctx)}${kept}${check}`;
}

/** What may be done at once without help, by sub-category. Never names a person. */
const ADVICE: Readonly<Record<string, string>> = {
  'safety.fire': 'Keep well away; if you smell gas, no lights and no flames.',
  'safety.injury':
    'Do not move the injured; if someone is in the water, do not jump in, throw a rope or a pole.',
  'safety.crime': 'Do not step in between, keep yourself safe.',
  'safety.geo': 'Go uphill to the side at once; do not go back for anything.',
  'safety.missing': 'Search nearby with neighbours, water and crossroads first.',
  'power.wire': 'Keep well away from the wire and keep others away.',
  'road.block': 'Do not pass below; stop cars and people on both sides.',
  'water.danger': 'Go to higher ground, away from the water.',
  'water.quality': 'Do not drink the water; tell the houses around.',
  'health.epidemic': 'Keep what is left of the food, eat no more of it.',
  'house.danger': 'Everybody out, do not go back in.',
};
const ANY_ADVICE = 'Get everybody away from the danger first.';

function lead(brief: Brief, ctx: WordsContext): string {
  if (brief.category.endsWith('.other') || hushed(brief, ctx)) return `Noted ${no(brief, ctx)}.`;
  return `Noted ${no(brief, ctx)}, ${ctx.names.categoryShort(brief.category)}.`;
}

function emergency(params: Templates['emergency'], ctx: WordsContext): string {
  const { hotlines, dutyPhone, category, needPlace, paged, number } = params;
  const call = hotlines.length === 0 ? '110' : hotlines.join(' or ');
  const duty = dutyPhone === null ? '' : `, township duty desk ${dutyPhone}`;
  const which = number === null ? '' : ` (${shortOf(number, ctx)})`;
  const help = paged
    ? 'I am calling the people on duty now.'
    : 'I have not reached the people on duty yet, please call them too.';
  return lines(
    `People first! Call ${call} now${duty}.${which}`,
    `${ADVICE[category] ?? ANY_ADVICE} ${help}`,
    needPlace ? 'Tell us where it is, do not wait.' : 'Whoever is near, please help, and stay safe yourself.',
  );
}

const shortOf = (number: string, ctx: WordsContext): string => reference(number, ctx);

const NO_PLACE = 'Which group, what place? If it is hard to say, never mind: the duty desk will ask you.';

export const firstAnswer = {
  receipt,
  receipt_self_handled: ({ brief }, ctx) =>
    `Noted ${no(brief, ctx)}: ${what(brief, ctx)}, solved by you and closed. Thank you!`,
  receipt_joined: ({ brief }, ctx) =>
    `${title(brief, ctx)}: somebody reported it before; you are added and need not report it again. ${promise(brief, ctx)}`,
  receipt_known: ({ text }) =>
    lines(
      'This is noted already and in hand, no need to report it again.',
      text.trim() === '' ? null : `Noted: ${clip(text, 120)}`,
    ),
  ask_place: ({ brief }, ctx) => `${brief === null ? 'Thank you.' : lead(brief, ctx)} ${NO_PLACE}`,
  ask_matter: ({ brief }, ctx) =>
    brief === null
      ? 'Thank you. What is it about? One sentence is enough, like “3组桥头路灯不亮”.'
      : `Noted ${no(brief, ctx)}. What is it about? One sentence is enough; if it is hard to write, the duty desk will ask you.`,
  ask_confirm_report: ({ summary }, ctx) => {
    const words = said(summary, ctx);
    const quote = words === null ? '' : `: “${clip(words, 60)}”`;
    return `Shall I note this as a report${quote}? If yes, reply “是”; if not, no need to answer.`;
  },
  ask_which_case: ({ candidates, numbered }, ctx) => {
    const { shown, left } = head(candidates, 8);
    return lines(
      numbered
        ? 'Which one do you mean? Reply the digit in front.'
        : 'Which one do you mean? Please add its number.',
      ...shown.map((brief, i) => `${numbered ? `${i + 1}. ` : ''}${title(brief, ctx)}`),
      left > 0 ? `${left} more are not shown; their number works too.` : null,
    );
  },
  ask_which_request: ({ number, requests }, ctx) => {
    const n = typed(number, ctx);
    const how = requests.map((one) =>
      one === 'extension' ? `“同意延期 ${n}” (more time)` : `“同意挂账 ${n}” (defer)`,
    );
    return `${reference(number, ctx)} has ${requests.length} requests that wait for you. Which one: ${how.join(' or ')}?`;
  },
  ask_still_broken: ({ brief }, ctx) =>
    `${title(brief, ctx)}: this was closed. Is it still not right? Then reply “${ref(brief, ctx)} 没解决” and it is done again.`,
  ask_withdraw: ({ brief }, ctx) =>
    `${no(brief, ctx)}: you recalled that message. Drop the matter too? Then reply “撤回 ${ref(brief, ctx)}”; otherwise no need to answer.`,
  emergency,
  private: ({ dutyPhone, reachable, recall }) => {
    const away = recall ? 'Please recall your last message first. ' : '';
    if (reachable) return `${away}Let us talk about this in private; I have written to you.`;
    const call =
      dutyPhone === null ? 'please ask the duty desk directly' : `please call the duty desk, ${dutyPhone}`;
    return `${away}Not in the group, ${call}.`;
  },
  discipline: () =>
    'I may not take this kind of matter and have kept nothing of it. Please call 12388 (discipline commission) or 12380 (organisation department) directly.',
  voice_hint: () =>
    'I cannot listen to voice messages. Please press and hold it, choose “转文字” (to text) and send me the text.',
  forwarded_hint: () =>
    'I cannot read forwarded chats. Please say it in your own words: where, and what is the matter.',
} satisfies Partial<Words>;
