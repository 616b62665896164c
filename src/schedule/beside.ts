/** Work that waits for the world, done beside the loop: a platform that hangs holds up no page and no reminder. */

export class Beside {
  readonly #slots: number;
  readonly #queue: (() => Promise<void>)[] = [];
  #running = 0;
  #idle = Promise.withResolvers<void>();

  constructor(slots: number) {
    this.#slots = slots;
    this.#idle.resolve();
  }

  /** @param work never rejects */
  add(work: () => Promise<void>): void {
    if (this.#running === 0 && this.#queue.length === 0) this.#idle = Promise.withResolvers();
    this.#queue.push(work);
    this.#next();
  }

  /** Resolves when nothing is under way or waits. */
  idle(): Promise<void> {
    return this.#idle.promise;
  }

  #next(): void {
    const work = this.#running < this.#slots ? this.#queue.shift() : undefined;
    if (work === undefined) return;
    this.#running++;
    void work().finally(() => {
      this.#running--;
      if (this.#running === 0 && this.#queue.length === 0) this.#idle.resolve();
      else this.#next();
    });
  }
}
