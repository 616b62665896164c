/**
 * One decision in the making: a case, the events that happen to it and what is said about them.
 * Local to one call of `decide`; nothing of it outlives the call.
 */
import type { LocalDate } from '../../kernel/zone.ts';
import { apply } from '../apply.ts';
import type { Behalf, Case, CaseState, Instant, Party, Reporter } from '../case.ts';
import type { CaseEvent, EventData, EventType } from '../events.ts';
import type { Brief, MessageKind, RefusalCode, RefusalParams, Say } from '../messages.ts';
import type { Policy } from '../policy.ts';
import type { Actor, Standing } from '../rights.ts';
import { standing } from '../rights.ts';
import type { OfficeId, PersonId } from '../roster.ts';
import type { Presence } from '../routing.ts';

/** What a decision may look at beside the case and the command. */
export interface Ctx {
  readonly policy: Policy;
  readonly now: Instant;
  /** What the clock on the wall shows, where a step is caught up and `now` is the time that it was for. */
  readonly clock?: Instant;
  /** Null where the clock acts. */
  readonly actor: Actor | null;
  readonly behalf: Behalf | null;
  /** The platform's id of the message that caused it. */
  readonly message: string | null;
  readonly openCounts: ReadonlyMap<string, number>;
  readonly present: Presence;
  /** The last local day on which this party was asked for a rating, or will be: a question put off takes its day. */
  readonly ratingAskedOn: (who: Party) => string | null;
}

/** To whom: where the message came from, its sender in private, a party of the case, or the chat it was reported in. */
export type To =
  | { readonly to: 'here' }
  | { readonly to: 'sender' }
  | { readonly to: 'party'; readonly who: Party }
  | { readonly to: 'origin'; readonly reporter: Reporter };

/** `now` answers the sender; `quiet` waits out the night; `morning` joins the one message of the next morning. */
export type Hold = 'now' | 'quiet' | 'morning';

export interface Notice {
  readonly to: To;
  readonly kind: MessageKind;
  readonly say: Say;
  readonly case: string | null;
  readonly hold: Hold;
  /** U1 goes before all else and waits for nothing. */
  readonly urgent: boolean;
  /** Dropped where the case has left these states by the time it would go. */
  readonly states: readonly CaseState[] | null;
  /** Not before this instant. */
  readonly at: Instant | null;
  /** Work goes to the deputy while the person is away. */
  readonly work: boolean;
  /** Page on every account the person has. */
  readonly everywhere: boolean;
}

export interface Asked {
  readonly who: Party;
  readonly on: LocalDate;
}

export interface Done {
  readonly ok: true;
  readonly cases: readonly Case[];
  readonly events: readonly CaseEvent[];
  readonly notices: readonly Notice[];
  /** Who was asked for a rating, and the local day on which the question arrives. */
  readonly asked: readonly Asked[];
}
export interface Refused {
  readonly ok: false;
  readonly refusal: RefusalParams;
}
export type Decision = Done | Refused;

export function refuse(code: RefusalCode, more: Partial<Omit<RefusalParams, 'code'>> = {}): Refused {
  const blank = {
    command: null,
    number: null,
    state: null,
    turnTo: null,
    candidates: [],
    date: null,
    word: null,
  };
  return { ok: false, refusal: { ...blank, ...more, code } };
}

export const briefOf = (c: Case): Brief => ({
  number: c.number,
  state: c.state,
  category: c.category,
  urgency: c.urgency,
  village: c.village,
  groups: c.groups,
  neighborhood: c.neighborhood,
  place: c.place,
  households: c.households,
  summary: c.summary,
  office: c.office,
  assignee: c.assignee,
  firstOffice: c.firstOffice,
  dueAt: c.dueAt,
  receivedAt: c.receivedAt,
  sensitive: c.sensitive,
  protected: c.protected,
  level: c.level,
  since: c.since,
  outcome: c.outcome,
  reviewAt: c.reviewAt,
});

type SayOptions = Partial<Pick<Notice, 'hold' | 'states' | 'at' | 'work' | 'everywhere'>>;

export class Work {
  case: Case;
  readonly ctx: Ctx;
  readonly #events: CaseEvent[] = [];
  readonly #notices: Notice[] = [];
  readonly #asked: Asked[] = [];

  constructor(c: Case, ctx: Ctx) {
    this.case = c;
    this.ctx = ctx;
  }

