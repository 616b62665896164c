/** The bot's own messages come back as events: proof that they went, where a send was answered with nothing. */

interface Heard {
  readonly conversation: string;
  readonly echo: string;
  readonly id: string;
}

interface Awaited extends Omit<Heard, 'id'> {
  readonly found: (id: string) => void;
}

/** More never wait: sends go seconds apart. */
const MOST = 50;

export class Echoes {
  #heard: readonly Heard[] = [];
  #awaited: readonly Awaited[] = [];

  /** An own message came back. It may come before the send is answered, and twice. */
  hear(conversation: string, echo: string, id: string): void {
    if (this.#heard.some((one) => one.id === id)) return;
    const waiting = this.#awaited.find((one) => one.conversation === conversation && one.echo === echo);
    this.#heard = [...this.#heard, { conversation, echo, id }].slice(-MOST);
    if (waiting === undefined) return;
    this.#awaited = this.#awaited.filter((one) => one !== waiting);
    waiting.found(id);
  }

  /** To be called before the send; only what comes after it counts. `forget` ends the waiting. */
  expect(conversation: string, echo: string): { readonly id: Promise<string>; readonly forget: () => void } {
    const { promise, resolve } = Promise.withResolvers<string>();
    const awaited = { conversation, echo, found: resolve };
    this.#awaited = [...this.#awaited, awaited].slice(-MOST);
    const forget = (): void => {
      this.#awaited = this.#awaited.filter((one) => one !== awaited);
    };
    return { id: promise, forget };
  }
}
