/** grammY's typed client, with deadlines by the injected timers and no retries behind the outbox's back. */
import { autoRetry } from '@grammyjs/auto-retry';
import type { AdapterTimers } from '@huiyin/core/kit';
import { createWire, WireError } from '@huiyin/core/kit';
import { Api, type Transformer } from 'grammy';
import type { TelegramOptions } from './config.ts';
import { MAX_DOWNLOAD_BYTES } from './config.ts';
import type { Fetch } from './wire.ts';
import { fetchOver } from './wire.ts';

type Raw = Api['raw'];
type Signal = NonNullable<Parameters<Raw['getMe']>[0]>;
type ClientOptions = NonNullable<ConstructorParameters<typeof Api>[1]>;

export interface ClientSetup extends Pick<TelegramOptions, 'token' | 'apiRoot' | 'proxy'> {
  readonly timers: AdapterTimers;
}

export interface Client {
  /** Runs a call and gives it up after so many milliseconds, or when all is given up. */
  within<T>(milliseconds: number, call: (raw: Raw, signal: Signal) => Promise<T>): Promise<T>;
  /** The bytes behind a `file_path` of getFile. */
  download(path: string, milliseconds: number): Promise<Uint8Array>;
  serverTime(): number | null;
  /** Breaks off what is under way. */
  abandon(): void;
  close(): void;
}

/**
 * Calls that do no harm twice. Never a send: auto-retry waits inside the call, where neither the outbox nor a
 * stop can reach it, and repeats after 5xx and broken connections, which may show people a message twice.
 */
const REPEATABLE = new Set([
  'getMe',
  'getFile',
  'getChatMember',
  'getWebhookInfo',
  'setWebhook',
  'deleteWebhook',
]);

/** Only for `retry_after`: with its own backoff for network errors auto-retry 2.0.2 ignores `maxRetryAttempts`. */
const repeat = autoRetry({
  maxRetryAttempts: 2,
  maxDelaySeconds: 5,
  rethrowInternalServerErrors: true,
  rethrowHttpErrors: true,
});

const retrying: Transformer = (prev, method, payload, signal) =>
  REPEATABLE.has(method) ? repeat(prev, method, payload, signal) : prev(method, payload, signal);

/** grammY's own limit runs on the machine's timers; ours strike before it. */
const GRAMMY_TIMEOUT_SECONDS = 300;

export function createClient(options: ClientSetup): Client {
  const { token, apiRoot, proxy, timers } = options;
  const wire = createWire(proxy);
  const fetch = fetchOver(wire, MAX_DOWNLOAD_BYTES);
  const api = new Api(token, {
    apiRoot,
    fetch: fetch as unknown as NonNullable<ClientOptions['fetch']>,
    timeoutSeconds: GRAMMY_TIMEOUT_SECONDS,
  });
  api.config.use(retrying);
  const underWay = new Set<AbortController>();

  async function limited<T>(milliseconds: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    underWay.add(controller);
    const cancel = timers.after(milliseconds, () => controller.abort());
    try {
      return await run(controller.signal);
    } finally {
      cancel();
      underWay.delete(controller);
    }
  }

  return {
    // grammY's type is that of the package abort-controller; the platform's own signal serves as well.
    within: (milliseconds, call) =>
      limited(milliseconds, (signal) => call(api.raw, signal as unknown as Signal)),
    download: (path, milliseconds) =>
      limited(milliseconds, (signal) =>
        downloaded(fetch, `${apiRoot}/file/bot${token}/${encodeURI(path)}`, signal),
      ),
    serverTime: () => wire.serverTime(),
    abandon() {
      for (const controller of underWay) controller.abort();
    },
    close: () => wire.close(),
  };
}

async function downloaded(fetch: Fetch, url: string, signal: AbortSignal): Promise<Uint8Array> {
  const { status, bytes } = await fetch(url, { signal });
  if (status !== 200) throw new WireError('NO_FILE', true, status);
  return bytes;
}
