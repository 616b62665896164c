/** One conversation over a wire of lines: takes them in order, answers each after its commit and sends. */
import { access } from 'node:fs/promises';
import type { Inbound, Outbound, SendResult, Sink } from '@huiyin/core/port';
import type { BridgeTimes } from './config.ts';
import type { Decoded } from './decode.ts';
import { decodeLine } from './decode.ts';
import { encodeError, encodeHandled, encodeSend } from './encode.ts';
import type { InputLine } from './lines.ts';

/** A pair of pipes, or a socket. */
export interface Wire {
  readonly lines: AsyncIterable<InputLine>;
  /** Resolves when the line has left the process; false where nobody reads any more. */
  write(line: string): Promise<boolean>;
}

export interface ConversationOptions {
  readonly id: string;
  readonly times: BridgeTimes;
  readonly filesDir: string | null;
  readonly acknowledged: (id: string) => void;
  readonly warn: (text: string) => void;
}

/** Answers that wait for their sends; reading pauses there, so that memory stays bounded. */
const MAX_WAITING = 64;

export class Conversation {
  readonly #wire: Wire;
  readonly #options: ConversationOptions;
  /** The last answer queued: answers keep the order of the lines. */
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #acknowledges = false;

  constructor(wire: Wire, options: ConversationOptions) {
    this.#wire = wire;
    this.#options = options;
  }

  /** Resolves at the end of input, when each line is answered. */
  async run(sink: Sink, heard: () => void): Promise<void> {
    for await (const line of this.#wire.lines) {
      await this.#take(line, sink, heard);
      if (this.#waiting >= MAX_WAITING) await this.#tail;
    }
    await this.#tail;
  }

  async send(message: Outbound): Promise<SendResult> {
    const { filesDir, times } = this.#options;
    const gone = await missingFile(message);
    if (gone !== null) {
      return { type: 'rejected', permanent: true, code: 'no_file', detail: `the file ${gone} can't be read` };
    }
    const written = await this.#wire.write(encodeSend(message, { filesDir, printTime: times.print }));
    if (!written) return { type: 'unknown', detail: 'the reader has gone' };
    // A reader that acknowledges once acknowledges always; without its word the line is sent again.
    if (this.#acknowledges) return { type: 'unknown', detail: 'waits for its ack' };
    return { type: 'sent', messageId: message.id };
  }

  async #take(line: InputLine, sink: Sink, heard: () => void): Promise<void> {
    const decoded = this.#decoded(line);
    switch (decoded.type) {
      case 'ack':
        this.#acknowledges = true;
        this.#options.acknowledged(decoded.id);
        return;
      case 'bad':
        this.#answer(encodeError(decoded.id, 'bad_line', line.number, decoded.detail));
        // So that it stands before the sends of the lines that follow.
        await this.#tail;
        return;
      case 'inbound':
        heard();
        return this.#receive(decoded.id, decoded.inbound, line.number, sink);
    }
  }

  #decoded(line: InputLine): Exclude<Decoded, { type: 'clock' }> {
    const options = { account: this.#options.id, readTime: this.#options.times.read, simulated: false };
    const decoded = decodeLine(line, options);
    return decoded.type === 'clock'
      ? { type: 'bad', id: null, detail: 'only simulate knows clock' }
      : decoded;
  }

  /** Waits for the commit, so that lines take effect in their order; not for the sends. */
  async #receive(id: string, inbound: Inbound, line: number, sink: Sink): Promise<void> {
    try {
      const taken = await sink.receive(inbound);
      this.#answer(encodeHandled(id), taken.flushed);
    } catch (error) {
      this.#options.warn(`line ${line} was not taken: ${error instanceof Error ? error.message : 'unknown'}`);
      this.#answer(encodeError(id, 'not_taken', line, 'nothing was recorded, send it again'));
    }
  }

  #answer(text: string, after: Promise<unknown> = Promise.resolve()): void {
    this.#waiting++;
    // A failed send is the outbox's affair: the line was taken all the same.
    const flushed = after.catch(() => undefined);
    this.#tail = this.#tail
      .then(() => flushed)
      .then(() => this.#wire.write(text))
      .then(() => this.#waiting--);
  }
}

/** The name of a file that the reader would look for in vain; without files nothing is waited for. */
async function missingFile({ media }: Outbound): Promise<string | null> {
  for (const { path, name } of media) {
    const there =
      path === null ||
      (await access(path).then(
        () => true,
        () => false,
      ));
    if (!there) return name;
  }
  return null;
}
