/**
 * Five months of a whole county town, end to end: 8,879 reports and 8,128 answers that were rated, as Yuanbao in
 * Dandong had them, played against the program with every clock and job on. Officers and reporters answer what
 * the bot sends them; the others stay silent, and the clocks run on.
 */
import { join } from 'node:path';
import { createHouse } from '../../src/cli/house.ts';
import { keeperOf, NO_TIMERS, simulationVault } from '../../src/cli/simulate.ts';
import { ManualClock } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import { parseInstant, printed } from '../../src/kernel/zone.ts';
import { adapters } from '../../src/main.ts';
import { RecordingAdapter } from '../../src/simulation/recorder.ts';
import { Simulation } from '../../src/simulation/simulation.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import type { BenchSettings } from './row.ts';
import { benchTownship, line, reportText, type Writer, writersOf } from './township.ts';

const RECEIVED = 8_879;
const CLOSED = 8_128;
const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 5, 1, 0);
/** The last answers are given in the days that are left. */
const LAST_REPORT = Date.UTC(2026, 9, 25, 12);
const END = Date.UTC(2026, 9, 31, 15, 59);

interface Due {
  readonly at: number;
  readonly line: string;
}

/** What people are going to write, the earliest first; where equal, in the order in which they made up their minds. */
class Agenda {
  readonly #all: Due[] = [];

  add(due: Due): void {
    this.#all.splice(this.#all.findLastIndex((one) => one.at <= due.at) + 1, 0, due);
  }

  take(until: number): Due | null {
    const [first] = this.#all;
    return first !== undefined && first.at <= until ? (this.#all.shift() ?? null) : null;
  }
}

interface Said {
  readonly type: string;
  readonly kind?: string;
  readonly case?: string | null;
  readonly replyTo?: string | null;
  readonly chat?: { readonly id: string };
  readonly at?: string;
  readonly state?: string;
}

/** The people of the town: they read each line that the bot writes. */
class Town {
  readonly agenda = new Agenda();
  readonly states = new Map<string, number>();
  sends = 0;
  readonly #reporters = new Map<string, Writer>();
  readonly #byMessage = new Map<string, { readonly writer: Writer; readonly answered: boolean }>();
  readonly #answered = new Set<string>();
  #said = 0;

  reports(id: string, writer: Writer, answered: boolean): void {
    this.#byMessage.set(id, { writer, answered });
  }

  hear(text: string): void {
    const said: Said = JSON.parse(text);
    if (said.type === 'case') this.states.set(said.state ?? '', (this.states.get(said.state ?? '') ?? 0) + 1);
    if (said.type !== 'send') return;
    this.sends++;
    const { kind, case: number, chat, at } = said;
    if (number == null || chat === undefined || at === undefined) return;
    if (kind === 'receipt') this.#received(number, said.replyTo ?? '');
    const time = parseInstant(at, ZONE) ?? 0;
    if (kind === 'assignment' && this.#answered.delete(number))
      this.#write(chat.id, `办结 ${number} 已派人处理好`, time + delay(this.#said));
    if (kind === 'resolved') this.#rate(number, time + HOUR);
  }

  #received(number: string, message: string): void {
    const report = this.#byMessage.get(message);
    if (report === undefined) return;
    this.#byMessage.delete(message);
    if (!report.answered) return;
    this.#reporters.set(number, report.writer);
    this.#answered.add(number);
  }

  #rate(number: string, at: number): void {
    const writer = this.#reporters.get(number);
    this.#reporters.delete(number);
    if (writer !== undefined) this.#write(writer.account, `${number} 满意`, at);
  }

  #write(account: string, text: string, at: number): void {
    const from = { id: account };
    const chat = { id: account, kind: 'direct' };
    const id = `a${this.#said++}`;
    this.agenda.add({
      at,
      line: JSON.stringify({ type: 'message', id, chat, from, text, at: printed(at, ZONE) }),
    });
  }
}

/** Between two hours and three days. */
const delay = (n: number): number => (2 + ((n * 37) % 70)) * HOUR;

export async function yuanbao({ folder, small }: BenchSettings): Promise<object> {
  const reports = small ? 60 : RECEIVED;
  const answered = small ? 55 : CLOSED;
  const town = new Town();
  const { simulation, sends, close } = await open(folder, (text) => town.hear(text));
  let number = 0;
  const play = (text: string) => simulation.play({ number: ++number, text });
  const before = process.cpuUsage();
  const start = performance.now();
  for (const report of reportsOf(reports, answered, small ? BEGIN + 5 * 24 * HOUR : LAST_REPORT)) {
    for (let due = town.agenda.take(report.at); due; due = town.agenda.take(report.at)) await play(due.line);
    town.reports(report.id, report.writer, report.answered);
    await play(report.line);
  }
  const end = small ? BEGIN + 12 * 24 * HOUR : END;
  for (let due = town.agenda.take(end); due; due = town.agenda.take(end)) await play(due.line);
  await play(JSON.stringify({ type: 'clock', at: printed(end, ZONE) }));
  await simulation.finish(sends());
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  const { user, system } = process.cpuUsage(before);
  await close();
  const closed = town.states.get('closed') ?? 0;
  const received = [...town.states.values()].reduce((sum, count) => sum + count, 0);
  return {
    received,
    closed,
    messages: number - 1,
    sends: town.sends,
    seconds,
    cpuSeconds: round1((user + system) / 1e6),
  };
}

const round1 = (value: number): number => Number(value.toFixed(1));

interface Report extends Due {
  readonly id: string;
  readonly writer: Writer;
  readonly answered: boolean;
}

function* reportsOf(count: number, answered: number, last: number): Generator<Report> {
  const writers = writersOf(benchTownship().policy);
  for (let n = 0; n < count; n++) {
    const writer = writers[(n * 7) % writers.length];
    if (writer === undefined) throw new Error('nobody writes in this township');
    const at = Math.floor((BEGIN + ((last - BEGIN) * n) / count) / 1000) * 1000;
    const isAnswered = Math.floor(((n + 1) * answered) / count) > Math.floor((n * answered) / count);
    const text = line(`r${n}`, writer, reportText(n, writer), printed(at, ZONE));
    yield { id: `r${n}`, writer, answered: isAnswered, at, line: text };
  }
}

async function open(folder: string, hear: (text: string) => void) {
  const { policy, text } = benchTownship();
  const scope = { township: policy.roster.township.id };
  const clock = new ManualClock(0);
  const store = openSqliteStore({
    file: ':memory:',
    now: () => clock.now(),
    owner: 'bench',
    timers: NO_TIMERS,
    defer: queueMicrotask,
  });
  await store.savePolicy(scope, policy.version, text);
  const times = { print: (at: number) => printed(at, ZONE), read: (at: string) => parseInstant(at, ZONE) };
  const { codec } = await adapters.scenario({ times, filesDir: folder, mediaDir: folder });
  const recorder = new RecordingAdapter(codec, hear);
  const house = createHouse({
    store,
    policy: () => policy,
    clock,
    timers: NO_TIMERS,
    vault: simulationVault(),
    log: createLogger(() => undefined),
    owner: 'bench',
    adapters: new Map([[recorder.id, recorder]]),
    keepFile: keeperOf(join(folder, 'files')),
    waits: true,
  });
  const parts = { ...house.due, store, clock, timezone: ZONE, receive: house.desk.receive };
  return {
    simulation: new Simulation({ parts, codec, write: hear }),
    sends: () => recorder.sends,
    close: () => store.close(),
  };
}
