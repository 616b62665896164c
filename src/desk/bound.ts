/**
 * Who is who right now: the township file with the bindings of the database laid over it. Each transaction looks
 * at their revision first; where another process has bound somebody meanwhile, what was read is read once more.
 */
import { type Bindings, NO_BINDINGS, withBindings } from '../domain/binding.ts';
import type { Policy } from '../domain/policy.ts';
import type { Scope, Step, Store } from '../store/port.ts';

export class Bound {
  readonly #given: () => Policy;
  readonly #store: Pick<Store, 'bindings'>;
  readonly #scope: Scope;
  #bindings: Bindings = NO_BINDINGS;
  #base: Policy | null = null;
  #laid: Policy | null = null;

  constructor(given: () => Policy, store: Pick<Store, 'bindings'>, scope: Scope) {
    this.#given = given;
    this.#store = store;
    this.#scope = scope;
  }

  get bindings(): Bindings {
    return this.#bindings;
  }

  /** The same value until somebody is bound or the township's file changes. */
  policy(): Policy {
    const base = this.#given();
    if (this.#laid === null || this.#base !== base) {
      this.#base = base;
      this.#laid = withBindings(base, this.#bindings);
    }
    return this.#laid;
  }

  /** The file alone: what it says explicitly no binding changes. */
  file(): Policy {
    return this.#given();
  }

  /** What was read earlier never takes the place of what was read later. */
  take(bindings: Bindings): void {
    if (bindings.revision <= this.#bindings.revision) return;
    this.#bindings = bindings;
    this.#laid = null;
  }

  /** Reads what others have bound; cheap where nobody has. */
  async refresh(): Promise<void> {
    const found = await this.#store.bindings(this.#scope, this.#bindings.revision);
    if (found !== null) this.take(found);
  }
}

/** Who is who has changed since the step was made: nothing was decided, nothing written. */
export interface Stale {
  readonly stale: Bindings;
}

export const isStale = (answer: unknown): answer is Stale =>
  typeof answer === 'object' && answer !== null && 'stale' in answer;

/** The step, decided only where who is who stands as it was when the step was made. */
export function current<A>(step: Step<A>, { revision }: Bindings): Step<A | Stale> {
  return {
    load: { ...step.load, bindings: { known: revision } },
    decide: (loaded, now) =>
      loaded.bindings === null ? step.decide(loaded, now) : { answer: { stale: loaded.bindings } },
  };
}
