/** When something can't be done: what happened, that nothing was lost, and what to do instead. */
import type { RefusalCode, RefusalParams } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { clip } from '../lines.ts';
import { reference, shortNumber, typed } from '../reference.ts';
import { type Role, typedCommand } from '../typed-commands.ts';
import { commandName, ROLES } from './commands.ts';
import { byDay, day } from './dates.ts';

interface Refused {
  readonly command: string;
  /** marking as done */
  readonly name: string;
  /** `#0042: `, or nothing. */
  readonly no: string;
  /** What to write for the case: 42 or <number>. */
  readonly n: string;
  readonly usage: string;
  readonly who: Role;
  readonly date: string | null;
  readonly by: string | null;
  readonly choices: string;
  readonly word: string | null;
  /** The number as it was asked for: a hidden case's full number would tell that it exists. */
  readonly bare: string;
  readonly state: RefusalParams['state'];
  readonly phone: string | null;
}

const STATES = {
  reported: 'nobody has it yet',
  assigned: 'it is not accepted yet',
  in_progress: 'it is being worked on',
  resolved: 'it is answered and waits for a rating',
  closed: 'it is closed',
  deferred: 'it is deferred',
  cancelled: 'it is cancelled',
} as const;

function afterState({ state, n }: Refused): string {
  switch (state) {
    case 'reported':
      return 'Wait until the duty desk has assigned it.';
    case 'assigned':
      return `The officer first writes “接单 ${n}”.`;
    case 'resolved':
    case 'closed':
      return `If it is not right, the reporter writes “${n} 没解决”.`;
    case 'cancelled':
      return 'If it is needed, say it again and it gets a new number.';
    default:
      return `“查询 ${n}” tells how it stands.`;
  }
}

const TURN: Readonly<Record<Role, (r: Refused) => string>> = {
  officer: ({ n }) => `“查询 ${n}” tells how it stands.`,
  leader: () => 'Please tell the office leader.',
  secretary: () => 'Please tell the secretary or the duty desk.',
  dispatcher: () => 'Please tell the duty desk.',
  reporter: () => 'Please ask the reporter to say so, or the duty desk to note it for them.',
};

function notYours(r: Refused): string {
  if (r.who === 'officer' && ['resolve', 'explain', 'progress'].includes(r.command))
    return `${r.no}${r.name} is for the officer in charge, I can’t do it for them. If you think it is all right now, reply “${r.n} 好了” and I tell them.`;
  return `${r.no}${r.name} is for ${ROLES[r.who]}; nothing was changed. ${TURN[r.who](r)}`;
}

const OVER: readonly RefusalParams['state'][] = ['resolved', 'closed', 'cancelled'];

/** The desk refuses a second time and an action on what is over with one code: the state tells which. */
function alreadyDone(r: Refused): string {
  if (r.state === null || !OVER.includes(r.state))
    return `${r.no}${r.name} was noted before, once is enough. “查询 ${r.n}” tells how it stands.`;
  return `${r.no}${STATES[r.state]}, ${r.name} is not needed any more. ${afterState(r)}`;
}

function tooLate(r: Refused): string {
  const when = r.date === null ? '' : ` (it was due ${r.date})`;
  const next = ['rate', 'reopen', 'withdraw', 'correct', 'supplement'].includes(r.command)
    ? 'If something is new, say it again and it gets a new number.'
    : `Please finish soon: “办结 ${r.n}” and what you did, or “进展 ${r.n}” and how far it is.`;
  return `${r.no}it is too late for ${r.name}${when}; nothing was changed. ${next}`;
}

function limitReached({ no, name, command }: Refused): string {
  const then =
    command === 'request_extension'
      ? 'Please keep the date, or write “无法办理” or “挂账” and why.'
      : 'Please talk to the duty desk.';
  return `${no}no more ${name}: the limit is reached. ${then}`;
}

function notHere(r: Refused): string {
  if (r.command === 'withdraw')
    return `${r.no}others reported it too, so it goes on. If you want no more messages, tell the duty desk.`;
  const call = r.phone === null ? 'or ask the duty desk' : `or call the duty desk, ${r.phone}`;
  return `${r.no}${r.name} does not work here; nothing was changed. Please write to me in private, ${call}.`;
}

function tooEarly({ no, name, date, n, command }: Refused): string {
  if (['rate', 'reopen'].includes(command))
    return `${no}it is still being worked on; please rate it once it is answered. “查询 ${n}” tells how it stands.`;
  const when = date === null ? '' : `, wait until ${date}`;
  return `${no}it is too early for ${name}${when}; nothing was changed. “查询 ${n}” tells how it stands.`;
}

