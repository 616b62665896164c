/** The desk: from a message on its way to everything it changes, in one step of one transaction. */
import type { Policy } from '../domain/policy.ts';
import type { SecondReader } from '../intake/proposal.ts';
import type { Intent } from '../intake/reading.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { Inbound } from '../port.ts';
import type { BornSending, ChangeSet, Loaded, Need, OutboxRow, Scope, Step, Store } from '../store/port.ts';
import type { Vault } from '../vault/index.ts';
import { assisted } from './assisted.ts';
import { changeSet, type Outcome } from './change.ts';
import { dispatch } from './dispatch.ts';
import { Learned } from './learned.ts';
import { loadOf, moreFor } from './loads.ts';
import { carriedIn } from './media.ts';
import { quarantined } from './quarantine.ts';
import { Round } from './round.ts';
import { type Secrets, secretsOf } from './secrets.ts';
import { isBareTalk, SmallTalk } from './smalltalk.ts';
import { stuckStep } from './stuck.ts';
import { tickStep } from './ticking.ts';
import { type Turn, turnOf, whoIs } from './turn.ts';

export interface DeskOptions {
  readonly store: Store;
  readonly township: string;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly vault: Vault;
  /** Adapters running now, preferred first. */
  readonly accounts: () => readonly string[];
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
}

/** What one desk keeps while it runs. */
interface Kept extends DeskOptions {
  readonly secrets: Secrets;
  readonly talk: SmallTalk;
  readonly learned: Learned;
  readonly scope: Scope;
}

export function createDesk(given: DeskOptions): Desk {
  const scope = { township: given.township };
  const learned = new Learned(given.policy);
  const policy = (): Policy => learned.policy();
  const kept = { learned, policy, secrets: secretsOf(given.vault), talk: new SmallTalk() };
  const options = { ...given, ...kept, scope };
  return {
    receive: (inbound) => (isKnownTalk(options, inbound) ? DROPPED : receive(options, inbound)),
    tick: (number, at) => tickCase(options, number, at),
  };
}

const IGNORED: Received = { outcome: 'ignored', outbox: [] };
/** Most lines of a group end here: one promise serves them all. */
const DROPPED = Promise.resolve(IGNORED);

async function receive(options: Kept, inbound: Inbound): Promise<Received> {
  if (inbound.sender.isSelf || inbound.sender.isBot) return IGNORED;
  const { store, scope, policy, clock, secrets, accounts, learned } = options;
  if (!learned.loaded) await learned.load(store, scope);
  const now = clock.now();
  const read = turnOf(inbound, { policy: policy(), secrets, accounts: accounts(), now });
  const { secondReader } = options;
  const turn = secondReader ? await assisted(read, now, { secondReader, store, scope }) : read;
  if (await isChatter(options, turn)) return IGNORED;
  const [result] = await store.transact(scope, [stepOf(turn, clock.now())], sending(options));
  if (result?.ok) {
    learned.take(result.answer.facts);
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
  if (inbound.kind === 'join' || inbound.kind === 'leave' || inbound.kind === 'renamed') return true;
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
}

function stepOf(turn: Turn, now: number): Step<Committed> {
  return {
    load: loadOf(turn, now),
    decide: (loaded, at) => {
      const change = decideTurn(turn, loaded, at);
      if ('need' in change) return change;
      return { ...change, answer: { outcome: change.answer, facts: change.facts ?? {} } };
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

async function tickCase(options: DeskOptions, number: string, at: number): Promise<readonly OutboxRow[]> {
  const step = tickStep(number, at, options.policy(), options.accounts());
  const [result] = await options.store.transact({ township: options.township }, [step], sending(options));
  if (result?.ok) return result.outbox;
  const error = result?.error ?? null;
  options.log.error('a step of the clock failed; the case is looked at again later', { case: number, error });
  const later = stuckStep(number, at, error, options.policy(), options.accounts());
  const [put] = await options.store.transact({ township: options.township }, [later], sending(options));
  return put?.ok ? put.outbox : [];
}
