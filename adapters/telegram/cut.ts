/** Long texts in parts. Pure. */

/** Cuts at the last line end that fits, else in a line, never inside a character. `''` gives no part. */
export function cutAtLines(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = endOf(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^\n/, '');
  }
  return [...parts, rest].filter((part) => part.trim() !== '');
}

function endOf(text: string, limit: number): number {
  const line = text.lastIndexOf('\n', limit);
  if (line > 0) return line;
  const splitsPair = /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '');
  return splitsPair && limit > 1 ? limit - 1 : limit;
}
