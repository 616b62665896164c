/** Fetching from platforms, with an end: a platform that never answers is one that failed. */
import type { Timers } from '../kernel/clock.ts';
import type { ChatAdapter } from '../port.ts';

export type Fetched =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** There is nothing behind the reference, and there will be nothing. */
  | { readonly type: 'absent' }
  | { readonly type: 'failed'; readonly why: 'hung' | 'error' | 'offline' | 'stopping' };

export interface MediaPlatforms {
  /** @param ref `<account>|<platform ref>`, as a case keeps it */
  fetch(ref: string): Promise<Fetched>;
  /** Can files be sent on this account? */
  shows(account: string): boolean;
  /** Lets go of what is under way: a program that ends waits for no platform. */
  stop(): void;
}

export interface PlatformsOptions {
  readonly adapters: ReadonlyMap<string, ChatAdapter>;
  /** Carried by other processes: files are sent there, and nothing is fetched. */
  readonly elsewhere?: ReadonlyMap<string, Pick<ChatAdapter, 'capabilities'>>;
  readonly timers: Timers;
  /** A simulation's paths may lead nowhere: nobody lost a picture. */
  readonly absentIsNothing: boolean;
}

/** Longer than a slow platform takes for 20 MB, short enough for several tries within WeCom's five minutes. */
export const FETCH_TIMEOUT_MS = 45_000;

export function mediaPlatforms({
  adapters,
  elsewhere,
  timers,
  absentIsNothing,
}: PlatformsOptions): MediaPlatforms {
  // Not one promise that all are raced with: it would hold whatever each of them came to until the end.
  const waiting = new Set<(given: Fetched) => void>();
  let stopped = false;
  return {
    fetch: async (ref) => {
      const cut = ref.indexOf('|');
      const adapter = adapters.get(ref.slice(0, cut));
      if (adapter === undefined) return { type: 'failed', why: 'offline' };
      if (!adapter.capabilities.mediaIn) return { type: 'absent' };
      if (stopped) return STOPPING;
      const { promise, resolve } = Promise.withResolvers<Fetched>();
      waiting.add(resolve);
      const cancel = timers.after(FETCH_TIMEOUT_MS, () => resolve({ type: 'failed', why: 'hung' }));
      try {
        const fetched = fetchedFrom(adapter, ref.slice(cut + 1), absentIsNothing);
        return await Promise.race([fetched, promise]);
      } finally {
        cancel();
        waiting.delete(resolve);
      }
    },
    shows: (account) => (adapters.get(account) ?? elsewhere?.get(account))?.capabilities.mediaOut ?? false,
    stop: () => {
      stopped = true;
      for (const give of waiting) give(STOPPING);
    },
  };
}

const STOPPING: Fetched = { type: 'failed', why: 'stopping' };

/** Never rejects. What an adapter's error says is nobody's to read: it may hold an address with a token. */
async function fetchedFrom(adapter: ChatAdapter, ref: string, absentIsNothing: boolean): Promise<Fetched> {
  try {
    const { bytes } = await adapter.fetchMedia(ref);
    return { type: 'bytes', bytes };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing && absentIsNothing ? { type: 'absent' } : { type: 'failed', why: 'error' };
  }
}
