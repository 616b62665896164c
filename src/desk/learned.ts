/**
 * The policy with what the dispatchers' corrections have taught laid over its taxonomy: the one place where
 * that is done. Read once from the store, then kept up with each change that this desk commits.
 */
import type { Policy } from '../domain/policy.ts';
import { type Correction, withCorrections } from '../intake/classify/index.ts';
import { normalise } from '../intake/normalise.ts';
import { withoutNames } from '../intake/place.ts';
import type { Scope, Store } from '../store/port.ts';
import { CORRECTIONS, correctionsIn, type KeptCorrection } from './correction-facts.ts';

export class Learned {
  readonly #given: () => Policy;
  readonly #facts = new Map<string, string>();
  #loaded = false;
  #base: Policy | null = null;
  #laid: Policy | null = null;

  constructor(given: () => Policy) {
    this.#given = given;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Once, before the first message is read; where it fails, the next message tries again. */
  async load(store: Pick<Store, 'facts'>, scope: Scope): Promise<void> {
    const facts = await store.facts(scope, CORRECTIONS);
    if (this.#loaded) return;
    this.#loaded = true;
    this.take(Object.fromEntries(facts));
  }

  /** The same value until something is learned or the township's file changes: its classifier is built once. */
  policy(): Policy {
    const base = this.#given();
    if (this.#laid === null || this.#base !== base) {
      this.#base = base;
      this.#laid = laidOver(base, correctionsIn(this.#facts));
    }
    return this.#laid;
  }

  /** What a committed change says of corrections; null takes one back. */
  take(facts: Readonly<Record<string, string | null>>): void {
    for (const [key, value] of Object.entries(facts)) {
      if (!key.startsWith(CORRECTIONS)) continue;
      if (value === null) this.#facts.delete(key);
      else this.#facts.set(key, value);
      this.#laid = null;
    }
  }
}

/** A category that the township has given up since is nobody's any more. */
function laidOver(base: Policy, kept: readonly KeptCorrection[]): Policy {
  const known = new Set(base.taxonomy.categories.map(({ id }) => id));
  const corrections = kept
    .filter(({ category }) => known.has(category))
    .map((one): Correction => ({ text: wordsOf(one.text, base), category: one.category }));
  if (corrections.length === 0) return base;
  return { ...base, taxonomy: withCorrections(base.taxonomy, corrections) };
}

/** As the classifier will get the like of it: in its one form, without the village's name. */
const wordsOf = (text: string, { roster }: Policy): string => withoutNames(normalise(text), roster);
