/** Puts the rooms together over one store: what a running bot, a simulation and the demo have in common. */

import { Bound } from '../desk/bound.ts';
import type { Desk } from '../desk/index.ts';
import { createDesk } from '../desk/index.ts';
import type { Platform } from '../desk/reach.ts';
import type { AreaSource } from '../digest/area-task.ts';
import type { Policy } from '../domain/policy.ts';
import type { SecondReader } from '../intake/proposal.ts';
import type { Clock, Timers } from '../kernel/clock.ts';
import { randomFraction } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { Dispatcher, Failure, Reroute, WordsOptions } from '../outbox/index.ts';
import { createDispatcher, tellDispatchers } from '../outbox/index.ts';
import { type ChatAdapter, type Health, isDown, type Sink } from '../port.ts';
import { buttonsOf } from '../replies/buttons.ts';
import { fillContact } from '../replies/contact-slot.ts';
import { wordsContext } from '../replies/context.ts';
import { render } from '../replies/render.ts';
import type { DueParts } from '../schedule/due.ts';
import { JobTable } from '../schedule/job-table.ts';
import { BESIDE, JOBS, TASK_HANDLERS } from '../schedule/jobs.ts';
import { OutageWatch } from '../schedule/outages.ts';
import type { KeepFile } from '../schedule/tasks.ts';
import { TaskRunner } from '../schedule/tasks.ts';
import { troubleTeller } from '../schedule/trouble.ts';
import type { BornSending, OutboxRow, Store } from '../store/port.ts';
import type { Vault } from '../vault/index.ts';
import { finishMedia, type MediaPlace, mediaOver } from './media.ts';

export interface HouseOptions {
  readonly store: Store;
  /** The township file's. */
  readonly policy: () => Policy;
  /** With what people and admins have bound; left out, the house reads it with the first message. */
  readonly bound?: Bound;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly vault: Vault;
  readonly log: Logger;
  /** This process, as leases and locks name it. */
  readonly owner: string;
  /** Adapters that run, by account. */
  readonly adapters: ReadonlyMap<string, ChatAdapter>;
  /** Accounts of this township that other processes on its database carry; null or left out where there are none. */
  readonly others?: OtherAccounts | null;
  /** Null where this run keeps no files: then none are drawn. */
  readonly keepFile: KeepFile | null;
  /** Where areas above townships are read; null or left out where there are none. */
  readonly areas?: AreaSource | null;
  /** Null or left out where this run keeps none: then no photo is fetched. */
  readonly media?: MediaPlace | null;
  /** Only a running bot has one: a simulation says the same each time. */
  readonly secondReader?: SecondReader | null;
  /** A simulation waits for each send, so that its lines stand in one order; a running bot does not. */
  readonly waits: boolean;
}

/** What is to be said there is written for the process that carries it. */
export interface OtherAccounts {
  readonly platforms: ReadonlyMap<string, Pick<ChatAdapter, 'capabilities'>>;
  /** Does a process carry it now? */
  carried(account: string): boolean;
}

export interface House {
  readonly desk: Desk;
  readonly dispatcher: Dispatcher;
  readonly due: DueParts;
  /** For adapters: takes an event, then sends what it caused. */
  readonly sink: Sink;
  /** Looks after the accounts themselves: once a minute is enough. */
  readonly watch: () => Promise<void>;
  /** Shows the files of what was said last: where nothing more will be said. */
  finish(): Promise<void>;
  /** Lets go of files that are being fetched; they are put off before it resolves. */
  release(): Promise<void>;
}

/** What another process has bound counts here too, for the clock and the jobs as for the next message. */
function keepUp(bound: Bound, { store, log }: Pick<HouseOptions, 'store' | 'log'>): void {
  store.onWake(() => {
    bound
      .refresh()
      .catch((error: unknown) =>
        log.warn('who is who could not be read again; it is tried later', { error }),
      );
  });
}

/** How long a message stays this process's to send: longer than any platform's own patience. */
const LEASE_MS = 60_000;

