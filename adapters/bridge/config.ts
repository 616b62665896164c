/** What the bridge is made of: where its lines come from and go to, and how it writes times. */
import { z } from 'zod';

/** Township local time as the core writes and reads it; the adapter knows no calendar of its own. */
export interface BridgeTimes {
  /** Epoch milliseconds → `2026-11-02T08:30:00+08:00`. */
  print(at: number): string;
  /** The reverse; null where the text is no such time. */
  read(text: string): number | null;
}

export interface BridgeOptions {
  /** The account's name in rosters: `bridge`. */
  readonly id: string;
  readonly times: BridgeTimes;
  readonly clock: { now(): number };
  readonly input: AsyncIterable<Uint8Array> & { destroy?(): void };
  readonly output: NodeJS.WritableStream;
  /** Incoming media paths are relative to it; null where nothing may be fetched. */
  readonly mediaDir: string | null;
  /** Outgoing media paths are written relative to it; null writes them as they are. */
  readonly filesDir: string | null;
  /** The reader acknowledged a send: from the first one on, only this makes it "sent". */
  readonly acknowledged: (id: string) => void;
  /** One line for the log, without anything a person wrote. */
  readonly warn: (text: string) => void;
}

/** Longest line taken; what is longer is skipped without being kept in memory. */
export const MAX_LINE_BYTES = 1_000_000;

/** `--listen 127.0.0.1:8790`: loopback only, since the lines carry everything people write. */
export const listenSchema = z
  .string()
  .regex(/^(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/, '只能是本机地址，如 127.0.0.1:8790')
  .transform((text) => {
    const colon = text.lastIndexOf(':');
    return { host: text.slice(0, colon).replace(/[[\]]/g, ''), port: Number(text.slice(colon + 1)) };
  })
  .refine(({ port }) => port <= 65_535, '端口从 0 到 65535');

export interface SocketOptions {
  readonly id: string;
  readonly times: BridgeTimes;
  readonly clock: { now(): number };
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** Compared in constant time with the client's `Authorization: Bearer …`. */
  readonly token: string;
  readonly mediaDir: string | null;
  readonly filesDir: string | null;
  readonly acknowledged: (id: string) => void;
  readonly warn: (text: string) => void;
}
