/**
 * One decision in the making: what was loaded, what this message has changed so far, what it says.
 * A message with several parts decides each on top of those before it. Lives within one `decide`.
 */

import { absencesOn, presence, standsInFor } from '../domain/absences.ts';
import type { Binding, BindingCode, BindingKey } from '../domain/binding.ts';
import type { Case, Party } from '../domain/case.ts';
import type { Ctx, Decision, Done, Notice, To } from '../domain/decide/work.ts';
import type { CaseEvent } from '../domain/events.ts';
import { followUpFacts } from '../domain/follow-up.ts';
import type { MessageKind, RefusalParams, Say } from '../domain/messages.ts';
import type { Absence } from '../domain/policy.ts';
import type { Actor } from '../domain/rights.ts';
import type { Presence } from '../domain/routing.ts';
import { localDate } from '../kernel/zone.ts';
import type { AuditEntry, Loaded, LoadSpec, Need, Prompt, TaskDraft, VaultEntry } from '../store/port.ts';
import { correctionKey } from './correction-facts.ts';
import { type DeliveryContext, isReachable, sendersUnknown } from './deliver.ts';
import { heardNow } from './heard.ts';
import { ownParties, type Turn } from './turn.ts';

export class Round {
  readonly turn: Turn;
  readonly loaded: Loaded;
  readonly now: number;
  readonly events: CaseEvent[] = [];
  readonly notices: Notice[] = [];
  readonly opened: Prompt[] = [];
  readonly closed: string[] = [];
  readonly vault: VaultEntry[] = [];
  readonly audit: AuditEntry[] = [];
  readonly tasks: TaskDraft[] = [];
  readonly bindings: { readonly put: Binding[]; readonly remove: BindingKey[] } = { put: [], remove: [] };
  readonly codes: BindingCode[] = [];
  readonly facts: Record<string, string | null> = {};
  readonly serials: Record<number, number> = {};
  readonly #cases = new Map<string, Case>();
  /** Set by whatever counts as an effect though it writes no case. */
  touched = false;
  /** What was looked at though it was not loaded: all is decided once more with it. */
  wanted: LoadSpec | null = null;

  constructor(turn: Turn, loaded: Loaded, now: number) {
    this.turn = turn;
    this.loaded = loaded;
    this.now = now;
  }

  get changed(): readonly Case[] {
    return [...this.#cases.values()];
  }

  get today(): string {
    return localDate(this.now, this.turn.policy.calendar.timezone);
  }

  case(number: string): Case | null {
    return this.#cases.get(number) ?? this.loaded.cases.get(number) ?? null;
  }

  found(key: string): readonly Case[] {
    return (this.loaded.found.get(key) ?? []).flatMap((number) => this.case(number) ?? []);
  }

  /** Cases in which the sender has a part, newest first; under the own name or a protected one. */
  get mine(): readonly Case[] {
    if (!this.loaded.found.has(`party:${this.turn.who}`))
      this.wanted = { ...this.wanted, parties: ownParties(this.turn) };
    const all = [...this.found(`party:${this.turn.who}`), ...this.found(`party:${this.turn.alias}`)];
    const deputized = this.actor.deputyFor.flatMap((person) => this.found(`party:${person}`));
    const byNumber = new Map([...all, ...deputized].map((c) => [c.number, c]));
    return [...byNumber.values()].sort((a, b) => b.receivedAt - a.receivedAt || b.serial - a.serial);
  }

  fact(key: string): string | null {
    return this.facts[key] ?? this.loaded.facts.get(key) ?? null;
  }

  /** Absences of the township's file and those said in chat, in force today. */
  get absences(): readonly Absence[] {
    return absencesOn(this.today, this.loaded.facts, this.turn.policy);
  }

  get present(): Presence {
    return presence(this.absences);
  }

  get actor(): Actor {
    const { who, person, alias } = this.turn;
    return { who, person: person?.id ?? null, alias, deputyFor: standsInFor(this.absences, who) };
  }

  get ctx(): Ctx {
    return {
      policy: this.turn.policy,
      now: this.now,
      actor: this.actor,
      behalf: null,
      message: this.turn.inbound.messageId,
      openCounts: this.loaded.openCounts,
      present: this.present,
      ratingAskedOn: (who) => this.fact(ratedKey(who)),
    };
  }

  /** How what is said goes out: by what is known of the places so far. */
  get delivery(): DeliveryContext {
    const { inbound, policy, ways } = this.turn;
    return {
      ...{ policy, now: this.now, inbound, ways, present: this.present },
      contacts: heardNow(this.turn, this.loaded, this.now),
      caseOf: (number) => this.case(number),
    };
  }

  /** Can the sender be answered in private? Asks to be told more where that is not known yet. */
  get reachable(): boolean {
    const { direct, ways } = this.turn;
    // Where every platform lets the bot write to everybody there is nothing to look up.
    if (direct || ways.platforms.size === 0) return true;
    const { delivery } = this;
    const unknown = sendersUnknown(delivery);
    if (unknown !== null) this.wanted = { ...this.wanted, ...unknown };
    return isReachable(delivery);
  }

  serial(year: number): number {
    const next = this.serials[year] ?? this.loaded.nextSerial.get(year) ?? 1;
    this.serials[year] = next + 1;
    return next;
  }

  take(done: Done): void {
    for (const c of done.cases) {
      this.#unlearn(c);
      this.#cases.set(c.number, c);
    }
    this.events.push(...done.events);
    this.notices.push(...done.notices);
    for (const { who, on } of done.asked) this.facts[ratedKey(who)] = on;
    Object.assign(this.facts, followUpFacts(done.events));
    this.touched = true;
  }

  /** What has become private is nobody's example any more. */
  #unlearn(c: Case): void {
    const before = this.case(c.number);
    if (before === null || before.sensitive || before.protected) return;
    if (c.sensitive || c.protected) this.facts[correctionKey(c.number)] = null;
  }

  decided(decision: Decision): void {
    if (decision.ok) this.take(decision);
    else this.refuse(decision.refusal);
  }

  refuse(refusal: RefusalParams): void {
    // What was not found, or may not be seen, is the case of no message.
    const about = refusal.code === 'no_such_case' ? null : refusal.number;
    this.answer('refused', { template: 'refused', params: refusal }, about);
  }

  /** Answers where the message came from. */
  answer(kind: MessageKind, say: Say, number: string | null = null): void {
    this.say({ to: 'here' }, kind, say, number);
  }

  /** Answers the sender in private. */
  whisper(kind: MessageKind, say: Say, number: string | null = null): void {
    this.say({ to: 'sender' }, kind, say, number);
  }

  tell(people: readonly Party[], kind: MessageKind, say: Say, number: string | null = null): void {
    for (const who of new Set(people)) this.say({ to: 'party', who }, kind, say, number);
  }

  say(to: To, kind: MessageKind, say: Say, number: string | null): void {
    const hold = to.to === 'party' ? 'quiet' : 'now';
    const plain = {
      urgent: false,
      states: null,
      at: null,
      work: to.to === 'party',
      everywhere: false,
    } as const;
    this.notices.push({ to, kind, say, case: number, hold, ...plain });
    this.touched = true;
  }

  ask(prompt: Prompt): void {
    this.opened.push(prompt);
  }

  close(prompt: Prompt): void {
    this.closed.push(prompt.id);
    this.touched = true;
  }
}

export const ratedKey = (who: Party): string => `rated:${who}`;

/** A use case either has decided (nothing) or must know more first. */
export type Outcome = Need | null;
