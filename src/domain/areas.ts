/** A county or 片区 above townships: what lies in it, and who may see its figures. Pure. */

/** An area with the areas inside it, as huiyin.yaml lists them. */
export interface AreaPlace {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly townships: readonly string[];
  /** `<township id>/<person id>` */
  readonly viewers: readonly string[];
}

/** Townships of an area and of all areas inside it, each once, in the order of the file. */
export function townshipsOf(id: string, areas: readonly AreaPlace[]): readonly string[] {
  const own = areas.find((area) => area.id === id)?.townships ?? [];
  const inside = areas.filter(({ parent }) => parent === id).flatMap((area) => townshipsOf(area.id, areas));
  return [...new Set([...own, ...inside])];
}

/** Who is named for the area itself or for one above it. @param viewer `<township id>/<person id>` */
export function maySeeArea(viewer: string, id: string, areas: readonly AreaPlace[]): boolean {
  const area = areas.find((one) => one.id === id);
  if (area === undefined) return false;
  return area.viewers.includes(viewer) || (area.parent !== null && maySeeArea(viewer, area.parent, areas));
}

/** As huiyin.yaml names a person of a township. */
export const viewerOf = (township: string, person: string): string => `${township}/${person}`;

/** The areas for which somebody is named, in the order of the file; those inside them are to be asked for by name. */
export const ownAreas = (viewer: string, areas: readonly AreaPlace[]): readonly AreaPlace[] =>
  areas.filter(({ viewers }) => viewers.includes(viewer));

/** The area that a message names, the longest name first: 桃江县西片 is not 桃江县. */
export function areaNamed(text: string, areas: readonly AreaPlace[]): AreaPlace | null {
  const named = areas.filter(({ name }) => text.includes(name));
  return named.toSorted((a, b) => b.name.length - a.name.length)[0] ?? null;
}
