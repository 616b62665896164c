/** From the command to its first line: how long whoever restarts the bot waits for it. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { median } from './measure.ts';
import type { BenchSettings } from './row.ts';
import { benchTownship, line, reportText, TOWNSHIP_FILE, type Writer, writersOf } from './township.ts';

const HUIYIN = fileURLToPath(new URL('../../bin/huiyin.mjs', import.meta.url));

interface Started {
  readonly args: readonly string[];
  /** What is written to it. */
  readonly input: string;
  /** The line that shows that it works. */
  readonly sign: string;
}

/** Seconds from the start of the process to the line that is waited for; it ends by itself. */
export async function untilLine({ args, input, sign }: Started, env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [HUIYIN, ...args], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdin.end(input);
  let seconds: number | null = null;
  for await (const out of createInterface({ input: child.stdout })) {
    if (seconds === null && out.includes(sign)) seconds = (performance.now() - start) / 1000;
  }
  await ended;
  if (seconds === null) throw new Error(`huiyin ${args[0]} did not come to ${sign}`);
  return seconds;
}

export async function startup({ folder, pairs }: BenchSettings): Promise<object> {
  const [writer] = writersOf(benchTownship().policy);
  if (writer === undefined) throw new Error('nobody writes in this township');
  const { env, commands, bridge } = await prepared(folder, writer);
  // The first makes the database and the key: what is measured opens them.
  await untilLine(bridge('first'), env);
  const turns = Array.from({ length: pairs }, (_, turn) => turn);
  const seconds: Record<string, number[]> = { start: [], simulate: [], parse: [], node: [] };
  for (const turn of turns) {
    seconds.start?.push(await untilLine(bridge(`m${turn}`), env));
    for (const [name, started] of Object.entries(commands))
      seconds[name]?.push(await untilLine(started, env));
    seconds.node?.push(await bareNode());
  }
  const medians = Object.entries(seconds).map(([name, all]) => [name, Number(median(all).toFixed(3))]);
  return { seconds: Object.fromEntries(medians), aims: { start: 1 }, runs: pairs };
}

async function prepared(folder: string, writer: Writer) {
  const config = join(folder, 'config');
  await mkdir(config, { recursive: true });
  const scenario = join(folder, 'scenario.jsonl');
  await writeFile(scenario, line('s1', writer, reportText(0, writer), '2026-11-02T10:00:00+08:00'));
  const texts = join(folder, 'texts.jsonl');
  await writeFile(texts, `${JSON.stringify({ text: reportText(0, writer), role: 'neighbor_head' })}\n`);
  const township = ['--township', TOWNSHIP_FILE];
  const start = ['start', '--adapter', 'bridge', ...township, '--db', join(folder, 'start.db')];
  return {
    env: { ...process.env, XDG_CONFIG_HOME: config },
    bridge: (id: string): Started => ({
      args: start,
      input: `${line(id, writer, reportText(0, writer))}\n`,
      sign: '"handled"',
    }),
    commands: {
      simulate: { args: ['simulate', ...township, scenario], input: '', sign: '"handled"' },
      parse: { args: ['parse', ...township, texts], input: '', sign: '"intent"' },
    },
  };
}

/** Node itself, to be taken off the others in one's mind. */
async function bareNode(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('close', resolve));
  return (performance.now() - start) / 1000;
}
