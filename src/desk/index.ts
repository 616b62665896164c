/** The desk: from a message on its way to everything it changes, in one step of one transaction. */
import type { Policy } from '../domain/policy.ts';
import type { SecondReader } from '../intake/proposal.ts';
import type { Intent } from '../intake/reading.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { ChatRef, Inbound } from '../port.ts';
import type { BornSending, ChangeSet, Loaded, Need, OutboxRow, Scope, Step, Store } from '../store/port.ts';
import type { Vault } from '../vault/index.ts';
import { assisted } from './assisted.ts';
import { Bound, current, isStale } from './bound.ts';
import { changeSet, type Outcome } from './change.ts';
import { dispatch } from './dispatch.ts';
import { Elsewhere } from './elsewhere.ts';
import { isOwnMove } from './groups.ts';
import { Learned } from './learned.ts';
import { loadOf, moreFor } from './loads.ts';
import { carriedIn } from './media.ts';
import { quarantined } from './quarantine.ts';
import { type Ways, waysOver } from './reach.ts';
import type { Hindrance } from './rerouting.ts';
import { Round } from './round.ts';
import { type Secrets, secretsOf } from './secrets.ts';
import { isBareTalk, SmallTalk } from './smalltalk.ts';
import { stuckStep } from './stuck.ts';
import { tickStep } from './ticking.ts';
import { type Turn, turnOf, whoIs } from './turn.ts';

export interface DeskOptions {
  readonly store: Store;
  readonly township: string;
  /** The township file's. */
  readonly policy: () => Policy;
  /** The same with what people and admins have bound; left out, the desk lays it together itself. */
  readonly bound?: Bound;
  readonly clock: Clock;
  readonly vault: Vault;
  /** Adapters running now, preferred first. */
  readonly accounts: () => readonly string[];
  /** What they allow; one that is left out may write to anybody at any time. */
  readonly platforms?: Ways['platforms'];
  /** Those that are logged out or kicked now. */
  readonly down?: () => ReadonlySet<string>;
  readonly log: Logger;
  /** Rows that this process sends itself right after the commit. */
  readonly bornSending?: () => BornSending;
  /** Asked about messages of which the rules are unsure; left out, nobody is. */
  readonly secondReader?: SecondReader;
}

export interface Received {
  readonly outcome: Outcome;
  readonly outbox: readonly OutboxRow[];
}

export interface Desk {
  receive(inbound: Inbound): Promise<Received>;
  /** Runs the due steps of one case; `at` is the instant they are stamped with. */
  tick(number: string, at: number): Promise<readonly OutboxRow[]>;
  /** What stands in the way of a row that is about to be sent to this chat; null where nothing is known to. */
  obstacle(row: OutboxRow, chat: ChatRef): Promise<Hindrance | null> | null;
  /** Ends a row together with what goes in its place, whose rows it gives; null where nothing was written. */
  move(row: OutboxRow, hindrance: Hindrance): Promise<readonly OutboxRow[] | null>;
}

/** What one desk keeps while it runs. */
interface Kept extends DeskOptions {
  readonly secrets: Secrets;
  readonly talk: SmallTalk;
  readonly learned: Learned;
  readonly bound: Bound;
  readonly scope: Scope;
  readonly elsewhere: Elsewhere;
}

export function createDesk(given: DeskOptions): Desk {
  const scope = { township: given.township };
  const bound = given.bound ?? new Bound(given.policy, given.store, scope);
  const learned = new Learned(() => bound.policy());
  const policy = (): Policy => learned.policy();
  const kept = {
    learned,
    bound,
    policy,
    secrets: secretsOf(given.vault),
    talk: new SmallTalk(),
  };
  const { store, clock, log } = given;
  const elsewhere = new Elsewhere({
    ...{ store, scope, policy, clock, log },
    ways: () => waysNow(given),
    sending: () => sending(given),
  });
  const options = { ...given, ...kept, scope, elsewhere };
  return {
    receive: (inbound) =>
      isKnownTalk(options, inbound) ? dropTalk(options, inbound) : receive(options, inbound),
    tick: (number, at) => tickCase(options, number, at),
    obstacle: (row, chat) => elsewhere.obstacle(row, chat),
    move: (row, hindrance) => elsewhere.move(row, hindrance),
  };
}

const IGNORED: Received = { outcome: 'ignored', outbox: [] };
/** Most lines of a group end here: one promise serves them all. */
const DROPPED = Promise.resolve(IGNORED);

