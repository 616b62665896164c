import { TERMS } from './terms.ts';

/** A term of a lexicon with its weight; null where the default of its list holds. */
export interface Term {
  readonly text: string;
  readonly weight: number | null;
}

/** Writes out `{a|b}c*2` as `ac*2`, `bc*2`. Groups do not nest. */
function alternatives(pattern: string): string[] {
  const open = pattern.indexOf('{');
  if (open < 0) return [pattern];
  const close = pattern.indexOf('}', open);
  const head = pattern.slice(0, open);
  const tails = alternatives(pattern.slice(close + 1));
  const middles = pattern.slice(open + 1, close).split('|');
  return middles.flatMap((middle) => tails.map((tail) => head + middle + tail));
}

function weighed(text: string): Term {
  const star = text.indexOf('*');
  if (star < 0) return { text, weight: null };
  return { text: text.slice(0, star), weight: Number(text.slice(star + 1)) };
}

/** Reads one lexicon string into its terms: see `Lexicon` for the notation. */
export function terms(source: string | undefined): Term[] {
  if (source === undefined) return [];
  return source.split(/\s+/u).flatMap((item) => {
    if (item === '') return [];
    if (item.startsWith('@')) return terms(TERMS[item.slice(1)] ?? unknown(item));
    return alternatives(item).map(weighed);
  });
}

function unknown(name: string): never {
  throw new Error(`no shared terms of this name: ${name}`);
}
