/** From what is said to whom to rows of the outbox: which account, which chat, when. Pure. */

import type { Case, Party, Reporter } from '../domain/case.ts';
import { briefOf, type Notice } from '../domain/decide/work.ts';
import type { Policy } from '../domain/policy.ts';
import type { Presence } from '../domain/routing.ts';
import { outOfQuiet } from '../kernel/quiet.ts';
import { localDate } from '../kernel/zone.ts';
import type { Inbound } from '../port.ts';
import type { OutboxDraft } from '../store/port.ts';

export interface DeliveryContext {
  readonly policy: Policy;
  readonly now: number;
  /** Null where the clock speaks. */
  readonly inbound: Inbound | null;
  readonly accounts: readonly string[];
  readonly present: Presence;
  readonly caseOf: (number: string) => Case | null;
}

/** bridge.md: emergency, page, receipt (or private), assignment, the rest. */
const ORDER: Readonly<Record<string, number>> = {
  emergency: 0,
  page: 1,
  private: 2,
  receipt: 2,
  ask: 2,
  assignment: 3,
};

export function deliver(notices: readonly Notice[], ctx: DeliveryContext): readonly OutboxDraft[] {
  const ranked = notices.map((notice, at) => ({ notice, at, rank: ORDER[notice.kind] ?? 4 }));
  ranked.sort((a, b) => a.rank - b.rank || a.at - b.at);
  return ranked.flatMap(({ notice }) => draftsOf(notice, ctx));
}

function draftsOf(notice: Notice, ctx: DeliveryContext): readonly OutboxDraft[] {
  const { to } = notice;
  if (to.to === 'origin') return toOrigin(to.reporter, notice, ctx);
  if (to.to === 'party') return toParty(to.who, notice, ctx);
  const { inbound } = ctx;
  if (inbound === null) throw new Error(`${notice.kind} answers a message, but the clock speaks`);
  const here = to.to === 'here' || inbound.chat.kind === 'direct';
  const chat = here ? inbound.chat : ({ id: inbound.sender.id, kind: 'direct' } as const);
  const address = here ? inbound.address : null;
  const replyTo = here ? inbound.messageId : null;
  return [{ ...draft(notice, ctx), account: inbound.account, chat, address, replyTo }];
}

/** The chat a case was reported in, by the message that did; in private where the matter left the group. */
function toOrigin(reporter: Reporter, notice: Notice, ctx: DeliveryContext): readonly OutboxDraft[] {
  const about = notice.case === null ? null : ctx.caseOf(notice.case);
  const [account, id, message] = reporter.message?.split('|') ?? [];
  const quiet = about === null || about.sensitive || about.protected;
  if (quiet || account === undefined || id === undefined || !ctx.accounts.includes(account))
    return toParty(reporter.who, notice, ctx);
  const kind = about.source === 'group' ? 'group' : 'direct';
  return [
    {
      ...draft(notice, ctx),
      account,
      chat: { id, kind },
      address: null,
      replyTo: message === '' ? null : (message ?? null),
    },
  ];
}

function toParty(who: Party, notice: Notice, ctx: DeliveryContext): readonly OutboxDraft[] {
  const places = placesOf(notice.work ? atWork(who, notice, ctx) : who, notice, ctx);
  const used = notice.everywhere ? places : places.slice(0, 1);
  if (used.length === 0) return unreachable(who, notice, ctx);
  return used.map(({ account, id }) => ({
    ...draft(notice, ctx),
    account,
    chat: { id, kind: 'direct' },
    address: null,
    replyTo: null,
  }));
}

/** The deputy of somebody away, but never one whom the matter accuses. */
function atWork(who: Party, notice: Notice, ctx: DeliveryContext): Party {
  const deputy = ctx.present(who) ?? who;
  const about = notice.case === null ? null : ctx.caseOf(notice.case);
  return about?.accused.includes(deputy) ? who : deputy;
}

interface Place {
  readonly account: string;
  readonly id: string;
}

