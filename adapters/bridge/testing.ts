/** A pair of pipes for the tests of this adapter: lines in, lines out. */
import { PassThrough, Writable } from 'node:stream';
import type { BridgeOptions, BridgeTimes } from './config.ts';

export const times: BridgeTimes = {
  print: (at) => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`,
  read: (text) => {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : at;
  },
};

export interface Pipes {
  readonly input: PassThrough;
  readonly output: Writable;
  /** Lines written so far, parsed. */
  lines(): readonly Record<string, unknown>[];
  write(...lines: readonly unknown[]): void;
}

export function pipes(): Pipes {
  const input = new PassThrough();
  let written = '';
  const output = new Writable({
    write(chunk, _, done) {
      written += chunk;
      done();
    },
  });
  return {
    input,
    output,
    lines: () =>
      written
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    write: (...lines) => {
      for (const line of lines) input.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    },
  };
}

export function optionsOver({ input, output }: Pick<Pipes, 'input' | 'output'>): BridgeOptions {
  return {
    id: 'bridge',
    times,
    input,
    output,
    mediaDir: null,
    filesDir: null,
    acknowledged: () => undefined,
    warn: () => undefined,
  };
}
