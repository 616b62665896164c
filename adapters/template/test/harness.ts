/** Options for an adapter against the fake platform, with a clock that the test moves. */
import { ManualClock } from '../../../src/kernel/clock.ts';
import { logTo, START, WatchedTimers } from '../../../tests/adapters/support.ts';
import type { TemplateOptions } from '../index.ts';
import { templateConfig } from '../index.ts';
import { TOKEN } from './fake-platform.ts';

export function optionsFor(server: string, token = TOKEN) {
  const clock = new ManualClock(START);
  const timers = new WatchedTimers(clock);
  const lines: string[] = [];
  const config = templateConfig.parse({ server, token });
  const options: TemplateOptions = { ...config, id: 'template', clock, timers, log: logTo(lines) };
  return { options, timers, lines };
}
