/** Runs the command line as a person does, in a process of its own and an empty folder. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/huiyin.mjs', import.meta.url));
export const TOWNSHIP = fileURLToPath(new URL('../../seeds/township.yaml', import.meta.url));

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'huiyin-cli-'));

export interface Asked {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface AskOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of node itself, before the program. */
  readonly node?: readonly string[];
}

/** The key is made in the folder, never in the home of whoever runs the tests. */
const environment = (cwd: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  XDG_CONFIG_HOME: join(cwd, 'config'),
  HUIYIN_LOG: 'silent',
  ...more,
});

export function ask(args: readonly string[], options: AskOptions = {}): Asked {
  const { cwd = newFolder(), input = '', node = [], env } = options;
  const ran = spawnSync(process.execPath, [...node, BIN, ...args], {
    cwd,
    input,
    env: environment(cwd, env),
  });
  return { code: ran.status, out: ran.stdout.toString(), err: ran.stderr.toString() };
}

/** A process that keeps running, for signals and for readers that leave. */
export function begin(args: readonly string[], cwd: string, env?: AskOptions['env']) {
  return spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: environment(cwd, env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}
