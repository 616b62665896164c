/** The township file with what the database has bound, for commands that only look. */
import type { Bindings } from '../domain/binding.ts';
import { NO_BINDINGS, withBindings } from '../domain/binding.ts';
import type { Policy } from '../domain/policy.ts';
import type { Place } from './place.ts';
import { readerIfAny } from './reader.ts';

/** Nothing bound where there is no database yet, or one of before. */
export async function boundIn({ db }: Pick<Place, 'db'>, township: string): Promise<Bindings> {
  const reader = await readerIfAny(db);
  if (reader === null) return NO_BINDINGS;
  try {
    return (await reader.bindings({ township }, NO_BINDINGS.revision)) ?? NO_BINDINGS;
  } catch (error) {
    if (error instanceof Error && /no such table/.test(error.message)) return NO_BINDINGS;
    throw error;
  } finally {
    await reader.close();
  }
}

export async function whoIsWho(place: Pick<Place, 'db'>, policy: Policy): Promise<Policy> {
  return withBindings(policy, await boundIn(place, policy.roster.township.id));
}
