/** What a store brings to its contract suite, and the short ways in which the suite uses it. */
import type { ManualClock, ManualTimers } from '../../../src/kernel/clock.ts';
import type {
  ChangeSet,
  InboundKey,
  Loaded,
  LoadSpec,
  Scope,
  Step,
  StepResult,
  Store,
} from '../../../src/store/port.ts';

/** Makes the n-th statement from now throw. */
export interface Faults {
  /** `times`: how often, each time counting anew from the next transaction. */
  arm(nth: number, times: number): void;
  disarm(): void;
  /** Did any throw since it was armed? */
  fired(): boolean;
}

export interface Opened {
  readonly store: Store;
  /** A second handle on the same database, as another process would have. */
  readonly second: Store;
  readonly faults: Faults;
  close(): Promise<void>;
}

export interface Context extends Opened {
  /** A township of its own for each test: nothing of the others is in sight. */
  readonly scope: Scope;
  readonly clock: ManualClock;
  readonly timers: ManualTimers;
}

export type OpenStore = (clock: ManualClock, timers: ManualTimers) => Promise<Opened>;

/** A step that writes the same whatever it finds. */
export function writing<A>(change: ChangeSet<A>, load: LoadSpec = {}): Step<A> {
  return { load, decide: () => change };
}

export function answerOf<A>(result: StepResult<A> | undefined): A {
  if (!result?.ok) throw result?.error ?? new Error('no result');
  return result.answer;
}

/** Writes one change on its own. */
export async function write<A = null>(
  context: Pick<Context, 'store' | 'scope'>,
  change: Omit<ChangeSet<A>, 'answer'>,
): Promise<void> {
  const [result] = await context.store.transact(context.scope, [writing({ answer: null, ...change })]);
  answerOf(result);
}

/** What a step would see. */
export async function look(context: Pick<Context, 'store' | 'scope'>, load: LoadSpec): Promise<Loaded> {
  const step: Step<Loaded> = { load, decide: (loaded) => ({ answer: loaded }) };
  const [result] = await context.store.transact(context.scope, [step]);
  return answerOf(result);
}

export function keyOf(message: string): InboundKey {
  return { account: 'bridge', chat: 'g-ltw', key: `m:${message}` };
}

/** Everything that can be read of a township, with outbox ids by rank: a rolled back id may be skipped. */
export async function snapshot({ store, scope }: Pick<Context, 'store' | 'scope'>, load: LoadSpec = {}) {
  const cases = await store.cases(scope, {});
  const numbers = cases.map(({ number }) => number);
  const outbox = await store.outbox(scope, {});
  const loaded = await look({ store, scope }, { serialOf: [2026, 2027], factsWith: [''], ...load });
  return {
    cases,
    events: await store.events(scope, numbers),
    outbox: outbox.map((row, rank) => ({ ...row, id: rank })),
    vault: (await Promise.all(numbers.map((number) => store.vaultEntries(scope, number)))).flat(),
    nextWake: await store.nextWake(scope),
    facts: [...loaded.facts],
    serials: [...loaded.nextSerial],
    openCounts: [...loaded.openCounts],
    found: [...loaded.found],
    prompts: loaded.prompts,
    contacts: [...loaded.contacts],
    seen: loaded.seen,
  };
}