export function createHouse(given: HouseOptions): House {
  const scope = { township: given.policy().roster.township.id };
  const bound = given.bound ?? new Bound(given.policy, given.store, scope);
  const options = { ...given, policy: () => bound.policy() };
  const { store, policy, clock, vault, log, owner, adapters, keepFile } = options;
  keepUp(bound, given);
  const accounts = (): readonly string[] => [...adapters.keys()];
  const born = (): BornSending => ({ accounts: accounts(), owner, leaseMs: LEASE_MS });
  const { others = null } = options;
  const reach = reachOf(adapters, others);
  const reachable = (): readonly string[] => [...reach.keys()];
  const reroute = rerouteOver(() => ({ desk, send }));
  const dispatcher = dispatcherOf(options, born, reroute);
  const send = (rows: readonly OutboxRow[]): void => void dispatcher.send(rows);
  const common = { store, scope, policy, clock, reachable };
  const { township } = scope;
  const desk: Desk = createDesk({
    ...common,
    ...{ policy: given.policy, bound },
    township,
    vault,
    accounts: reachable,
    platforms: platformsOf(reach),
    down: () => downOf(adapters, others),
    log: log.child('desk'),
    bornSending: born,
    ...(options.secondReader ? { secondReader: options.secondReader } : {}),
  });
  const failed = troubleTeller({ ...common, log: log.child('trouble'), born, send });
  const health = () => healthOf(adapters, others);
  const outages = new OutageWatch({ ...common, log: log.child('outages'), born, send, health });
  const jobs = new JobTable({ ...common, jobs: JOBS, log: log.child('jobs'), failed });
  const handlers = TASK_HANDLERS;
  const elsewhere = others?.platforms ?? new Map();
  const media = options.media ? mediaOver(options.media, { ...options, elsewhere }) : null;
  const beside = options.waits ? {} : { beside: BESIDE };
  const { areas = null } = options;
  const away = [...elsewhere.keys()];
  const work = { owner, elsewhere: away, born, send, keepFile, areas, media, ...beside, handlers, failed };
  const tasks = new TaskRunner({ ...common, ...work, log: log.child('tasks') });
  const parts = { store, scope, log: log.child('due'), tick: desk.tick, jobs, tasks };
  const due = { ...parts, ...carriers(dispatcher, options.waits) };
  return {
    ...{ desk, dispatcher, due, sink: sinkOf(desk, dispatcher, clock) },
    watch: () => outages.look(),
    finish: async () => (media === null ? undefined : finishMedia(tasks)),
    release: () => {
      media?.platforms.stop();
      return tasks.idle();
    },
  };
}

type Reach = ReadonlyMap<string, Pick<ChatAdapter, 'capabilities'>>;

/** All accounts of the township, this process's first. */
export const reachOf = (adapters: HouseOptions['adapters'], others: OtherAccounts | null): Reach =>
  new Map([...adapters, ...(others?.platforms ?? [])]);

/** Those that let the bot write to anybody at any time need no word. */
export function platformsOf(reach: Reach): ReadonlyMap<string, Platform> {
  const closing = ({
    capabilities: { proactive, dm, mediaOut },
  }: Pick<ChatAdapter, 'capabilities'>): boolean => proactive !== 'always' || !dm || !mediaOut;
  return new Map([...reach].flatMap(([id, one]) => (closing(one) ? [[id, one.capabilities]] : [])));
}

const silent = (others: OtherAccounts | null): readonly string[] =>
  [...(others?.platforms.keys() ?? [])].filter((account) => others?.carried(account) !== true);

/** One that no process carries takes nothing out either. */
const downOf = (adapters: HouseOptions['adapters'], others: OtherAccounts | null): ReadonlySet<string> =>
  new Set([
    ...[...adapters].flatMap(([id, adapter]) => (isDown(adapter.health()) ? [id] : [])),
    ...silent(others),
  ]);

/** Of others' accounts no more is known here than that somebody carries them: their own process watches over them. */
const CARRIED: Health = { state: 'connecting', lastInboundAt: null, lastError: null, qr: null };

function healthOf(
  adapters: HouseOptions['adapters'],
  others: OtherAccounts | null,
): readonly (readonly [string, Health])[] {
  const carried = [...(others?.platforms.keys() ?? [])].filter((account) => others?.carried(account));
  return [
    ...[...adapters].map(([id, adapter]) => [id, adapter.health()] as const),
    ...carried.map((account) => [account, CARRIED] as const),
  ];
}

