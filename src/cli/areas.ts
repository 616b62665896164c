/** Where the townships of areas are read: this bot's own store, and read-only the databases of the others. */
import type { AreaSource, AreaTownship } from '../digest/area-task.ts';
import type { DigestStore } from '../digest/gather.ts';
import type { Policy } from '../domain/policy.ts';
import { log } from '../kernel/log.ts';
import { readableDb } from './database.ts';
import { asFailure } from './failure.ts';
import type { Place } from './place.ts';
import { readerIfAny } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';

interface Own {
  readonly policy: Policy;
  readonly store: DigestStore;
}

/**
 * @param own of the running bot; its store is not closed. Null for a command that only reads
 * @returns null where huiyin.yaml names no areas
 */
export function areaSourceOf(place: Pick<Place, 'config' | 'db'>, own: Own | null): AreaSource | null {
  const { areas, databases } = place.config;
  if (areas.length === 0) return null;
  return {
    async open(township) {
      if (own !== null && own.policy.roster.township.id === township) return { ...own, close: nothing };
      const policy = await policyFor(township, place);
      if (policy === null) return null;
      const file = databases[township];
      if (file === undefined && own !== null) return { policy, store: own.store, close: nothing };
      return readFrom(policy, file ?? place.db);
    },
  };
}

const nothing = (): void => undefined;

async function readFrom(policy: Policy, file: string): Promise<AreaTownship | null> {
  const store = await readerIfAny(readableDb(file)).catch((error: unknown) => {
    const { what } = asFailure(error).words;
    log.warn('the database of a township of an area could not be read', { what });
    return null;
  });
  return store && { policy, store, close: () => void store.close() };
}

/** A file that can't be read leaves its township out of the sum, and its name stands in the digest. */
async function policyFor(township: string, { config }: Pick<Place, 'config'>): Promise<Policy | null> {
  for (const file of config.townships) {
    const source = await loadTownship(file).catch((error: unknown) => {
      log.warn('a township file of an area could not be read', { file, error });
      return null;
    });
    if (source?.file.roster.township.id === township) return policyOf(source, 1);
  }
  return null;
}
