/** The bridge of a simulation: a send is a line, and each line is there at once. */
import type { Capabilities, ChatAdapter, Health, Outbound, SendResult } from '../port.ts';
import type { LineCodec } from './codec.ts';

export class RecordingAdapter implements ChatAdapter {
  readonly id: string;
  readonly capabilities: Capabilities;
  readonly #codec: LineCodec;
  readonly #write: (line: string) => void;
  sends = 0;

  constructor(codec: LineCodec, write: (line: string) => void) {
    this.id = codec.account;
    this.capabilities = codec.capabilities;
    this.#codec = codec;
    this.#write = write;
  }

  async start(): Promise<void> {}

  async send(message: Outbound): Promise<SendResult> {
    this.sends++;
    this.#write(this.#codec.send(message));
    return { type: 'sent', messageId: message.id };
  }

  async stop(): Promise<void> {}

  fetchMedia(ref: string): Promise<{ bytes: Uint8Array; mime: string | null }> {
    return this.#codec.fetchMedia(ref);
  }

  health(): Health {
    return { state: 'online', lastInboundAt: null, lastError: null, qr: null };
  }
}
