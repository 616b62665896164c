/** What comes round by the calendar: each job says when, purely; the database says whether it was done. */
import type { Policy } from '../domain/policy.ts';
import type { Instant } from '../kernel/zone.ts';
import type { TaskDraft } from '../store/port.ts';

export interface Job {
  /** Stands in keys and in `huiyin jobs`: `monthly_digest`. */
  readonly name: string;
  /** What it does, in one line of Chinese for `huiyin jobs`. */
  readonly about: string;
  /** The first time after `after` at which it is due; null where the township has it switched off. Pure. */
  next(after: Instant, policy: Policy): Instant | null;
  /**
   * What is to be done for that time, as tasks. Pure, and with keys that the time determines: planned
   * twice, late or by two processes, a task is done once.
   */
  tasks(at: Instant, policy: Policy): readonly TaskDraft[];
}