const SENTENCES: Readonly<Record<RefusalCode, (r: Refused) => string>> = {
  not_yours: notYours,
  no_such_case: ({ bare }) => `I did not find ${bare}. Please check the number; “查询” shows your matters.`,
  wrong_state: (r) =>
    `${r.no}${r.state === null ? 'at this point' : STATES[r.state]}, ${r.name} is not possible now; nothing was changed. ${afterState(r)}`,
  already_done: alreadyDone,
  too_late: tooLate,
  too_early: tooEarly,
  past_date: ({ no, date, usage }) =>
    `${no}${date ?? 'that day'} is over; nothing was changed. Please write a later day, like “${usage}”.`,
  needs_reason: ({ no, name, usage }) => `${no}${name} needs a reason; nothing was changed. Like “${usage}”.`,
  needs_date: ({ no, name, usage }) => `${no}${name} needs a day; nothing was changed. Like “${usage}”.`,
  needs_words: ({ no, name, usage }) =>
    `${no}${name} needs a few words that I can pass on; nothing was changed. Like “${usage}”.`,
  needs_office: ({ no, name, choices, usage }) =>
    `${no}${name} needs an office; nothing was changed. ${choices || `Like “${usage}”.`}`,
  unknown_office: ({ no, word, choices }) =>
    `${no}I could not give it to ${word ?? 'that office'}: there is none of that name, or nobody there can take it now. Nothing was changed. ${choices || 'Please write another, or its full name.'}`,
  unknown_person: ({ no, word, choices }) =>
    `${no}I found nobody who can take it${word === null ? '' : ` (${word})`}; nothing was changed. ${choices || 'Please write the full name, or ask an admin to add them.'}`,
  unknown_category: ({ no, word, choices }) =>
    `${no}I don’t know the category${word === null ? '' : ` ${word}`}; nothing was changed. ${choices || 'Please use a common word, like “路灯” or “供水”.'}`,
  limit_reached: limitReached,
  own_work: ({ no, name }) =>
    `${no}this was your side’s work, so ${name} is for the reporter; your word was not noted. Please let the reporter say so.`,
  nothing_waits: ({ no, name, n }) =>
    `${no}nothing waits for you here (${name}); nothing was changed. “查询 ${n}” tells how it stands.`,
  private_only: ({ no, name, usage }) =>
    `${no}${name} only works in private; please write “${usage}” to me there.`,
  not_for_you: notYours,
  accused_office: ({ no, choices }) =>
    `${no}it must not go there, because of those concerned; nothing was changed. ${choices || 'Please choose another office.'}`,
  same_office: ({ no, choices, usage }) =>
    `${no}that office has it already; nothing was changed. ${choices || `To choose another: “${usage}”.`}`,
  no_higher_tier: ({ no }) =>
    `${no}it is at the highest level already. If it is urgent, tell the secretary or the duty desk.`,
  already_urged: ({ no, by }) =>
    `${no}the officer was asked to hurry today already${by === null ? '' : `; you get an answer ${by}`}. Tomorrow you may ask again.`,
  no_contact: ({ no, n }) => `${no}no phone number was left. “询问 ${n}” and your question: I ask for you.`,
  unauthorized: (r) =>
    `${r.no}${r.command === '' ? 'this' : r.name} is for ${ROLES[r.who]} only; nothing was changed. ${TURN[r.who](r)}`,
  needs_reference: ({ no, usage }) =>
    `${no}which one do you mean? Nothing was changed. Please add the number, like “${usage}”.`,
  not_possible_here: notHere,
};

export function refused(params: RefusalParams, ctx: WordsContext): string {
  const { code, command, number, date, word, state, candidates } = params;
  const n = number === null ? '号码' : typed(number, ctx);
  const { who, usage } = typedCommand(command);
  const few = candidates.slice(0, 4).map((name) => clip(name, 16));
  const hidden = few.length === 0 || (ctx.inGroup && code === 'unknown_person');
  const sentence = SENTENCES[code]({
    command: command ?? '',
    name: commandName(command),
    no: number === null ? '' : `${reference(number, ctx)}: `,
    n,
    usage: usage(n, ctx),
    who: params.turnTo ?? who,
    date: date === null ? null : day(date, ctx),
    by: date === null ? null : byDay(date, ctx),
    choices: hidden ? '' : `You can write: ${few.join(', ')}.`,
    word: word === null || ctx.inGroup ? null : `“${clip(word, 16)}”`,
    bare: number === null ? 'it' : shortNumber(number),
    state,
    phone: ctx.township.dutyPhone,
  });
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
