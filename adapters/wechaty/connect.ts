/** Wechaty's session: one puppet after the other, each from its start to its end, until it is stopped. */
import { readFile, writeFile } from 'node:fs/promises';
import { backoffMs, Patience } from '@huiyin/core/kit';
import type { Condition } from './condition.ts';
import type { WechatyOptions } from './config.ts';
import { inWords, isBadToken, isUnreachable } from './outcome.ts';
import type { Puppet } from './puppet.ts';
import type { Session } from './session.ts';
import { openSession } from './session.ts';
import { missingWords, puppetName, WORDS } from './words.ts';

export type Wechaty = typeof import('wechaty');

/** Only where it is used: 2 seconds and 120 MB. @throws an error in words for the admin where it is not installed */
export async function loadWechaty(): Promise<Wechaty> {
  try {
    const wechaty = await import('wechaty');
    // It writes to stdout, where the bridge's lines go, and its errors hold tokens.
    wechaty.log.level('silent');
    return wechaty;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const { what, next } = missingWords('wechaty');
    throw new Error(`${what}${next}`);
  }
}

export interface ConnectParts {
  readonly wechaty: Wechaty;
  readonly options: WechatyOptions;
  readonly condition: Condition;
  readonly handle: Session['handle'];
}

/** A connection that held for so long was a good one: the next begins at once. */
const HELD_MS = 60_000;

export class Connection {
  readonly #parts: ConnectParts;
  readonly #patience: Patience;
  #session: Session | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: ConnectParts) {
    this.#parts = parts;
    this.#patience = new Patience(parts.options.timers);
  }

  /** Returns at once: a township must start while WeChat can't be reached, and nobody has scanned yet. */
  start(): void {
    this.#running = this.#run();
  }

  /** The puppet, while somebody is signed in and the connection stands. */
  live(): Puppet | null {
    return this.#session?.live() ?? null;
  }

  async stop(): Promise<void> {
    this.#patience.stop();
    this.#session?.end(null);
    await this.#running;
  }

  async #run(): Promise<void> {
    const { clock } = this.#parts.options;
    for (let failures = 0; !this.#patience.stopped; ) {
      const since = clock.now();
      const why = await this.#once();
      if (this.#patience.stopped) return;
      this.#tell(why);
      failures = clock.now() - since > HELD_MS ? 1 : failures + 1;
      await this.#patience.pause(backoffMs(failures));
    }
  }

  /** @returns why it ended; null where it was cut or stopped */
  async #once(): Promise<unknown> {
    const { wechaty, options, condition, handle } = this.#parts;
    try {
      const settings = { ...(await memoryOf(options)), ...(await puppetOf(options)) };
      if (this.#patience.stopped) return null;
      this.#session = openSession({
        bot: wechaty.WechatyBuilder.build(settings),
        options,
        condition,
        handle,
      });
      return await this.#session.ended;
    } catch (error) {
      return error;
    } finally {
      await this.#session?.close();
      this.#session = null;
    }
  }

  #tell(why: unknown): void {
    const { condition, options } = this.#parts;
    if (isBadToken(why)) condition.refused(WORDS.badToken);
    else condition.lost(wordsFor(why, options));
    options.log.warn('the connection to WeChat is down', { detail: why === null ? 'cut' : inWords(why) });
  }
}

/**
 * Where a session is kept, a restart needs no scan. Whoever has the file is signed in as the bot, so nobody else may
 * read it; wechaty would make it readable to all. The token service keeps its sessions itself.
 * @returns wechaty's `name`: the file's path without its `.memory-card.json`
 */
export async function memoryOf({
  puppet,
  stateFile,
}: Pick<WechatyOptions, 'puppet' | 'stateFile'>): Promise<{ name?: string }> {
  if (puppet === 'service' || stateFile === null) return {};
  const name = stateFile.replace(/\.json$/, '');
  await writeFile(`${name}.memory-card.json`, '{}', { flag: 'wx', mode: 0o600 }).catch(() => undefined);
  return { name };
}

function wordsFor(why: unknown, { endpoint }: Pick<WechatyOptions, 'endpoint'>): string {
  if (why === null) return WORDS.cut;
  if (why === 'quiet') return WORDS.quiet;
  if (why === 'idle') return WORDS.idle;
  if (isUnreachable(why) && endpoint !== null) return WORDS.network(endpoint);
  return WORDS.failed(inWords(why));
}

type OfficialName = 'wechaty-puppet-service' | 'wechaty-puppet-wechat4u' | 'wechaty-puppet-padlocal';

/** Its watchdog would begin a new session after a minute of quiet, by the machine's timers: `Watch` does it by ours. */
const WATCHDOG_SECONDS = 86_400;

async function puppetOf(options: WechatyOptions) {
  const { puppet, token, endpoint, tls, caFile, serverName } = options;
  const name = puppetName(puppet) as OfficialName;
  const common = { timeoutSeconds: WATCHDOG_SECONDS, ...(token !== null && { token }) };
  if (puppet !== 'service') return { puppet: name, puppetOptions: common };
  const caCert = caFile === null ? null : await readFile(caFile, 'utf8').catch(() => null);
  if (caFile !== null && caCert === null) throw new Error(WORDS.noCa(caFile));
  const security = {
    disable: !tls,
    ...(caCert !== null && { caCert }),
    ...(serverName !== null && { serverName }),
  };
  return {
    puppet: name,
    puppetOptions: { ...common, ...(endpoint !== null && { endpoint }), tls: security },
  };
}
