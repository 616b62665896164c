/** `huiyin simulate`: a scenario against the program itself, with a clock of its own. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ManualClock, type Timers } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import { parseInstant, printed } from '../kernel/zone.ts';
import type { KeepFile } from '../schedule/tasks.ts';
import { RecordingAdapter } from '../simulation/recorder.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite/index.ts';
import { createVault, type Vault } from '../vault/index.ts';
import { randomBytes } from '../vault/key.ts';
import type { Adapters, Scenario } from './adapters.ts';
import { fileOnly } from './database.ts';
import { CliError } from './failure.ts';
import { createHouse } from './house.ts';
import { simulatedMedia } from './media.ts';
import type { Output } from './output.ts';
import { loadTownship, policyInForce } from './township.ts';

export interface SimulateOptions {
  readonly township: string;
  readonly db: string | undefined;
  readonly out: string | undefined;
  /** A path, or `-` for stdin. */
  readonly scenario: string;
}

/** Nothing in a simulation waits for the machine's clock: what would, goes with the next writing. */
export const NO_TIMERS: Timers = { after: () => () => undefined, every: () => () => undefined };

export async function simulate(options: SimulateOptions, adapters: Adapters, output: Output): Promise<void> {
  const source = await loadTownship(options.township);
  const { timezone, id: township } = source.file.roster.township;
  const filesDir = options.out === undefined ? null : resolve(options.out);
  const times = {
    print: (at: number) => printed(at, timezone),
    read: (text: string) => parseInstant(text, timezone),
  };
  const scenario = await adapters.scenario({ times, filesDir, mediaDir: mediaDirOf(options.scenario) });
  const input = await inputOf(options.scenario);
  const clock = new ManualClock(0);
  const store = await openStore(options.db, township, clock);
  try {
    const policy = await policyInForce(store, source);
    const recorder = new RecordingAdapter(scenario.codec, (line) => output.write(line));
    const keepFile = keeperOf(filesDir);
    const house = createHouse({
      store,
      policy: () => policy,
      clock,
      timers: NO_TIMERS,
      vault: simulationVault(),
      log: log.child('simulation'),
      owner: 'simulation',
      adapters: new Map([[recorder.id, recorder]]),
      keepFile,
      media: simulatedMedia(keepFile),
      waits: true,
    });
    const parts = { ...house.due, store, clock, timezone, receive: house.desk.receive };
    const simulation = new Simulation({ parts, codec: scenario.codec, write: (line) => output.write(line) });
    await play(simulation, scenario, input, output);
    await simulation.finish(recorder.sends);
    await output.flush();
  } finally {
    await store.close();
  }
}

async function play(
  simulation: Simulation,
  scenario: Scenario,
  input: AsyncIterable<Uint8Array>,
  output: Output,
): Promise<void> {
  for await (const line of scenario.lines(input)) {
    await simulation.play(line);
    await output.pace();
    if (output.closed) return;
  }
}

/**
 * One key for all simulations: two runs give a protected reporter the same alias and so print the same
 * bytes. What it seals is made up.
 */
export function simulationVault(): Vault {
  return createVault(createHash('sha256').update('huiyin simulation').digest(), randomBytes);
}

const KIND = 'kind';

async function openStore(db: string | undefined, township: string, clock: ManualClock): Promise<Store> {
  fileOnly(db);
  if (db !== undefined) await mkdir(dirname(resolve(db)), { recursive: true });
  const store = openSqliteStore({
    file: db ?? ':memory:',
    now: () => clock.now(),
    owner: `simulate, process ${process.pid}`,
    timers: NO_TIMERS,
    // In memory nothing is gained by waiting for company.
    ...(db === undefined ? { defer: queueMicrotask } : {}),
  });
  const kind = await store.meta({ township }, KIND);
  const used = kind === null && (await store.policy({ township })) !== null;
  if (used || (kind !== null && kind !== 'simulation')) {
    await store.close();
    throw new CliError(2, {
      what: `${db} 不是模拟用的数据库，里面有真实的或演示的案件。`,
      safe: '什么都没有改动。',
      next: '换一个文件名，或者去掉 --db：模拟就在内存里进行。',
    });
  }
  await store.setMeta({ township }, KIND, 'simulation');
  return store;
}

async function inputOf(scenario: string): Promise<AsyncIterable<Uint8Array>> {
  if (scenario === '-') return process.stdin;
  const found = await stat(scenario).catch(() => null);
  if (!found?.isFile()) {
    throw new CliError(2, {
      what: `找不到情景文件 ${scenario}。`,
      safe: '什么都没有改动。',
      next: '写对路径，或者写 - 从标准输入读。',
    });
  }
  return createReadStream(scenario);
}

const mediaDirOf = (scenario: string): string =>
  scenario === '-' ? process.cwd() : dirname(resolve(scenario));

/** Files of one run under one folder; a name that was given already gets a number. Null without a folder. */
export function keeperOf(dir: string): KeepFile;
export function keeperOf(dir: string | null): KeepFile | null;
export function keeperOf(dir: string | null): KeepFile | null {
  if (dir === null) return null;
  const used = new Map<string, number>();
  return async (name, bytes) => {
    const before = used.get(name) ?? 0;
    used.set(name, before + 1);
    const path = resolve(dir, before === 0 ? name : name.replace(/(\.[^.]*)?$/, `-${before + 1}$1`));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    return path;
  };
}
