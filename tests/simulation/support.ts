/** Plays scenarios in this process, as `huiyin simulate` does. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Output } from '../../src/cli/output.ts';
import { simulate } from '../../src/cli/simulate.ts';
import { adapters } from '../../src/main.ts';

export const TOWNSHIP = fileURLToPath(new URL('../../seeds/township.yaml', import.meta.url));

export type Line = Readonly<Record<string, unknown>>;

export interface Played {
  readonly text: string;
  readonly lines: readonly Line[];
  of(type: string): readonly Line[];
}

export interface PlayOptions {
  readonly township?: string;
  readonly db?: string;
  readonly out?: string;
}

/** @param scenario objects, or raw text where a line is to be wrong */
export async function play(scenario: readonly unknown[], options: PlayOptions = {}): Promise<Played> {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-play-'));
  const file = join(dir, 'scenario.jsonl');
  const text = scenario.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  await writeFile(file, text);
  let printed = '';
  const stream = new Writable({
    write(chunk, _, done) {
      printed += chunk;
      done();
    },
  });
  const { township = TOWNSHIP, db, out } = options;
  await simulate({ township, db, out, scenario: file }, adapters, new Output(stream));
  const lines = printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  return { text: printed, lines, of: (type) => lines.filter((line) => line.type === type) };
}

/** Somebody of the demo township writes; `at` is `11-02 08:30` of 2026. */
export function says(id: string, who: string, at: string, text: string, group?: string): Line {
  const chat = group === undefined ? { id: `u-${who}`, kind: 'direct' } : { id: group, kind: 'group' };
  return { type: 'message', id, chat, from: { id: `u-${who}` }, text, at: timeOf(at) };
}

export const clock = (at: string): Line => ({ type: 'clock', at: timeOf(at) });

const timeOf = (at: string): string => `2026-${at.replace(' ', 'T')}:00+08:00`;
