/** Hands a message to its adapter and settles its rows by what came of it. */
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { ChatAdapter, Outbound, SendResult } from '../port.ts';
import type { OutboxRow, Scope, Settlement, Store } from '../store/port.ts';
import { backoff, MAX_AGE_MS, MAX_ATTEMPTS } from './backoff.ts';
import type { WordsOptions } from './compose.ts';
import { compose, joined } from './compose.ts';

/** What a person must know of: it did not go, or nobody knows whether it did. */
export interface Failure {
  readonly row: OutboxRow;
  readonly what: 'rejected' | 'unknown';
  readonly detail: string;
}

export interface DeliverOptions extends WordsOptions {
  readonly store: Pick<Store, 'settle' | 'settleSoon'>;
  readonly scope: Scope;
  readonly clock: Clock;
  readonly log: Logger;
  readonly share: () => number;
  /** Shows it to a person; never throws. */
  readonly failed: (failure: Failure) => Promise<void>;
  /** The platform asked to leave the chat alone until then. */
  readonly block: (account: string, chat: string, until: Instant) => void;
  /** Handed over to a channel that drops repeats, not yet known to have arrived. */
  readonly unconfirmed: (row: OutboxRow) => void;
}

/** Never throws: each row is settled, or left to its lease where its channel drops repeats by id. */
export async function deliver(
  rows: readonly [OutboxRow, ...OutboxRow[]],
  adapter: ChatAdapter,
  options: DeliverOptions,
): Promise<void> {
  const composed = await composeAll(rows, adapter, options);
  const [first, ...others] = composed;
  if (!first) return;
  const message = joined(
    [first.message, ...others.map(({ message }) => message)],
    adapter.capabilities.maxTextBytes,
  );
  const result = await send(adapter, message);
  for (const { row } of composed) await settle(row, result, adapter, options);
}

async function composeAll(
  rows: readonly OutboxRow[],
  adapter: ChatAdapter,
  options: DeliverOptions,
): Promise<{ row: OutboxRow; message: Outbound }[]> {
  const composed: { row: OutboxRow; message: Outbound }[] = [];
  for (const row of rows) {
    try {
      const message = await compose(row, adapter.capabilities, options.clock.now(), options);
      if (message) composed.push({ row, message });
      else await end(row, 'rejected', 'nobody stands behind this alias any more', options);
    } catch (error) {
      options.log.error('words could not be made', { row: row.id, template: row.say.template, error });
      await end(row, 'rejected', 'the words could not be made', options);
    }
  }
  return composed;
}

async function send(adapter: ChatAdapter, message: Outbound): Promise<SendResult> {
  try {
    return await adapter.send(message);
  } catch (error) {
    // The contract says it doesn't; what did it anyway may have sent before it threw.
    return { type: 'unknown', detail: error instanceof Error ? error.message : 'the adapter threw' };
  }
}

async function settle(
  row: OutboxRow,
  result: SendResult,
  adapter: ChatAdapter,
  options: DeliverOptions,
): Promise<void> {
  const now = options.clock.now();
  switch (result.type) {
    case 'sent':
      return record(row, { type: 'sent', messageId: result.messageId, at: now }, options, true);
    case 'deferred':
      options.block(row.account, row.chat.id, now + result.retryAfterMs);
      return record(row, { type: 'retry', at: now + result.retryAfterMs, detail: 'deferred' }, options);
    case 'rejected':
      return result.permanent || isTiresome(row, now)
        ? end(row, 'rejected', `${result.code}: ${result.detail}`, options)
        : record(row, retryOf(row, result.code, now, options.share()), options);
    case 'unknown':
      if (!adapter.capabilities.nativeIdempotency) return end(row, 'unknown', result.detail, options);
      return options.unconfirmed(row);
  }
}

function isTiresome(row: OutboxRow, now: Instant): boolean {
  return row.attempts >= MAX_ATTEMPTS && now - row.createdAt >= MAX_AGE_MS;
}

function retryOf(row: OutboxRow, code: string, now: Instant, share: number): Settlement {
  return { type: 'retry', at: now + backoff(Math.max(1, row.attempts), share), detail: code };
}

/** Ends a row without its words having gone for certain, and tells a person. */
export async function end(
  row: OutboxRow,
  what: 'rejected' | 'unknown',
  detail: string,
  options: Pick<DeliverOptions, 'store' | 'scope' | 'clock' | 'log' | 'failed'>,
): Promise<void> {
  options.log.warn(`a message is ${what}`, { row: row.id, account: row.account, kind: row.kind, detail });
  await record(row, { type: what, detail, at: options.clock.now() }, options);
  await options.failed({ row, what, detail });
}

/**
 * `soon` rides on the next transaction. Only what went may: lost with the process it is sent again or
 * shown to a person, while a lost `retry` would raise a false alarm.
 */
async function record(
  row: OutboxRow,
  settlement: Settlement,
  options: Pick<DeliverOptions, 'store' | 'scope' | 'log'>,
  soon = false,
): Promise<void> {
  const { store, scope, log } = options;
  try {
    if (soon) store.settleSoon(scope, row.id, row.fence, settlement);
    else await store.settle(scope, row.id, row.fence, settlement);
  } catch (error) {
    log.error('a row could not be settled; its lease will run out', { row: row.id, error });
  }
}