  get brief(): Brief {
    return briefOf(this.case);
  }

  get standing(): Standing {
    const nobody: Actor = { who: 'clock', person: null, alias: '', deputyFor: [] };
    return standing(this.ctx.policy, this.case, this.ctx.actor ?? nobody);
  }

  /** The person the case's history names for the actor: the alias where a protected reporter acts. */
  get by(): Party {
    const { actor } = this.ctx;
    if (actor === null) return 'clock';
    const aliased = this.case.reporters.some(({ who }) => who === actor.alias);
    return aliased ? actor.alias : actor.who;
  }

  event<T extends EventType>(type: T, data: EventData[T]): this {
    const { now, behalf, message } = this.ctx;
    const event = {
      case: this.case.number,
      seq: this.case.version + 1,
      type,
      at: now,
      by: this.by,
      behalf,
      message,
      data,
    } as CaseEvent;
    this.case = apply(this.case, event);
    this.#events.push(event);
    return this;
  }

  say(to: To, kind: MessageKind, say: Say, options: SayOptions = {}): this {
    const hold = to.to === 'party' || to.to === 'origin' ? (options.hold ?? 'quiet') : 'now';
    const urgent = this.case.urgency === 'U1';
    this.#notices.push({
      to,
      kind,
      say,
      case: this.case.number,
      hold: urgent && hold === 'quiet' ? 'now' : hold,
      urgent,
      states: options.states ?? null,
      at: options.at ?? null,
      work: options.work ?? false,
      everywhere: options.everywhere ?? false,
    });
    return this;
  }

  /** The short acknowledgement to whoever gave the command. */
  acknowledge(command: string, until: Instant | null = null): this {
    return this.say({ to: 'sender' }, 'notice', {
      template: 'done',
      params: { command, brief: this.brief, until },
    });
  }

  /** To every reporter but the actor; those not reachable become a dispatcher's task when delivered. */
  tellReporters(kind: MessageKind, say: Say, options: SayOptions = {}): this {
    for (const { who } of this.case.reporters) {
      if (who !== this.by) this.say(party(who), kind, say, options);
    }
    return this;
  }

  tellAssignee(kind: MessageKind, say: Say, options: SayOptions = {}): this {
    const { assignee } = this.case;
    if (assignee === null || assignee === this.ctx.actor?.who) return this;
    return this.say(party(assignee), kind, say, { work: true, ...options });
  }

  tellAll(people: readonly PersonId[], kind: MessageKind, say: Say, options: SayOptions = {}): this {
    for (const who of new Set(people)) {
      if (who !== this.ctx.actor?.who) this.say(party(who), kind, say, { work: true, ...options });
    }
    return this;
  }

  tellDispatchers(kind: MessageKind, say: Say, options: SayOptions = {}): this {
    return this.tellAll(this.dispatchers, kind, say, options);
  }

  /** Takes in the event that made the case. */
  adopt(event: CaseEvent): this {
    this.#events.push(event);
    return this;
  }

  /** Where the notices stand now, for `insert`. */
  mark(): number {
    return this.#notices.length;
  }

  /** Puts what is said in `tell` before everything said since `mark`: the receipt names the office chosen after it. */
  insert(mark: number, tell: (work: Work) => void): this {
    const later = this.#notices.splice(mark);
    tell(this);
    this.#notices.push(...later);
    return this;
  }

  get dispatchers(): readonly PersonId[] {
    return this.ctx.policy.roster.roles.dispatchers;
  }

  leaderOf(office: OfficeId | null): PersonId | null {
    return office === null ? null : (this.ctx.policy.directory.office(office)?.leader ?? null);
  }

  ratingAsked(who: Party, on: LocalDate): this {
    this.#asked.push({ who, on });
    return this;
  }

  done(): Done {
    return { ok: true, cases: [this.case], events: this.#events, notices: this.#notices, asked: this.#asked };
  }
}

export const party = (who: Party): To => ({ to: 'party', who });

/** Several cases decided by one message. */
export const together = (all: readonly Done[]): Done => ({
  ok: true,
  cases: all.flatMap(({ cases }) => cases),
  events: all.flatMap(({ events }) => events),
  notices: all.flatMap(({ notices }) => notices),
  asked: all.flatMap(({ asked }) => asked),
});
