/**
 * Who may have a question of ours open, kept in memory so that small talk costs no look into the database.
 * It errs on the side of looking: what was closed or rolled back still counts until it would have run out.
 */
import type { Instant, Party } from '../../domain/case.ts';
import type { Prompt } from '../port.ts';
import type { Handle } from './tables.ts';

/** More than write in a township's groups; who is forgotten is looked up again. */
const MOST_PEOPLE = 10_000;
const NEVER = 0;

export class Asked {
  /** When the last question runs out, of those who were looked up: by township, then person. */
  readonly #until = new Map<string, Map<Party, Instant>>();
  readonly #last;

  constructor(db: Handle) {
    this.#last = db
      .prepare<[string, Party], Instant | null>(
        'SELECT max(expires_at) FROM prompts WHERE township_id = ? AND who = ?',
      )
      .pluck();
  }

  /** Prompts that are being written, by the one process that writes this database. */
  note(township: string, prompts: readonly Prompt[]): void {
    const known = this.#until.get(township);
    for (const { who, expiresAt } of prompts) {
      const until = known?.get(who);
      if (until !== undefined) known?.set(who, Math.max(until, expiresAt));
    }
  }

  maybe(township: string, who: Party, now: Instant): boolean {
    return (this.#until.get(township)?.get(who) ?? this.#look(township, who)) > now;
  }

  #look(township: string, who: Party): Instant {
    const known = this.#until.get(township) ?? new Map<Party, Instant>();
    if (known.size >= MOST_PEOPLE) known.clear();
    const until = this.#last.get(township, who) ?? NEVER;
    this.#until.set(township, known.set(who, until));
    return until;
  }
}
