/** A message that did not arrive is shown to the dispatchers, who can telephone. */
import type { Brief, Say } from '../domain/messages.ts';
import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { BornSending, OutboxDraft, OutboxRow, Scope, Store } from '../store/port.ts';
import type { Failure } from './deliver.ts';

export interface FailuresOptions {
  readonly store: Pick<Store, 'transact'>;
  readonly scope: Scope;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly log: Logger;
  readonly born: () => BornSending;
  /** Accounts that can be written to, also by other processes; left out, those of this one. */
  readonly reachable?: () => readonly string[];
  /** The words that did not arrive; without a contact, which nobody else is to read. */
  readonly wordsOf: (failure: Failure) => string;
  /** Rows that were born `sending` with the notice. */
  readonly send: (rows: readonly OutboxRow[]) => void;
}

/** Queues one notice to each dispatcher who can be written to. Never throws. */
export function tellDispatchers(options: FailuresOptions): (failure: Failure) => Promise<void> {
  return async (failure) => {
    // A notice about a notice would breed: the log has it.
    if (failure.row.say.template === 'bot_cannot_reach') return;
    const born = options.born();
    const outbox = noticesOf(failure, options, options.reachable?.() ?? born.accounts);
    if (outbox.length === 0) return;
    const step = { load: {}, decide: () => ({ answer: null, outbox }) };
    try {
      const [result] = await options.store.transact(options.scope, [step], { bornSending: born });
      if (result?.ok) options.send(result.outbox);
    } catch (error) {
      options.log.error('the dispatchers could not be told', { row: failure.row.id, error });
    }
  };
}

function noticesOf(failure: Failure, options: FailuresOptions, accounts: readonly string[]): OutboxDraft[] {
  const { directory, roster } = options.policy();
  const { row } = failure;
  const person = directory.personByAccount(row.account, row.chat.id);
  const say: Say = {
    template: 'bot_cannot_reach',
    params: {
      person: person?.id ?? null,
      name: person?.name ?? directory.chat(row.account, row.chat.id)?.id ?? row.chat.id,
      kind: row.kind,
      brief: briefOf(row.say),
      text: options.wordsOf(failure),
    },
  };
  return roster.roles.dispatchers.flatMap((id) => {
    const own = directory.person(id)?.accounts ?? {};
    // The dispatcher who can't be reached is not told so on the same way.
    const isOpen = (account: string): boolean =>
      own[account] !== undefined && (account !== row.account || own[account] !== row.chat.id);
    const account = accounts.find(isOpen);
    const chat = account === undefined ? undefined : own[account];
    if (account === undefined || chat === undefined) return [];
    return [draftOf(row, account, chat, say, options.clock.now())];
  });
}

function briefOf(say: Say): Brief | null {
  return 'brief' in say.params ? say.params.brief : null;
}

function draftOf(row: OutboxRow, account: string, chat: string, say: Say, now: number): OutboxDraft {
  return {
    account,
    chat: { id: chat, kind: 'direct' },
    address: null,
    replyTo: null,
    kind: 'notice',
    say,
    case: row.case,
    cases: row.cases,
    priority: row.priority,
    dueAt: now,
    guard: null,
    mergeKey: null,
    media: [],
  };
}
