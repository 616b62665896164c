/** The chat platforms that huiyin.yaml names, as this build knows them. */
import { resolve } from 'node:path';
import type { AdapterConfig } from '../config/huiyin.ts';
import type { Policy } from '../domain/policy.ts';
import { systemClock, systemTimers } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import type { Adapters, Platform } from './adapters.ts';
import { CliError } from './failure.ts';
import type { Place } from './place.ts';

/** Those asked for by name; where none was, all that are enabled. */
export function chosen(
  { config }: Place,
  names: readonly string[],
): readonly (readonly [string, AdapterConfig])[] {
  const entries = Object.entries(config.adapters);
  if (names.length === 0) return entries.filter(([, { enabled }]) => enabled);
  return names.map((name) => {
    const given = config.adapters[name];
    if (given === undefined) throw unknown(name);
    return [name, given];
  });
}

/** @throws CliError where the type is unknown or its options are wrong */
export async function platformOf(
  [id, { type, options }]: readonly [string, AdapterConfig],
  { place, policy, registry }: { place: Place; policy: () => Policy | null; registry: Adapters },
): Promise<Platform> {
  const make = registry.platforms[type];
  if (make === undefined) throw unknown(type);
  return make({
    id,
    options,
    clock: systemClock,
    timers: systemTimers,
    log: log.child(id),
    stateFile: resolve(place.dataDir, `adapter-${id}.json`),
    groups: () =>
      (policy()?.roster.chats ?? []).filter(({ adapter }) => adapter === id).map(({ external }) => external),
  });
}

function unknown(name: string): CliError {
  return new CliError(2, {
    what: `不认识的平台：${name}。`,
    safe: '什么都没有启动。',
    next: '写在 huiyin.yaml 的 adapters 里，或用 --adapter bridge；huiyin adapters 列出全部平台。',
  });
}
