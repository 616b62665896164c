/** To dispatchers: what the rules could not settle, with the candidates and the words that settle it. */
import type { MessageKind, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { no, person, ref } from '../held-back.ts';
import { clip, lines } from '../lines.ts';
import { reference } from '../reference.ts';
import type { Words } from '../table.ts';
import { sampleDay } from '../typed-commands.ts';
import { reporterLine, urgent } from './officer.ts';
import { facts, fullTitle, quoted, reporterName, title } from './phrases.ts';
import { standing } from './reporter.ts';

const WHY: Readonly<Record<Templates['to_dispatch']['why'], string>> = {
  no_office: 'no office has this category',
  no_officer: 'nobody in the office can take it now',
  unanswered: 'the reporter was asked and has not answered; go on with what is known',
  protected: 'the reporter stays hidden, only you can see it',
  unclear: 'it is not clear what it is about',
  returned: 'the office gave it back',
  accused: 'someone of the office is concerned, it must not go there',
};

function toDispatch(params: Templates['to_dispatch'], ctx: WordsContext): string {
  const { brief, text, why, candidates, reporter } = params;
  const names = candidates.map((id) => ctx.names.office(id));
  const example = ctx.inGroup ? undefined : names[0];
  const n = ref(brief, ctx);
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}: please give it to an office${ctx.inGroup ? '' : `; ${WHY[why]}`}.`,
    facts(brief, text, ctx),
    reporterLine({ brief, reporter, hasContact: false }, ctx),
    names.length === 0 || ctx.inGroup ? null : `Possible: ${names.slice(0, 6).join(', ')}`,
    `${example === undefined ? `“交办 ${n}” and the office` : `“交办 ${n} ${example}”`}. Wrong category: “改类 ${n}” and the category.`,
  );
}

/** Kinds after which the person who calls may ask how it was. */
const ANSWERS: readonly MessageKind[] = ['resolved', 'explained', 'follow_up'];

function cannotReach(params: Templates['bot_cannot_reach'], ctx: WordsContext): string {
  const { brief, text, kind } = params;
  const who = ctx.inGroup
    ? 'someone'
    : (reporterName(params.person, ctx) ?? (clip(params.name, 40) || 'the reporter'));
  const words = quoted('To say: ', text, ctx);
  if (brief === null) return lines(`I can’t reach ${who}, please call.`, words);
  return lines(
    `${fullTitle(brief, ctx)}: I can’t reach ${who}, please call.`,
    `Now: ${standing(brief, ctx)}.`,
    words,
    ANSWERS.includes(kind)
      ? `Ask whether it is solved and write “回访 ${ref(brief, ctx)} 接通 已解决 满意” (reached, solved, satisfied).`
      : null,
  );
}

export const dispatcher = {
  to_dispatch: toDispatch,
  screening: ({ brief, text, to }, ctx) => {
    if (to === 'reporter')
      return `${title(brief, ctx)}: understood, you are not satisfied. The duty desk checks it and tells you.`;
    const n = ref(brief, ctx);
    return lines(
      `${fullTitle(brief, ctx)}: the reporter is still not satisfied, please check.`,
      quoted('The reporter: ', text, ctx),
      `“甄别 ${n} 重办” (do it again), “甄别 ${n} 转周期 到${sampleDay(ctx)}” (plan) or “甄别 ${n} 认定” and the ground (the answer stands).`,
    );
  },
  merge_proposed: ({ brief, with: other, text }, ctx) => {
    const same = other === null ? 'another case' : no(other, ctx);
    const into = other === null ? 'the other number' : ref(other, ctx);
    return lines(
      `${fullTitle(brief, ctx)}: said to be the same as ${same}.`,
      quoted('In full: ', text, ctx),
      `If so, “并案 ${ref(brief, ctx)} ${into}”; if not, nothing to do.`,
    );
  },
  bot_cannot_reach: cannotReach,
  case_stuck: ({ number, detail }, ctx) =>
    lines(
      `${reference(number, ctx)}: a reminder was due, but I ran into a fault.`,
      quoted('Detail: ', detail, ctx),
      'Nothing is lost and I try again every ten minutes; whoever runs me should look at the log.',
    ),
  quarantined_to_dispatcher: ({ account, sender, detail }, ctx) =>
    lines(
      'I could not handle a message; please ask its sender directly.',
      ctx.inGroup ? null : `Sender: ${clip(sender, 40)} (${clip(account, 40)})`,
      quoted('Detail: ', detail, ctx),
    ),
  complaint_to_admin: ({ text, by }, ctx) =>
    lines(
      'Someone complains about me.',
      quoted('Words: ', text, ctx),
      ctx.inGroup || by === null ? null : `From: ${person(by, 'not on the roster', ctx)}`,
    ),
} satisfies Partial<Words>;
