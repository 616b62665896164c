/** Areas above townships: each id once, each parent there, and no area inside itself. */
import type { Finding } from './issues.ts';

interface AreaLike {
  readonly id: string;
  readonly parent: string | null;
}

export function areaErrors(areas: readonly AreaLike[]): Finding[] {
  const byId = new Map(areas.toReversed().map((area) => [area.id, area]));
  return areas.flatMap(({ id, parent }, i): Finding[] => {
    const found: Finding[] = [];
    const first = areas.findIndex((area) => area.id === id);
    if (first !== i)
      found.push({ path: ['areas', i, 'id'], message: `区域编号 "${id}" 重复，已用在 areas[${first}]` });
    if (parent === null) return found;
    const path = ['areas', i, 'parent'];
    if (!byId.has(parent)) found.push({ path, message: `找不到区域 "${parent}"，请在 areas 里加上` });
    const round = above(id, byId);
    if (round !== null) found.push({ path, message: `上级绕成了一圈：${round.join(' → ')}` });
    return found;
  });
}

/** The way from an area through its parents back to itself, or null where it ends. */
function above(id: string, byId: ReadonlyMap<string, AreaLike>): string[] | null {
  const way = [id];
  for (let at = byId.get(id)?.parent ?? null; at !== null; at = byId.get(at)?.parent ?? null) {
    if (at === id) return [...way, at];
    if (way.includes(at)) return null;
    way.push(at);
  }
  return null;
}
