/** `huiyin demo`: a month of a township's messages through the real path, then a page to play in. */
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Clock, ManualClock } from '../kernel/clock.ts';
import { parseInstant, printed } from '../kernel/zone.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { Store } from '../store/port.ts';
import { openSqliteStore, storeOver } from '../store/sqlite/index.ts';
import { lockDatabase } from '../store/sqlite/lock.ts';
import { openDatabase } from '../store/sqlite/open.ts';
import type { Adapters, Scenario } from './adapters.ts';
import { fileOnly } from './database.ts';
import { DEMO_NOW, type DemoParts, type DemoPlace, quietHouse } from './demo-house.ts';
import { demoInbound } from './demo-people.ts';
import { CliError } from './failure.ts';
import { KIND, owner } from './open.ts';
import { NO_TIMERS } from './simulate.ts';
import { loadTownship, type TownshipSource } from './township.ts';

export interface DemoOptions {
  readonly serve?: boolean;
  readonly fresh?: boolean;
  readonly db?: string;
  readonly port?: string;
}

export const seed = (name: string): string => fileURLToPath(new URL(`../../seeds/${name}`, import.meta.url));

export async function demo(options: DemoOptions, adapters: Adapters): Promise<void> {
  const place = placeOf(options.db);
  const source = await loadTownship(seed('township.yaml'));
  await make(place, source, options.fresh ?? false, adapters);
  if (!options.serve) {
    process.stdout.write(`演示数据库在 ${place.db}。打开网页：huiyin demo --serve\n`);
    return;
  }
  const { serveDemo } = await import('./demo-serve.ts');
  await serveDemo(place, source, portOf(options.port), adapters);
}

function placeOf(db: string | undefined): DemoPlace {
  fileOnly(db);
  const file = resolve(db ?? fileURLToPath(new URL('../../data/demo.db', import.meta.url)));
  return {
    db: file,
    chat: `${file.replace(/\.db$/, '')}-chat.db`,
    files: resolve(dirname(file), 'demo-files'),
  };
}

const DEFAULT_PORT = 8790;

function portOf(given: string | undefined): number {
  const port = Number(given ?? process.env.PORT ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CliError(2, {
    what: `不是端口：${given ?? process.env.PORT}`,
    safe: '什么都没有启动。',
    next: '写一个 0 到 65535 的整数，例如 --port 8790。',
  });
}

/** Makes the database on the first run; one that was cut short, or is to be fresh, is made anew. */
async function make(
  place: DemoPlace,
  source: TownshipSource,
  fresh: boolean,
  adapters: Adapters,
): Promise<void> {
  await mkdir(dirname(place.db), { recursive: true });
  const exists = (await stat(place.db).catch(() => null)) !== null;
  if (exists && !fresh && (await isComplete(place.db, source))) return;
  for (const file of [place.db, place.chat]) {
    for (const ending of ['', '-wal', '-shm']) await rm(`${file}${ending}`, { force: true });
  }
  await replay(place, source, adapters);
}

/** Throws where the file is no demonstration: it is not ours to replace. */
async function isComplete(db: string, { file }: TownshipSource): Promise<boolean> {
  const scope = { township: file.roster.township.id };
  const store = openSqliteStore({ file: db, now: () => 0, owner: owner() });
  try {
    if ((await store.meta(scope, KIND)) === 'demo') return (await store.meta(scope, DEMO_NOW)) !== null;
  } finally {
    await store.close();
  }
  throw new CliError(2, {
    what: `${db} 不是演示用的数据库。`,
    safe: '什么都没有改动。',
    next: '用 --db 换一个文件名。',
  });
}

async function replay(place: DemoPlace, source: TownshipSource, adapters: Adapters): Promise<void> {
  const scope = { township: source.file.roster.township.id };
  const clock = new ManualClock(0);
  const store = openHasty(place.db, clock);
  const chat = await adapters.demoChat(place.chat);
  try {
    await store.setMeta(scope, KIND, 'demo');
    await play({ place, source, store, chat, clock }, await scenarioOf(source, adapters));
    await store.setMeta(scope, DEMO_NOW, String(clock.now()));
  } finally {
    chat.close();
    await store.close();
  }
}

/** Without waiting for the disk: what a power cut spoils here is made anew. */
function openHasty(file: string, clock: Clock): Store {
  const unlock = lockDatabase(file, owner());
  const db = openDatabase(file);
  db.pragma('synchronous = OFF');
  const options = { now: () => clock.now(), owner: owner(), timers: NO_TIMERS, defer: queueMicrotask };
  return storeOver(db, options, unlock);
}

async function play(parts: DemoParts, scenario: Scenario): Promise<void> {
  const { store, chat, clock } = parts;
  const { house, policy } = await quietHouse(parts);
  const { timezone } = policy.roster.township;
  const simulation = new Simulation({
    codec: scenario.codec,
    write: () => undefined,
    parts: {
      ...house.due,
      store,
      clock,
      timezone,
      receive: async (inbound) => {
        const here = demoInbound(inbound, policy.roster, policy.directory, chat.quiet.id);
        if (here === null) return { outcome: 'ignored', outbox: [] };
        chat.keep(here);
        return house.desk.receive(here);
      },
    },
  });
  const progress = progressOf(process.stderr);
  for await (const line of scenario.lines(createReadStream(seed('october-2026.jsonl')))) {
    await simulation.play(line);
    progress(line.number, printed(clock.now(), timezone).slice(0, 10));
  }
  process.stderr.write('\n');
}

function progressOf(stderr: NodeJS.WriteStream): (line: number, date: string) => void {
  let last = '';
  return (line, date) => {
    if (date === last) return;
    last = date;
    stderr.write(`${stderr.isTTY ? '\r' : '\n'}演示数据：${date}，第 ${line} 条`);
  };
}

function scenarioOf({ file }: TownshipSource, adapters: Adapters): Promise<Scenario> {
  const { timezone } = file.roster.township;
  const times = {
    print: (at: number) => printed(at, timezone),
    read: (text: string) => parseInstant(text, timezone),
  };
  return adapters.scenario({ times, mediaDir: seed('.'), filesDir: null });
}