/** Where a party can be written to: an alias is resolved while sending, so that no row says who it is. */
function placesOf(
  who: Party,
  notice: Notice,
  { policy, accounts, caseOf }: DeliveryContext,
): readonly Place[] {
  if (who.startsWith('~')) {
    const via = (notice.case === null ? null : caseOf(notice.case))?.reporters.find(
      (one) => one.who === who,
    )?.via;
    return via !== undefined && via !== null && accounts.includes(via) ? [{ account: via, id: who }] : [];
  }
  if (who.startsWith('@')) {
    const cut = who.indexOf(':');
    const account = who.slice(1, cut);
    return accounts.includes(account) ? [{ account, id: who.slice(cut + 1) }] : [];
  }
  const person = policy.directory.person(who);
  return accounts.flatMap((account) => {
    const id = person?.accounts[account];
    return id === undefined ? [] : [{ account, id }];
  });
}

/** A person without an account is a task for the dispatcher: someone has to call. The admins', where none is reached. */
function unreachable(who: Party, notice: Notice, ctx: DeliveryContext): readonly OutboxDraft[] {
  const { policy } = ctx;
  const { dispatchers, admins } = policy.roster.roles;
  const reached = (one: string) => one !== who && placesOf(one, notice, ctx).length > 0;
  const callers = dispatchers.some(reached) ? dispatchers.filter(reached) : admins.filter(reached);
  const person = who.startsWith('~') ? null : policy.directory.person(who);
  const about = notice.case === null ? null : ctx.caseOf(notice.case);
  const say = {
    template: 'bot_cannot_reach',
    params: {
      person: person?.id ?? null,
      name: person?.name ?? '',
      kind: notice.kind,
      brief: about === null ? null : briefOf(about),
      text: wordsIn(notice),
    },
  } as const;
  return callers.flatMap((caller) =>
    placesOf(caller, notice, ctx)
      .slice(0, 1)
      .map(({ account, id }) => ({
        ...draft({ ...notice, kind: 'notice', say }, ctx),
        account,
        chat: { id, kind: 'direct' as const },
        address: null,
        replyTo: null,
      })),
  );
}

/** What the person who calls should say: the free words of the message, where it has any. */
function wordsIn({ say }: Notice): string {
  const { params } = say;
  return 'text' in params && typeof params.text === 'string' ? params.text : '';
}

type Undirected = Omit<OutboxDraft, 'account' | 'chat' | 'address' | 'replyTo'>;

function draft(notice: Notice, ctx: DeliveryContext): Undirected {
  const { case: about, states } = notice;
  return {
    kind: notice.kind,
    say: notice.say,
    case: about,
    cases: about === null ? [] : [about],
    priority: notice.urgent ? 0 : 5,
    dueAt: whenOf(notice, ctx),
    guard: about === null || states === null ? null : { case: about, states },
    mergeKey: mergeKeyOf(notice, ctx),
    media: [],
  };
}

/** Quiet hours hold back only what nobody asked for; U1 waits for nothing. Held is later, never lost. */
function whenOf({ hold, urgent, at }: Notice, { policy, now }: DeliveryContext): number {
  const { settings, calendar } = policy;
  const from = Math.max(now, at ?? now);
  if (urgent || hold === 'now') return from;
  if (hold === 'morning') return calendar.nextWorkingMorning(from, settings.ladder.morning);
  return outOfQuiet(from, settings.quietHours, calendar.timezone);
}

/** One message a person a morning; proposals of supervision are a message of their own. */
function mergeKeyOf(notice: Notice, ctx: DeliveryContext): string | null {
  if (notice.hold !== 'morning' || notice.to.to !== 'party') return null;
  const day = localDate(whenOf(notice, ctx), ctx.policy.calendar.timezone);
  const person = notice.work ? atWork(notice.to.who, notice, ctx) : notice.to.who;
  const what = notice.kind === 'supervision_proposed' ? 'proposals' : 'morning';
  return `${what}:${person}:${day}`;
}
