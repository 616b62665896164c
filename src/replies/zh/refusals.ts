/** When something can't be done: what happened, that nothing was lost, and what to do instead. */
import type { RefusalCode, RefusalParams } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { clip } from '../lines.ts';
import { reference, shortNumber, typed } from '../reference.ts';
import { type Role, typedCommand } from '../typed-commands.ts';
import { commandName, ROLES } from './commands.ts';
import { byDay, day } from './dates.ts';

interface Refused {
  readonly code: RefusalCode;
  readonly command: string;
  /** 办结 */
  readonly name: string;
  /** `#0042 `, or nothing. */
  readonly no: string;
  /** What to write for the case: 42 or 号码. */
  readonly n: string;
  readonly usage: string;
  readonly who: Role;
  readonly date: string | null;
  readonly by: string | null;
  /** 可以写：村建办、供电所。 */
  readonly choices: string;
  readonly word: string | null;
  /** The number as it was asked for: a hidden case's full number would tell that it exists. */
  readonly bare: string;
  readonly state: RefusalParams['state'];
  readonly phone: string | null;
}

const STATES = {
  reported: '还没分派',
  assigned: '还没有人接单',
  in_progress: '正在办',
  resolved: '已经答复，在等评价',
  closed: '已经结了',
  deferred: '先挂着账',
  cancelled: '已经撤销',
} as const;

function afterState({ state, n }: Refused): string {
  switch (state) {
    case 'reported':
      return '值班员分派以后再来。';
    case 'assigned':
      return `承办人先回“接单 ${n}”。`;
    case 'in_progress':
      return `想知道办到哪一步，回“查询 ${n}”。`;
    case 'resolved':
    case 'closed':
      return `要是还没好，上报人回“${n} 没解决”，就重新办。`;
    case 'cancelled':
      return '要办的话请重新说一遍，我记个新号。';
    default:
      return `回“查询 ${n}”看看到哪一步了。`;
  }
}

const TURN: Readonly<Record<Role, (r: Refused) => string>> = {
  officer: ({ n }) => `想知道办到哪一步，回“查询 ${n}”。`,
  leader: () => '请跟分管领导说一声。',
  secretary: () => '请跟书记或值班员说一声。',
  dispatcher: () => '请跟值班员说一声，他来改。',
  reporter: () => '请上报人来回，或请值班员代记。',
};

const VERBS: Readonly<Record<Role, string>> = {
  officer: '来办',
  leader: '来定',
  secretary: '来定',
  dispatcher: '来办',
  reporter: '本人来回',
};

function notYours(r: Refused): string {
  if (r.who === 'officer' && ['resolve', 'explain', 'progress'].includes(r.command))
    return `${r.no}${r.name}要由承办人来回，我不能代改。您要是觉得已经好了，回“${r.n} 好了”，我转告他。`;
  return `${r.no}${r.name}要由${ROLES[r.who]}${VERBS[r.who]}，我没有改动。${TURN[r.who](r)}`;
}

const OVER: readonly RefusalParams['state'][] = ['resolved', 'closed', 'cancelled'];

/** The desk refuses a second time and an action on what is over with one code: the state tells which. */
function alreadyDone(r: Refused): string {
  if (r.state === null || !OVER.includes(r.state))
    return `${r.no}${r.name}前面已经记过了，不用再来一次。到哪一步了，回“查询 ${r.n}”。`;
  return `${r.no}${STATES[r.state]}，不用再${r.name}，原来的没有动。${afterState(r)}`;
}

const LATE: Readonly<Record<string, string>> = {
  request_extension: '延期要在到期以前提',
  rate: '评价的时间过了',
  reopen: '结了太久，不能在原来那件上重办',
  withdraw: '已经办好了，来不及撤',
  correct: '已经办好了，来不及改',
};

function tooLate(r: Refused): string {
  const when = r.date === null ? '' : `（${r.date}到期）`;
  const next = ['rate', 'reopen', 'withdraw', 'correct', 'supplement'].includes(r.command)
    ? '有新情况请再说一遍，我记个新号。'
    : `请尽快办，办好回“办结 ${r.n} 做了什么”，或先回“进展 ${r.n} 做了什么”。`;
  return `${r.no}${LATE[r.command] ?? `${r.name}来得晚了`}${when}，原来的没有动。${next}`;
}

const LIMITS: Readonly<Record<string, string>> = {
  request_extension: '延期的次数用完了，请按时办，办不了就回“无法办理”或“挂账”并写原因',
  urge: '催的次数到了，承办人已经知道',
};

