/** One message on its way: who sent it, where, and what it means. Built before the transaction, read inside it. */
import { type Bindings, NO_BINDINGS } from '../domain/binding.ts';
import type { Policy } from '../domain/policy.ts';
import type { BoundChat, Person, Role } from '../domain/roster.ts';
import { type BindingWords, readBinding } from '../intake/commands/binding.ts';
import type { IntakeContext, Reading } from '../intake/reading.ts';
import { type Thresholds, thresholds } from '../intake/thresholds.ts';
import { understand } from '../intake/understand.ts';
import { localDateTime } from '../kernel/zone.ts';
import type { Inbound } from '../port.ts';
import type { Ways } from './reach.ts';
import type { Secrets } from './secrets.ts';

export interface Turn {
  readonly inbound: Inbound;
  readonly policy: Policy;
  readonly secrets: Secrets;
  readonly person: Person | null;
  readonly roles: readonly Role[];
  /** The person id, or `@adapter:account`. */
  readonly who: string;
  readonly alias: string;
  /** The bound group; null in private and where the group is not bound. */
  readonly group: BoundChat | null;
  readonly direct: boolean;
  readonly reading: Reading;
  /** Adapters that run now, in the order in which they are preferred. */
  readonly accounts: readonly string[];
  /** What they allow, and which of them are down. */
  readonly ways: Ways;
  /** What it says of who is who; null for nearly every message. */
  readonly binding: BindingWords | null;
  /** As of when the policy was laid together. */
  readonly bindings: Bindings;
}

export interface TurnOptions {
  readonly policy: Policy;
  readonly secrets: Secrets;
  readonly ways: Ways;
  /** Those in the policy. */
  readonly bindings?: Bindings;
  readonly now: number;
}

export function turnOf(inbound: Inbound, options: TurnOptions): Turn {
  const { policy, secrets, ways, bindings = NO_BINDINGS, now } = options;
  const person = policy.directory.personByAccount(inbound.account, inbound.sender.id);
  const direct = inbound.chat.kind === 'direct';
  const who = whoIs(person, inbound);
  const roles = person === null ? [] : policy.directory.rolesOf(person.id);
  const binding = bindingIn(inbound, person);
  // A code is a secret: nothing that is kept of a message may hold it.
  const text = binding?.kind === 'code' ? BIND : inbound.text;
  return {
    inbound,
    policy,
    secrets,
    person,
    roles,
    who,
    alias: secrets.blind(who),
    group: direct ? null : policy.directory.chat(inbound.account, inbound.chat.id),
    direct,
    reading: understand(text, contextOf({ inbound, roles, direct, policy }, now), limitsOf(policy)),
    accounts: ways.accounts,
    ways,
    binding,
    bindings,
  };
}

/** A slip that somebody new passes on to us in private, all its words with it, is as good as its code. */
function bindingIn({ kind, text, chat }: Inbound, person: Person | null): BindingWords | null {
  const read = WRITTEN.has(kind) ? readBinding(text) : null;
  const [code, ...more] = read?.kind === 'loose_codes' ? read.codes : [];
  const slip = code !== undefined && more.length === 0 && person === null && chat.kind === 'direct';
  return slip ? { kind: 'code', code, bare: true } : read;
}

const WRITTEN = new Set<Inbound['kind']>(['message', 'edit', 'action']);
const BIND = '绑定';

export const whoIs = (person: Person | null, { account, sender }: Inbound): string =>
  person?.id ?? `@${account}:${sender.id}`;

/** Under the own name, or under a protected one. */
export const ownParties = ({ who, alias }: Turn): readonly string[] => [who, alias];

/** How a message of this turn is read, whatever its words. */
export function contextOf(
  turn: Pick<Turn, 'inbound' | 'roles' | 'direct' | 'policy'>,
  now: number,
): IntakeContext {
  const { inbound, roles, direct, policy } = turn;
  const { date, time } = localDateTime(inbound.platformTime ?? now, policy.calendar.timezone);
  return {
    roles,
    mentionsBot: inbound.mentionsBot,
    quoteText: inbound.quote?.text ?? null,
    at: `${date}T${time}`,
    roster: policy.roster,
    taxonomy: policy.taxonomy,
    direct,
  };
}

/** The township's own thresholds. */
export function limitsOf({ settings }: Policy): Thresholds {
  const { reportFrom, addressedFrom, actFrom, categoryFrom } = settings.intake;
  return thresholds({
    report: reportFrom,
    reportAddressed: addressedFrom,
    act: actFrom,
    category: categoryFrom,
  });
}

export const hasRole = (turn: Turn, ...roles: readonly Role[]): boolean =>
  turn.roles.some((role) => roles.includes(role));

/** Heads, cadres and dispatchers report; a secretary's or recorder's word counts as well. */
export const mayReport = (turn: Turn): boolean =>
  hasRole(turn, 'neighbor_head', 'group_head', 'zone_head', 'cadre', 'dispatcher', 'secretary', 'recorder');
