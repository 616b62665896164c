/** Putting lines together, alike in every language. */

/** Joins what is there; a part that does not apply is null and leaves no empty line. */
export function lines(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join('\n');
}

/** Longest quotation of a person's words in one message: a phone shows about this much without scrolling. */
const QUOTED = 400;

/** One paragraph, cut at `most` characters; never in the middle of a surrogate pair. */
export function clip(text: string, most: number = QUOTED): string {
  // A message may be a megabyte: no more of it is looked at than can be shown.
  const flat = text
    .slice(0, 4 * most + 100)
    .trim()
    .replace(/\s+/gu, ' ');
  const chars = flat.length > most ? [...flat] : null;
  return chars === null || chars.length <= most ? flat : `${chars.slice(0, most - 1).join('')}…`;
}

/** Words that keep their paragraphs: policy cards, what officers dictate for others. */
export function clipLines(text: string, most: number): string {
  const all = text.trim().split(/\n+/u);
  return all.length <= most ? all.join('\n') : [...all.slice(0, most - 1), '…'].join('\n');
}

/** At most `most` items and how many are left. */
export function head<T>(items: readonly T[], most: number): { shown: readonly T[]; left: number } {
  if (items.length <= most) return { shown: items, left: 0 };
  return { shown: items.slice(0, most), left: items.length - most };
}
