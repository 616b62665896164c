/** Pushes that nobody waits for keep out of the rush. Pure. */
import { createHash } from 'node:crypto';
import type { Outbound } from '@huiyin/core/port';

const HALF_HOUR_MS = 1_800_000;
/** https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: on the hour and half hour 11232 is likely. */
const RUSH_MS = 60_000;
const SPREAD_MS = 30_000;

/**
 * A digest that the clock sends at nine goes a minute later, townships spread by the message's id. Nothing else is
 * held back: its chat waits along, and a page or a reminder must not.
 * @returns milliseconds; 0 where it may go now
 */
export function rushWait({ kind, replyTo, id }: Outbound, now: number): number {
  const since = now % HALF_HOUR_MS;
  if (kind !== 'digest' || replyTo !== null || since >= RUSH_MS) return 0;
  return RUSH_MS - since + (createHash('sha256').update(id).digest().readUInt16BE() % SPREAD_MS);
}
