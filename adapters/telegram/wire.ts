/** HTTP as grammY's client calls it: `fetch`, then `json()`. */
import type { AbortSignalLike, Wire, WireRequest } from '@huiyin/core/kit';
import { WireError } from '@huiyin/core/kit';

export interface FetchRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: WireRequest['body'];
  /** grammY brings one of its own. */
  readonly signal?: AbortSignalLike | null;
}

export interface FetchAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
  /** @throws WireError NOT_JSON for what is no answer of the Bot API */
  json(): Promise<unknown>;
}

export type Fetch = (url: string, request?: FetchRequest) => Promise<FetchAnswer>;

/** @param maxBytes of one answer; longer ones break off */
export const fetchOver =
  (wire: Wire, maxBytes: number): Fetch =>
  async (url, { method = 'GET', headers = {}, body = null, signal = null } = {}) => {
    const { status, bytes } = await wire.exchange({ url, method, headers, body, signal, maxBytes });
    return { status, bytes, json: async () => parsed(status, bytes) };
  };

function parsed(status: number, bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof value === 'object' && value !== null && 'ok' in value) return value;
  } catch {
    // A gateway's page of HTML: its status is all there is to know.
  }
  throw new WireError('NOT_JSON', true, status);
}
