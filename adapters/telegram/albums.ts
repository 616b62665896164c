/** Pictures sent together come as one update each, tied by `media_group_id`. Pure. */
import { albumOf } from './decode.ts';
import type { Update } from './update.ts';

export interface Unit {
  readonly updates: readonly Update[];
  readonly album: string | null;
  /** More of it may be on its way. */
  readonly open: boolean;
}

/** Telegram's albums have ten parts at most. */
const FULL = 10;

/** In order; an album stands where its first part does, whoever else writes in between. */
export function unitsOf(updates: readonly Update[]): readonly Unit[] {
  const groups = new Map<string, Update[]>();
  const last = updates.at(-1);
  for (const update of updates) {
    const key = albumOf(update) ?? `:${update.update_id}`;
    groups.set(key, [...(groups.get(key) ?? []), update]);
  }
  return [...groups.values()].map((group): Unit => {
    const album = group[0] ? albumOf(group[0]) : null;
    return {
      updates: group,
      album,
      open: album !== null && group.length < FULL && last !== undefined && group.includes(last),
    };
  });
}