/** The desk is made after the outbox that asks it. */
function rerouteOver(
  house: () => { readonly desk: Desk; readonly send: (rows: readonly OutboxRow[]) => void },
): Reroute {
  return {
    obstacle: (row, chat) => house().desk.obstacle(row, chat),
    move: async (row, obstacle) => {
      const { desk, send } = house();
      const rows = await desk.move(row, obstacle);
      if (rows !== null) send(rows);
      return rows !== null;
    },
  };
}

function dispatcherOf(options: HouseOptions, born: () => BornSending, reroute: Reroute): Dispatcher {
  const { store, policy, clock, timers, owner, adapters, others = null } = options;
  const reachable = (): readonly string[] => [...reachOf(adapters, others).keys()];
  const log = options.log.child('outbox');
  const words = wordsOptions(options);
  const common = { store, scope: { township: policy().roster.township.id }, clock, log };
  // As in a group, so that a dispatcher who only is to telephone reads nothing personal.
  const wordsOf = ({ row }: Failure): string =>
    row.say.template === 'contact' ? '' : words.words(row.say, clock.now(), true);
  const send = (rows: readonly OutboxRow[]): void => void dispatcher.send(rows);
  const failed = tellDispatchers({ ...common, policy, born, reachable, send, wordsOf });
  const pace = { timers, leaseMs: LEASE_MS, share: randomFraction };
  const dispatcher: Dispatcher = createDispatcher({
    ...{ ...words, ...common, ...pace, adapters, owner, failed, reroute },
  });
  return dispatcher;
}

function carriers(dispatcher: Dispatcher, waits: boolean): Pick<DueParts, 'send' | 'sweep'> {
  if (!waits) {
    return {
      send: async (rows) => void dispatcher.send(rows),
      sweep: () => dispatcher.sweep(),
    };
  }
  return {
    send: (rows) => dispatcher.send(rows),
    sweep: async () => {
      const count = await dispatcher.sweep();
      await dispatcher.flush();
      return count;
    },
  };
}

function sinkOf(desk: Desk, dispatcher: Dispatcher, clock: Clock): Sink {
  return {
    receive: async (inbound) => {
      const { outcome, outbox } = await desk.receive(inbound);
      const born = dispatcher.send(outbox);
      // Rows behind others in their chat, or to be merged, were queued though they are due: they belong to it too.
      const waits = outbox.some((row) => row.status === 'queued' && row.dueAt <= clock.now());
      const swept = waits ? dispatcher.sweep().then(() => dispatcher.flush()) : undefined;
      return { outcome, flushed: Promise.all([born, swept]).then(() => undefined) };
    },
  };
}

function wordsOptions({ policy, store, vault }: HouseOptions): WordsOptions {
  const scope = { township: policy().roster.township.id };
  const opened = async (number: string, field: string): Promise<string | null> => {
    const entries = await store.vaultEntries(scope, number);
    const entry = entries.find((one) => one.field === field);
    return entry ? vault.open(entry) : null;
  };
  return {
    words: (say, at, inGroup) => render(say, wordsContext(policy(), at, inGroup)),
    buttons: (say, at, inGroup) => buttonsOf(say, wordsContext(policy(), at, inGroup)),
    fillContact,
    resolveContact: async (number, field) => {
      const plain = await opened(number, field);
      return plain !== null && field.startsWith('reporter:') ? personBehind(plain, policy()) : plain;
    },
    resolveParty: async (alias, cases) => {
      for (const number of cases) {
        const behind = await opened(number, `reporter:${alias}`);
        if (behind === null) continue;
        const { account, chat } = JSON.parse(behind) as { account: string; chat: string };
        return { account, chat: { id: chat, kind: 'direct' } };
      }
      return null;
    },
  };
}

/** Who stands behind an alias, as the dispatcher reads it: the name, with the number to call where it is known. */
function personBehind(plain: string, { directory }: Policy): string {
  const { who } = JSON.parse(plain) as { who: string };
  const person = directory.person(who);
  return person === null ? who : [person.name, person.phone].filter((part) => part !== null).join(' ');
}