const SENTENCES: Readonly<Record<RefusalCode, (r: Refused) => string>> = {
  not_yours: notYours,
  no_such_case: ({ bare }) => `没有找到${bare}。请看看号码对不对，写“查询”能看到您的事。`,
  wrong_state: (r) =>
    r.state === null
      ? `${r.no}现在这一步不能${r.name}，原来的没有动。${afterState(r)}`
      : `${r.no}${STATES[r.state]}，现在不能${r.name}，原来的没有动。${afterState(r)}`,
  already_done: alreadyDone,
  too_late: tooLate,
  too_early: ({ no, name, date, n, command }) =>
    ['rate', 'reopen'].includes(command)
      ? `${no}还在办，等有了答复再说满不满意，没有记。看进度回“查询 ${n}”。`
      : `${no}现在${name}还早了些${date === null ? '' : `，要等到${date}`}，原来的没有动。看进度回“查询 ${n}”。`,
  past_date: ({ no, name, date, usage }) =>
    `${no}${name}写的${date === null ? '日子' : date}已经过去了，没有改。请写今天以后的日子，如“${usage}”。`,
  needs_reason: ({ no, name, usage }) => `${no}${name}要写一句原因，原来的没有动。如“${usage}”。`,
  needs_date: ({ no, name, usage }) => `${no}${name}要写到哪一天，原来的没有动。如“${usage}”。`,
  needs_words: ({ no, name, usage }) => `${no}${name}要写一句话，好转告别人，原来的没有动。如“${usage}”。`,
  needs_office: ({ no, name, choices, usage }) =>
    `${no}${name}要写交给哪个单位，原来的没有动。${choices || `如“${usage}”。`}`,
  unknown_office: ({ no, word, choices }) =>
    `${no}没能交给${word ?? '您写的单位'}：没有这个单位，或者眼下没有能接的人，原来的没有动。${choices || '请换一个，或写单位的全名。'}`,
  unknown_person: ({ no, word, choices }) =>
    `${no}没有找到能接的人${word === null ? '' : `（${word}）`}，原来的没有动。${choices || '请写全名，或请管理员补进名册。'}`,
  unknown_category: ({ no, word, choices }) =>
    `${no}没有找到${word === null ? '这个类别' : `${word}这个类别`}，原来的没有动。${choices || '请换个常用的说法，如“路灯”“供水”。'}`,
  limit_reached: ({ no, name, command }) =>
    `${no}${LIMITS[command] ?? `${name}的次数到了，这回没有记`}。要商量就跟值班员说。`,
  own_work: ({ no, name }) => `${no}是您这边办的，${name}要由上报人来，这一句没有记。请上报人说一声就行。`,
  nothing_waits: ({ no, name, n }) => `${no}眼下没有要您${name}的，没有改动。看进度回“查询 ${n}”。`,
  private_only: ({ no, name, usage }) => `${no}${name}只能私下来，请私信我写“${usage}”。`,
  not_for_you: notYours,
  accused_office: ({ no, name, choices }) =>
    `${no}${name}给这里不合适，要回避，原来的没有动。${choices || '请换一个单位。'}`,
  same_office: ({ no, choices, usage }) =>
    `${no}本来就在这个单位，没有改动。要换就写别的单位，${choices || `如“${usage}”。`}`,
  no_higher_tier: ({ no }) => `${no}已经在最上面一级了，没有再往上的。要快些，请跟书记或值班员说。`,
  already_urged: ({ no, by }) =>
    `${no}今天已经催过一次，承办人收到了${by === null ? '' : `，最迟${by}给您回话`}。明天还没动静再催。`,
  no_contact: ({ no, n }) => `${no}没有留电话。要问什么，回“询问 ${n} 您的问题”，我替您问。`,
  unauthorized: (r) =>
    `${r.no}${r.command === '' ? '这' : r.name}要${ROLES[r.who]}才能办，没有改动。${TURN[r.who](r)}`,
  needs_reference: ({ no, usage }) => `${no}您说的是哪一件？没有改动。请带上号码，如“${usage}”。`,
  not_possible_here: notHere,
};

function notHere(r: Refused): string {
  if (r.command === 'withdraw')
    return `${r.no}还有别人也报了，要接着办，不能整件撤。您不想再收消息，请跟值班员说。`;
  const call = r.phone === null ? '或找值班员' : `或打值班电话 ${r.phone}`;
  return `${r.no}这里不能${r.name}，没有改动。请私信我，${call}。`;
}

function choicesOf(candidates: readonly string[]): string {
  return candidates.length === 0
    ? ''
    : `可以写：${candidates
        .slice(0, 4)
        .map((name) => clip(name, 12))
        .join('、')}。`;
}

export function refused(params: RefusalParams, ctx: WordsContext): string {
  const { code, command, number, date, word, state } = params;
  const { who, usage } = typedCommand(command);
  const n = number === null ? '号码' : typed(number, ctx);
  return SENTENCES[code]({
    code,
    command: command ?? '',
    name: commandName(command),
    no: number === null ? '' : `${reference(number, ctx)} `,
    n,
    usage: usage(n, ctx),
    who: params.turnTo ?? who,
    date: date === null ? null : day(date, ctx),
    by: date === null ? null : byDay(date, ctx),
    choices: ctx.inGroup && code === 'unknown_person' ? '' : choicesOf(params.candidates),
    word: word === null || ctx.inGroup ? null : `“${clip(word, 12)}”`,
    bare: number === null ? '这一件' : ` ${shortNumber(number)}`,
    state,
    phone: ctx.township.dutyPhone,
  });
}
