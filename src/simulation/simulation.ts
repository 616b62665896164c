/**
 * A scenario played against the program itself: the same desk, store, outbox and jobs as a running bot,
 * with a clock that the lines move. Nothing here reads the machine's clock.
 */
import type { ManualClock } from '../kernel/clock.ts';
import { type Instant, printed } from '../kernel/zone.ts';
import type { Inbound } from '../port.ts';
import type { DueParts } from '../schedule/due.ts';
import { runDue } from '../schedule/due.ts';
import type { CaseFilter, OutboxRow, Store } from '../store/port.ts';
import { caseLine } from './case-line.ts';
import type { InputLine, LineCodec } from './codec.ts';

export interface Reception {
  readonly outcome: 'done' | 'ignored' | 'repeated' | 'quarantined';
  readonly outbox: readonly OutboxRow[];
}

export interface SimulationParts extends DueParts {
  readonly store: Pick<Store, 'nextWake' | 'dueCases' | 'cases' | 'events'>;
  readonly clock: ManualClock;
  readonly timezone: string;
  readonly receive: (inbound: Inbound) => Promise<Reception>;
}

export interface SimulationOptions {
  readonly parts: SimulationParts;
  readonly codec: LineCodec;
  /** Takes each line, with its newline. */
  readonly write: (line: string) => void;
}

/** Cases read at once when they are printed. */
const PAGE = 500;

export class Simulation {
  readonly #parts: SimulationParts;
  readonly #codec: LineCodec;
  readonly #write: (line: string) => void;
  #begun = false;
  /** What is due next, as far as is known; null when all is still. */
  #due: Instant | null = null;
  #messages = 0;
  #ignored = 0;

  constructor({ parts, codec, write }: SimulationOptions) {
    this.#parts = parts;
    this.#codec = codec;
    this.#write = write;
  }

  /** Plays one line: what is due by its time first, then itself. */
  async play(line: InputLine): Promise<void> {
    const said = this.#codec.decode(line);
    switch (said.type) {
      case 'ack':
        return;
      case 'bad':
        this.#write(this.#codec.error(said.id, line.number, said.detail));
        return;
      case 'clock':
        return this.#arrive(said.at);
      case 'inbound':
        await this.#arrive(said.inbound.platformTime ?? this.#parts.clock.now());
        await this.#take(said.inbound);
        this.#write(this.#codec.handled(said.id));
    }
  }

  /** Prints the cases and the summary; time stays at the last line. */
  async finish(sends: number): Promise<void> {
    let cases = 0;
    for await (const line of this.#caseLines()) {
      cases++;
      this.#write(`${JSON.stringify(line)}\n`);
    }
    const summary = { type: 'summary', messages: this.#messages, cases, sends, ignored: this.#ignored };
    this.#write(`${JSON.stringify(summary)}\n`);
  }

  /** Time begins just after the first line's: nothing due at or before it runs. It never goes back. */
  async #arrive(at: Instant): Promise<void> {
    const { clock, jobs } = this.#parts;
    if (!this.#begun) {
      this.#begun = true;
      clock.jumpTo(at);
      await jobs.open(at);
      this.#due = await runDueKnown(this.#parts, Number.NEGATIVE_INFINITY);
      return;
    }
    if (this.#due !== null && this.#due <= at) this.#due = await runDueKnown(this.#parts, at);
    clock.advanceTo(at);
  }

  async #take(inbound: Inbound): Promise<void> {
    const { clock, receive, send } = this.#parts;
    const { outcome, outbox } = await receive(inbound);
    await send(outbox);
    this.#messages++;
    if (outcome === 'ignored' || outcome === 'repeated') this.#ignored++;
    if (outcome === 'ignored') return;
    // Rows that were queued for now, behind others or to be merged, belong to this line too.
    this.#due = await runDueKnown(this.#parts, clock.now());
  }

  async *#caseLines(): AsyncGenerator<Record<string, unknown>> {
    const { store, scope, timezone } = this.#parts;
    const print = (at: Instant): string => printed(at, timezone);
    let filter: CaseFilter = { limit: PAGE };
    for (;;) {
      const cases = await store.cases(scope, filter);
      const events = Map.groupBy(
        await store.events(
          scope,
          cases.map(({ number }) => number),
        ),
        (event) => event.case,
      );
      for (const value of cases) yield caseLine(value, events.get(value.number) ?? [], print);
      const last = cases.at(-1);
      if (!last || cases.length < PAGE) return;
      filter = { limit: PAGE, after: { year: last.year, serial: last.serial } };
    }
  }
}

function runDueKnown(parts: SimulationParts, until: Instant): Promise<Instant | null> {
  return runDue(parts, until, (at) => parts.clock.advanceTo(at));
}
