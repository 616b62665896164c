/** A pair of pipes for the tests of this adapter: lines in, lines out. */
import { PassThrough, Writable } from 'node:stream';
import { ManualClock } from '../../src/kernel/clock.ts';
import type { Playable, Seen, SpokenMessage } from '../../tests/adapters/contract.ts';
import { START } from '../../tests/adapters/support.ts';
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
  /** The next lines are written, but their writing ends only when the returned function is called. */
  hold(): () => void;
  readonly holding: boolean;
}

export function pipes(): Pipes {
  const input = new PassThrough();
  let written = '';
  let held: (() => void)[] | null = null;
  const output = new Writable({
    write(chunk, _, done) {
      written += chunk;
      if (held) held.push(done);
      else done();
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
    hold() {
      held = [];
      return () => {
        const waiting = held ?? [];
        held = null;
        for (const done of waiting) done();
      };
    },
    get holding() {
      return (held ?? []).length > 0;
    },
    write: (...lines) => {
      for (const line of lines) input.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
    },
  };
}

export function optionsOver({ input, output }: Pick<Pipes, 'input' | 'output'>): BridgeOptions {
  return {
    id: 'bridge',
    times,
    clock: new ManualClock(START),
    input,
    output,
    mediaDir: null,
    filesDir: null,
    acknowledged: () => undefined,
    warn: () => undefined,
  };
}

/** What both forms of the bridge can show of the contract. */
export const BRIDGE_PLAYS: Playable = {
  edits: true,
  recalls: true,
  quotes: 'id',
  photos: true,
  files: true,
  answers: ['lost'],
  cuts: false,
  holds: false,
};

export const photoName = ({ id }: SpokenMessage): string => `${id}.png`;

/** A message as docs/bridge.md has it. */
export function lineOf(message: SpokenMessage, type = 'message'): Readonly<Record<string, unknown>> {
  const { photo, text, ...rest } = message;
  const media = photo ? [{ kind: 'image', mime: 'image/png', path: photoName(message) }] : [];
  return { type, ...rest, ...(type === 'recall' ? {} : { text, media }) };
}

/** What a reader shows: repeats are dropped by their id, as docs/bridge.md asks of it. */
export function shown(lines: readonly Readonly<Record<string, unknown>>[]): readonly Seen[] {
  const sends = lines.filter(({ type }) => type === 'send') as unknown as readonly SendLine[];
  return [...new Map(sends.map((line) => [line.id, line])).values()].map(({ chat, text, media }) => ({
    chat: chat.id,
    text,
    files: media.map(({ name }) => name),
  }));
}

interface SendLine {
  readonly id: string;
  readonly chat: { readonly id: string };
  readonly text: string;
  readonly media: readonly { readonly name: string }[];
}