async function receive(options: Kept, inbound: Inbound): Promise<Received> {
  if ((inbound.sender.isSelf || inbound.sender.isBot) && !isOwnMove(inbound)) return IGNORED;
  const { store, scope, policy, clock, secrets, learned, bound } = options;
  if (!learned.loaded) await learned.load(store, scope);
  const now = clock.now();
  const read = turnOf(inbound, {
    ...{ policy: policy(), secrets, ways: waysNow(options), bindings: bound.bindings, now },
  });
  const { secondReader } = options;
  // A code goes to nobody else.
  const turn =
    secondReader && read.binding === null ? await assisted(read, now, { secondReader, store, scope }) : read;
  if (await isChatter(options, turn)) return dropTalk(options, inbound);
  const step = current(stepOf(turn, clock.now()), turn.bindings);
  const [result] = await store.transact(scope, [step], sending(options));
  if (result?.ok) {
    if (isStale(result.answer)) {
      bound.take(result.answer.stale);
      return receive(options, inbound);
    }
    learned.take(result.answer.facts);
    if (result.answer.rebound) await bound.refresh();
    return { outcome: result.answer.outcome, outbox: result.outbox };
  }
  options.log.error('a message was kept aside', { error: result?.error, account: inbound.account });
  const [aside] = await store.transact<Outcome>(
    scope,
    [quarantined(turn, result?.error ?? null)],
    sending(options),
  );
  return { outcome: 'quarantined', outbox: aside?.ok ? aside.outbox : [] };
}

const waysNow = ({ accounts, platforms, down }: DeskOptions): Ways =>
  waysOver(accounts(), platforms, down?.());

/** Talk ends here, heard where a window hangs on it: most lines of most platforms cost one look. */
function dropTalk({ elsewhere, platforms }: Kept, inbound: Inbound): Promise<Received> {
  if (platforms?.get(inbound.account)?.proactive !== 'window') return DROPPED;
  return elsewhere.heard(inbound)?.then(() => IGNORED) ?? DROPPED;
}

const sending = ({ bornSending }: DeskOptions) =>
  bornSending === undefined ? {} : { bornSending: bornSending() };

/** What was read as chatter before is not read again, unless its writer is asked something or may be. */
function isKnownTalk({ store, scope, policy, talk }: Kept, inbound: Inbound): boolean {
  if (!isBareTalk(inbound)) return false;
  const { account, sender, chat, text } = inbound;
  const now = policy();
  const person = now.directory.personByAccount(account, sender.id);
  if (!talk.knows(text, person, now)) return false;
  return store.hasPrompt(scope, account, chat.id, whoIs(person, inbound)) === false;
}

/** Nobody in a group is answered on these: an office announces in private. */
const SMALL = new Set<Intent>(['chatter', 'notice']);

/** Chatter writes nothing, unless it may answer a question of ours. */
async function isChatter({ store, scope, talk }: Kept, turn: Turn): Promise<boolean> {
  const { inbound, reading, who } = turn;
  if (inbound.kind === 'join' || inbound.kind === 'leave') return !isOwnMove(inbound);
  if (inbound.kind === 'renamed') return true;
  if (turn.binding !== null) return false;
  if (inbound.kind === 'recall' || inbound.kind === 'edit') return false;
  if (inbound.media.length > 0 || reading.bareNumber !== null || carriedIn(turn) !== null) return false;
  if (!SMALL.has(reading.intent) || turn.direct) return false;
  if (turn.inbound.mentionsBot || (inbound.quote?.id != null && !reading.bareWord)) return false;
  if (isBareTalk(inbound)) talk.keep(inbound.text, turn.person, turn.roles, turn.policy);
  return !(await store.hasPrompt(scope, inbound.account, inbound.chat.id, who));
}

/** What is known once it is committed. */
interface Committed {
  readonly outcome: Outcome;
  readonly facts: Readonly<Record<string, string | null>>;
  /** Somebody is somebody else now, or a group another's. */
  readonly rebound: boolean;
}

function stepOf(turn: Turn, now: number): Step<Committed> {
  return {
    load: loadOf(turn, now),
    decide: (loaded, at) => {
      const change = decideTurn(turn, loaded, at);
      if ('need' in change) return change;
      const rebound = change.bindings !== undefined;
      return { ...change, answer: { outcome: change.answer, facts: change.facts ?? {}, rebound } };
    },
  };
}

function decideTurn(turn: Turn, loaded: Loaded, now: number): ChangeSet<Outcome> | Need {
  if (loaded.seen) return { answer: 'repeated' };
  const need = moreFor(turn, loaded, now);
  if (need !== null) return { need };
  const round = new Round(turn, loaded, now);
  dispatch(round);
  return round.wanted === null ? changeSet(round) : { need: round.wanted };
}

async function tickCase(options: Kept, number: string, at: number): Promise<readonly OutboxRow[]> {
  const { bindings } = options.bound;
  const step = current(tickStep(number, at, options.policy(), waysNow(options)), bindings);
  const [result] = await options.store.transact({ township: options.township }, [step], sending(options));
  if (result?.ok) {
    if (!isStale(result.answer)) return result.outbox;
    options.bound.take(result.answer.stale);
    return tickCase(options, number, at);
  }
  const error = result?.error ?? null;
  options.log.error('a step of the clock failed; the case is looked at again later', { case: number, error });
  const later = stuckStep(number, at, error, options.policy(), waysNow(options));
  const [put] = await options.store.transact({ township: options.township }, [later], sending(options));
  return put?.ok ? put.outbox : [];
}
