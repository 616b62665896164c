/** Hands a message to its adapter and settles its rows by what came of it. */
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import {
  type ChatAdapter,
  type ChatRef,
  type ClosedCode,
  isClosedCode,
  type Outbound,
  type SendResult,
} from '../port.ts';
import type { OutboxRow, Scope, Settlement, Store } from '../store/port.ts';
import { backoff, MAX_AGE_MS, MAX_ATTEMPTS } from './backoff.ts';
import type { WordsOptions } from './compose.ts';
import { compose, fittingTogether, joined } from './compose.ts';

/** What a person must know of: it did not go, or nobody knows whether it did. */
export interface Failure {
  readonly row: OutboxRow;
  readonly what: 'rejected' | 'unknown';
  readonly detail: string;
}

/** Why a message does not go where it was meant to. */
export interface Obstacle {
  readonly code: ClosedCode | 'down' | 'no_files';
  readonly detail: string;
  /** The chat as the platform knows it: an alias resolved. */
  readonly chat: string;
  /** The platform said so, not our own record. */
  readonly told: boolean;
}

/** Another way to the person a message is for. */
export interface Reroute {
  /** What stands in the way as far as we know before it is sent; null where nothing does. */
  obstacle(row: OutboxRow, chat: ChatRef): Promise<Obstacle | null> | null;
  /**
   * Ends the row and writes, in one transaction, what goes in its place: the message to another chat, or a task
   * for people. False where nothing was written, since nothing better was found. Throws where the store failed.
   */
  move(row: OutboxRow, obstacle: Obstacle): Promise<boolean>;
}

export interface DeliverOptions extends WordsOptions {
  readonly store: Pick<Store, 'settle' | 'settleSoon'>;
  readonly scope: Scope;
  readonly clock: Clock;
  readonly log: Logger;
  readonly share: () => number;
  /** Shows it to a person; never throws. */
  readonly failed: (failure: Failure) => Promise<void>;
  /** The platform asked to leave the chat alone until then; null is the whole account. */
  readonly block: (account: string, chat: string | null, until: Instant) => void;
  /** Left out, what a platform refuses goes nowhere else. */
  readonly reroute?: Reroute;
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
  const { maxTextBytes } = adapter.capabilities;
  const messages = [first.message, ...others.map(({ message }) => message)] as const;
  const count = fittingTogether(messages, maxTextBytes);
  const [head, ...rest] = messages;
  const message = joined([head, ...rest.slice(0, count - 1)], maxTextBytes);
  const result = await send(adapter, message);
  for (const { row } of composed.slice(0, count))
    await settle(row, message.chat.id, result, adapter, options);
  const next = { type: 'retry', at: options.clock.now(), detail: 'did not fit' } as const;
  for (const { row } of composed.slice(count)) await record(row, next, options);
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
      if (message && (await mayGo(row, message, options))) composed.push({ row, message });
      else if (message) continue;
      else await end(row, 'rejected', 'nobody stands behind this alias any more', options);
    } catch (error) {
      options.log.error('words could not be made', { row: row.id, template: row.say.template, error });
      await end(row, 'rejected', 'the words could not be made', options);
    }
  }
  return composed;
}

/** What was queued while its way was open may find it closed: it is not tried there. */
async function mayGo(row: OutboxRow, { chat }: Outbound, options: DeliverOptions): Promise<boolean> {
  const obstacle = (await options.reroute?.obstacle(row, chat)) ?? null;
  return obstacle === null || !(await moved(row, obstacle, options));
}

/** A store that fails leaves the row to its lease: then it is looked at once more. */
async function moved(row: OutboxRow, obstacle: Obstacle, options: DeliverOptions): Promise<boolean> {
  const { reroute, log } = options;
  try {
    return (await reroute?.move(row, obstacle)) ?? false;
  } catch (error) {
    log.error('a message could not be sent another way; its lease will run out', { row: row.id, error });
    return true;
  }
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
  chat: string,
  result: SendResult,
  adapter: ChatAdapter,
  options: DeliverOptions,
): Promise<void> {
  const now = options.clock.now();
  switch (result.type) {
    case 'sent':
      return record(row, { type: 'sent', messageId: result.messageId, at: now }, options, true);
    case 'deferred':
      options.block(row.account, result.scope === 'account' ? null : row.chat.id, now + result.retryAfterMs);
      return record(row, { type: 'retry', at: now + result.retryAfterMs, detail: 'deferred' }, options);
    case 'rejected':
      if (result.permanent && isClosedCode(result.code)) {
        const { code, detail } = result;
        if (await moved(row, { code, detail, chat, told: true }, options)) return;
      }
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
