/** A wechaty adapter against the token service, with a clock that the test moves. */
import type { ChatAdapter, Outbound } from '@huiyin/core/port';
import { ManualClock } from '../../../src/kernel/clock.ts';
import { outbound } from '../../../tests/adapters/contract.ts';
import { eventually, logTo, RecordingSink, START, WatchedTimers } from '../../../tests/adapters/support.ts';
import type { WechatyOptions } from '../index.ts';
import { createWechaty, wechatyConfig } from '../index.ts';
import { PART_PAUSE_MS } from '../pacing.ts';
import type { Service } from './service.ts';
import { TOKEN } from './service.ts';

/** The pause between the parts of one message passes by itself, where a test does not watch it. */
class EasyTimers extends WatchedTimers {
  easy = true;

  override after(milliseconds: number, run: () => void): () => void {
    if (!this.easy || milliseconds !== PART_PAUSE_MS) return super.after(milliseconds, run);
    const handle = setImmediate(run);
    return () => clearImmediate(handle);
  }
}

export interface Running {
  readonly service: Service;
  readonly adapter: ChatAdapter;
  readonly sink: RecordingSink;
  readonly timers: EasyTimers;
  readonly clock: ManualClock;
  /** All that was logged, as text. */
  readonly lines: string[];
  /** What stood in the terminal. */
  readonly printed: string[];
}

export function optionsFor({ port }: Pick<Service, 'port'>, over: Partial<WechatyOptions> = {}) {
  const clock = new ManualClock(START);
  const timers = new EasyTimers(clock);
  const lines: string[] = [];
  const printed: string[] = [];
  const config = wechatyConfig.parse({ token: TOKEN, endpoint: `127.0.0.1:${port}` });
  const print = (text: string): void => void printed.push(text);
  const options: WechatyOptions = {
    ...config,
    id: 'wechaty',
    clock,
    timers,
    log: logTo(lines),
    stateFile: null,
    print,
    ...over,
  };
  return { options, clock, timers, lines, printed };
}

/** Uses an adapter that has been started, and stops it whatever comes of it. */
export async function running<T>(
  service: Service,
  use: (running: Running) => Promise<T>,
  {
    over = {},
    signedIn = true,
  }: { readonly over?: Partial<WechatyOptions>; readonly signedIn?: boolean } = {},
): Promise<T> {
  await service.reset({ signedIn });
  const { options, ...rest } = optionsFor(service, over);
  const adapter = createWechaty(options);
  const sink = new RecordingSink();
  try {
    await adapter.start(sink);
    if (signedIn) await eventually(() => adapter.health().state === 'online');
    return await use({ service, adapter, sink, ...rest });
  } finally {
    await adapter.stop();
  }
}

export const message = (id: string, over: Partial<Outbound> = {}): Outbound => outbound(id, 'wechaty', over);

export const TEXT = 7;
export const IMAGE = 6;
export const RECALLED = 13;
