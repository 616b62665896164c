/**
 * What the simulation needs of the bridge. The formats are the bridge's own (adapters/bridge); the
 * composition root hands them in, since only it names adapters.
 */
import type { Instant } from '../kernel/zone.ts';
import type { Capabilities, Inbound, Outbound } from '../port.ts';

export type InputLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly flaw: 'too_long' | 'not_utf8' };

export type ScenarioLine =
  | { readonly type: 'inbound'; readonly id: string; readonly inbound: Inbound }
  | { readonly type: 'ack'; readonly id: string }
  | { readonly type: 'clock'; readonly at: Instant }
  | { readonly type: 'bad'; readonly id: string | null; readonly detail: string };

export interface LineCodec {
  /** The adapter's id, as rosters name it: `bridge`. */
  readonly account: string;
  readonly capabilities: Capabilities;
  decode(line: InputLine): ScenarioLine;
  handled(id: string): string;
  error(id: string | null, line: number, detail: string): string;
  send(message: Outbound): string;
  fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }>;
}
