/** Work that fails is tried again, ever less often; the admins hear of it once a day, in words. */
import { draftsTo } from '../digest/telling.ts';
import type { Policy } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import { HOUR, type Instant, localDate, MINUTE } from '../kernel/zone.ts';
import type { BornSending, ChangeSet, OutboxRow, Scope, Store } from '../store/port.ts';

/** After one minute, two, four … at most an hour: what heals by itself is done soon, what does not asks little. */
export const retryAt = (now: Instant, attempts: number): Instant =>
  now + Math.min(HOUR, MINUTE * 2 ** Math.min(attempts - 1, 10));

/** Tries of two weeks: no digest is of use after that, and nobody is told of it for ever. */
export const MAX_ATTEMPTS = 14 * 24 + 6;

/** Tells of a failure. `work` is a job's name or a task's kind. Never throws: what could not be told is logged. */
export type TellTrouble = (work: string, error: unknown, ended: boolean) => Promise<void>;

export interface TroubleOptions {
  readonly store: Pick<Store, 'transact'>;
  readonly scope: Scope;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly log: Logger;
  readonly born: () => BornSending;
  /** Accounts that can be written to, also by other processes; left out, those of this one. */
  readonly reachable?: () => readonly string[];
  readonly send: (rows: readonly OutboxRow[]) => void;
}

export function troubleTeller(options: TroubleOptions): TellTrouble {
  const { store, scope, log, born, send } = options;
  return async (work, error, ended) => {
    const told = `trouble:${work}`;
    try {
      const step = {
        load: { facts: [told] },
        decide: ({ facts }: { facts: ReadonlyMap<string, string> }) =>
          changeOf(work, detailOf(error), ended, facts.get(told) ?? null, options),
      };
      const [result] = await store.transact(scope, [step], { bornSending: born() });
      if (!result?.ok) throw result?.error ?? new Error('nothing was written');
      send(result.outbox);
    } catch (untold) {
      log.error('the admins could not be told of failing work', { work, error: untold });
    }
  };
}

/** Its kind alone: what an error says may be anybody's words. */
export const detailOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');

function changeOf(
  work: string,
  detail: string,
  ended: boolean,
  toldOn: string | null,
  { policy, clock, born, reachable }: TroubleOptions,
): ChangeSet<null> {
  const now = clock.now();
  const inForce = policy();
  const today = localDate(now, inForce.calendar.timezone);
  if (toldOn === today && !ended) return { answer: null };
  const say = { template: 'work_failed', params: { work, detail, ended } } as const;
  const telling = { policy: inForce, accounts: reachable?.() ?? born().accounts, now };
  return {
    answer: null,
    facts: { [`trouble:${work}`]: today },
    audit: [
      { at: now, by: 'clock', what: 'work_failed', case: null, detail: { work, error: detail, ended } },
    ],
    outbox: draftsTo(inForce.roster.roles.admins, 'notice', say, telling),
  };
}
