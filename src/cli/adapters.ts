/** What commands need of adapters. Only src/main.ts knows which modules stand behind it. */
import type { Instant } from '../kernel/zone.ts';
import type { ChatAdapter } from '../port.ts';
import type { InputLine, LineCodec } from '../simulation/codec.ts';

export interface Times {
  print(at: Instant): string;
  read(text: string): Instant | null;
}

export interface BridgeSetup {
  readonly times: Times;
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

export interface Adapters {
  bridge(setup: BridgeSetup): Promise<EndingAdapter>;
  bridgeSocket(setup: SocketSetup): Promise<ListeningAdapter>;
  scenario(setup: ScenarioSetup): Promise<Scenario>;
}
