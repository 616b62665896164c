/** The second reader as a township has set it; where it is off, its code is not even loaded. */
import type { AssistSettings } from '../domain/settings.ts';
import type { SecondReader } from '../intake/proposal.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';

export interface SecondReaderParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export async function secondReaderOf(
  { mode, url, model, timeoutMs }: AssistSettings,
  { clock, log, env }: SecondReaderParts,
): Promise<SecondReader | null> {
  if (mode === 'off' || url === null || model === null) return null;
  const { createAssist } = await import('../assist/index.ts');
  const key = env.HUIYIN_ASSIST_KEY?.trim() || null;
  const { protocol, host } = new URL(url);
  log.info('unsure messages are shown to a second reader, without names and numbers', { host, model });
  if (key !== null && protocol === 'http:' && !isLoopback(url))
    log.warn('the key of the second reader is sent unencrypted; use https', { host });
  return createAssist({ url, model, key, timeoutMs, clock, log: log.child('assist') }).propose;
}

const isLoopback = (url: string): boolean => /^(?:localhost|127\.|\[::1\])/.test(new URL(url).hostname);
