/** The demonstration's page: time stands where it stood, moved on to working hours, and runs from there. */
import type { Case } from '../domain/case.ts';
import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import { ManualClock, systemClock, systemTimers } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { ChatAdapter } from '../port.ts';
import { runDue } from '../schedule/due.ts';
import type { Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite/index.ts';
import type { Adapters, DemoBoardRow, DemoChat } from './adapters.ts';
import { DEMO_NOW, type DemoPlace, quietHouse } from './demo-house.ts';
import { demoGroups, demoPeople } from './demo-people.ts';
import { createHouse, type House } from './house.ts';
import { mediaBeside } from './media.ts';
import { owner } from './open.ts';
import { runUntil } from './running.ts';
import { keeperOf, simulationVault } from './simulate.ts';
import type { TownshipSource } from './township.ts';

/** The demonstration's clock runs like the machine's, but from where it stood. */
class DemoClock implements Clock {
  /** Before it is set the demonstration stands at the end of its month. */
  offset = 0;

  now(): Instant {
    return systemClock.now() + this.offset;
  }
}

const KEEP_TIME_MS = 60_000;

export async function serveDemo(
  place: DemoPlace,
  source: TownshipSource,
  port: number,
  adapters: Adapters,
): Promise<void> {
  const clock = new DemoClock();
  const scope = { township: source.file.roster.township.id };
  const store = openSqliteStore({ file: place.db, now: () => clock.now(), owner: owner() });
  const chat = await adapters.demoChat(place.chat);
  try {
    clock.offset = Number(await store.meta(scope, DEMO_NOW)) - systemClock.now();
    const policy = await moveOn({ place, source, store, chat }, clock);
    const keepTime = () => store.setMeta(scope, DEMO_NOW, String(clock.now()));
    const page = chat.serve({ port, ...pageOf(policy, chat.quiet.id, store), clock, timers: systemTimers });
    const house = houseOf(place, store, policy, clock, page);
    const stopKeeping = systemTimers.every(KEEP_TIME_MS, () => void keepTime());
    const closing = async (): Promise<void> => {
      stopKeeping();
      await keepTime();
    };
    const started = () => process.stdout.write(`回音演示：${page.address()}\n${WARNING}\n`);
    const parts = { house, store, adapters: [page], clock, timers: systemTimers, started, closing };
    await runUntil(parts, never());
  } finally {
    chat.close();
    await store.close();
  }
}

const WARNING = '只在这台电脑上能打开，数据都是编的。Ctrl-C 停止。';

const pageOf = (policy: Policy, account: string, store: Store) => ({
  log: log.child('webchat'),
  township: policy.roster.township,
  groups: demoGroups(policy, account),
  people: demoPeople(policy, account),
  board: () => boardOf(store, policy),
});

function houseOf(place: DemoPlace, store: Store, policy: Policy, clock: Clock, page: ChatAdapter): House {
  return createHouse({
    store,
    policy: () => policy,
    clock,
    timers: systemTimers,
    vault: simulationVault(),
    log,
    owner: owner(),
    adapters: new Map([[page.id, page]]),
    keepFile: keeperOf(place.files),
    media: mediaBeside(place.files),
    waits: false,
  });
}

const never = (): Promise<never> => new Promise(() => undefined);

/** A demonstration at night would hold messages back: it opens in working hours, with all that came due till then. */
async function moveOn(
  parts: { place: DemoPlace; source: TownshipSource; store: Store; chat: DemoChat },
  clock: DemoClock,
): Promise<Policy> {
  const from = clock.now();
  const manual = new ManualClock(from);
  const { house, policy } = await quietHouse({ ...parts, clock: manual });
  const opens = opensAt(from, policy);
  await house.due.jobs.open(from);
  await house.dispatcher.recover();
  await runDue(house.due, opens, (at) => manual.advanceTo(at));
  clock.offset += opens - from;
  return policy;
}

const OPEN_FROM = '09:00';
const HOURS_LEFT_MS = 2 * 60 * 60_000;

/** Now, where at least two working hours are left of this day; else the next working morning at nine. */
function opensAt(now: Instant, { calendar }: Policy): Instant {
  const today = calendar.dateOf(now);
  const open = calendar.isWorkday(today) && now >= calendar.startOfWorkingHours(today);
  if (open && now <= calendar.endOfWorkingHours(today) - HOURS_LEFT_MS) return now;
  return calendar.nextWorkingMorning(now, OPEN_FROM);
}

const BOARD_ROWS = 40;

/** Open cases, newest first, without those that are nobody else's business. */
async function boardOf(store: Store, policy: Policy): Promise<readonly DemoBoardRow[]> {
  const { roster, taxonomy, directory } = policy;
  const cases = await store.cases({ township: roster.township.id }, {});
  return cases
    .filter((one) => !one.sensitive && !one.protected)
    .slice(-BOARD_ROWS)
    .reverse()
    .map((one) => ({
      number: one.number,
      category: taxonomy.categories.find(({ id }) => id === one.category)?.short ?? one.category,
      place: whereOf(one, policy),
      office: one.office === null ? null : (directory.office(one.office)?.name ?? null),
      state: one.state,
      due: one.dueAt,
    }));
}

/** Village, groups and landmark, as far as they are known. */
function whereOf({ village, groups, place }: Case, { directory }: Policy): string | null {
  const named = [
    village === null ? null : directory.village(village)?.name,
    groups.map((id) => directory.group(id)?.group.name ?? id).join('、'),
    place,
  ];
  return named.filter((part) => part != null && part !== '').join('') || null;
}
