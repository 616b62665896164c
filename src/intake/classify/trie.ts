/**
 * Finds every term of a fixed set in a text in one pass. The first character is looked up in a
 * flat table, since most characters of everyday chat begin no term at all and must cost nothing.
 */
export interface Trie {
  readonly roots: Int32Array;
  readonly nexts: readonly (ReadonlyMap<number, number> | null)[];
  /** Index of the term that ends at the node, or -1. */
  readonly ends: Int32Array;
}

export function buildTrie(terms: readonly string[]): Trie {
  const roots = new Int32Array(65_536);
  const nexts: (Map<number, number> | null)[] = [null];
  const ends: number[] = [-1];
  const grow = (): number => {
    nexts.push(null);
    return ends.push(-1) - 1;
  };
  const step = (node: number, code: number): number => {
    let map = nexts[node] ?? null;
    if (map === null) {
      map = new Map();
      nexts[node] = map;
    }
    const known = map.get(code);
    if (known !== undefined) return known;
    const fresh = grow();
    map.set(code, fresh);
    return fresh;
  };
  terms.forEach((term, index) => {
    const first = term.charCodeAt(0);
    if (roots[first] === 0) roots[first] = grow();
    let node = roots[first] ?? 0;
    for (let i = 1; i < term.length; i += 1) node = step(node, term.charCodeAt(i));
    ends[node] = index;
  });
  return { roots, nexts, ends: Int32Array.from(ends) };
}

/**
 * Flat triples start, end, term; by start, the longest at each place; what lies inside a longer
 * one is left out. Nothing begins inside a term that `blocks`: 看一下水管 holds no 下水管.
 */
export function scan(trie: Trie, text: string, blocks: Uint8Array): number[] {
  const hits: number[] = [];
  let covered = 0;
  let i = 0;
  while (i < text.length) {
    const root = trie.roots[text.charCodeAt(i)] ?? 0;
    const end = root === 0 ? 0 : longestFrom(trie, text, i, root, covered, hits);
    if (end > covered) covered = end;
    i = end > 0 && blocks[hits[hits.length - 1] ?? 0] === 1 ? end : i + 1;
  }
  return hits;
}

/** Pushes the longest term that starts here and reaches beyond what is covered; returns its end, or 0. */
function longestFrom(
  trie: Trie,
  text: string,
  at: number,
  root: number,
  covered: number,
  hits: number[],
): number {
  let node = root;
  let term = trie.ends[node] ?? -1;
  let end = term < 0 ? 0 : at + 1;
  for (let j = at + 1; j < text.length; j += 1) {
    const next = trie.nexts[node]?.get(text.charCodeAt(j));
    if (next === undefined) break;
    node = next;
    const found = trie.ends[node] ?? -1;
    if (found < 0) continue;
    term = found;
    end = j + 1;
  }
  if (term < 0 || end <= covered) return 0;
  hits.push(at, end, term);
  return end;
}
