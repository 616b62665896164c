/** What commands need of adapters. Only src/main.ts knows which modules stand behind it. */
import type { Township } from '../domain/roster.ts';
import type { Clock, Timers } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { ChatAdapter, Inbound } from '../port.ts';
import type { InputLine, LineCodec } from '../simulation/codec.ts';
import type { DemoGroup, DemoPerson } from './demo-people.ts';

export interface Times {
  print(at: Instant): string;
  read(text: string): Instant | null;
}

export interface BridgeSetup {
  readonly times: Times;
  readonly clock: Clock;
  readonly input: NodeJS.ReadableStream & AsyncIterable<Uint8Array> & { destroy(): void };
  readonly output: NodeJS.WritableStream;
  readonly mediaDir: string | null;
  readonly acknowledged: (id: string) => void;
  readonly warn: (text: string) => void;
}

/** An adapter whose platform can come to an end while the program runs. */
export interface EndingAdapter extends ChatAdapter {
  readonly ended: Promise<'end' | 'closed'>;
}

export interface SocketSetup extends Omit<BridgeSetup, 'input' | 'output'> {
  /** `127.0.0.1:8790` */
  readonly listen: string;
  readonly token: string;
}

export interface ListeningAdapter extends ChatAdapter {
  address(): string;
}

export interface ScenarioSetup {
  readonly times: Times;
  readonly mediaDir: string | null;
  readonly filesDir: string | null;
}

/** Bridge lines without a bridge running: for simulations and the demo. */
export interface Scenario {
  readonly codec: LineCodec;
  lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine>;
}

export interface DemoBoardRow {
  readonly number: string;
  readonly category: string;
  readonly place: string | null;
  readonly office: string | null;
  readonly state: string;
  readonly due: Instant | null;
}

export interface PageSetup {
  readonly port: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  readonly township: Township;
  readonly groups: readonly DemoGroup[];
  readonly people: readonly DemoPerson[];
  readonly board: () => Promise<readonly DemoBoardRow[]>;
}

/** The web chat of the demonstration with its memory. */
export interface DemoChat {
  /** As if a person had written, edited or recalled it on the page. */
  keep(inbound: Inbound): void;
  /** Keeps what the bot says while no page is served. */
  readonly quiet: ChatAdapter;
  serve(setup: PageSetup): ListeningAdapter;
  close(): void;
}

/** A chat platform as an entry of huiyin.yaml asks for it. */
export interface PlatformSetup {
  /** The entry's name: the account that roster and database know. */
  readonly id: string;
  /** Checked by the adapter's own schema. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  /** Where the adapter may keep a small file of its own. */
  readonly stateFile: string;
  /** Groups bound to villages and offices. */
  readonly groups: () => readonly string[];
}

export interface Platform {
  open(): ChatAdapter;
  /** For `huiyin doctor`: each part in one line. */
  checkup(): Promise<readonly { readonly mark: '✓' | '!' | '✗'; readonly words: string }[]>;
}

/** For `huiyin adapters`. */
export interface AdapterNote {
  readonly name: string;
  readonly about: string;
}

export interface Adapters {
  readonly notes: readonly AdapterNote[];
  /** @param file where the page keeps what was written */
  demoChat(file: string): Promise<DemoChat>;
  /** By the type that huiyin.yaml names. @throws CliError where the options are wrong */
  readonly platforms: Readonly<Record<string, (setup: PlatformSetup) => Promise<Platform>>>;
  bridge(setup: BridgeSetup): Promise<EndingAdapter>;
  bridgeSocket(setup: SocketSetup): Promise<ListeningAdapter>;
  scenario(setup: ScenarioSetup): Promise<Scenario>;
}
