import type { Taxonomy } from '../../domain/category.ts';
import { CUES, MASKS } from '../../taxonomy/cues.ts';
import { EXAMPLES } from '../../taxonomy/examples.ts';
import { type Term, terms } from '../../taxonomy/expand.ts';
import { type Lexicon, lexiconOf } from '../../taxonomy/index.ts';
import { correctionsOf, type Memory, memoryOf, withoutCorrections } from './corrections.ts';
import { denied } from './denied.ts';
import { type Likeness, learn, sentence, vocabulary } from './likeness.ts';
import { buildTrie, type Trie } from './trie.ts';

export type CueKind = keyof typeof CUES;

/** What a found term means: evidence for a category, one side of a pair, or a cue. */
export type Use =
  | { readonly kind: 'strong' | 'topic' | 'not'; readonly category: number; readonly weight: number }
  | { readonly kind: 'object'; readonly category: number; readonly pair: number }
  | { readonly kind: 'defect'; readonly category: number; readonly pair: number }
  | { readonly kind: 'cue'; readonly cue: CueKind; readonly weight: number };

export interface Compiled {
  /** Ids by category index; empty for the rules of danger. */
  readonly ids: readonly string[];
  readonly size: number;
  readonly trie: Trie;
  /** By term index: its uses. Empty for a mask. */
  readonly uses: readonly (readonly Use[])[];
  /** By term index: 1 for a mask or a mere cue, inside which no other term begins. */
  readonly blocks: Uint8Array;
  readonly pairs: number;
  readonly remembered: Memory;
  readonly likeness: Likeness;
  /** Does the term that starts here not count, since it is denied? */
  readonly denied: (text: string, start: number) => boolean;
  /** By category index: 1 where a thing only feared (怕着火) is none, as it is for all acute danger. */
  readonly acute: Uint8Array;
  /** How far a defect may stand after its object, and before it (characters between). */
  readonly reach: { readonly after: number; readonly before: number };
}

const STRONG = 5;
const TOPIC = 1.5;
const NOT = 2.5;
/** A township's own word beats any shipped one, whatever stands beside it. */
const TOWNSHIP = 20;

const cache = new WeakMap<Taxonomy, Compiled>();

/** The matcher of a taxonomy, built once for each value. */
export function compiled(taxonomy: Taxonomy): Compiled {
  const known = cache.get(taxonomy);
  if (known) return known;
  const fresh = compile(taxonomy);
  cache.set(taxonomy, fresh);
  return fresh;
}

class Book {
  readonly uses = new Map<string, Use[]>();
  pairs = 0;

  add(term: string, use: Use): void {
    const list = this.uses.get(term);
    if (list) list.push(use);
    else this.uses.set(term, [use]);
  }

  addAll(list: readonly Term[], use: (weight: number | null) => Use): void {
    for (const { text, weight } of list) this.add(text, use(weight));
  }
}

function compile(taxonomy: Taxonomy): Compiled {
  const base = withoutCorrections(taxonomy);
  // A correction changes no word of the lexicon: the matcher stays, only what is remembered is new.
  if (base !== taxonomy) return { ...compiled(base), remembered: memoryOf(correctionsOf(taxonomy)) };
  const book = new Book();
  taxonomy.categories.forEach((category, index) => {
    addLexicon(book, lexiconOf(category.id), index);
    for (const word of taxonomy.words[category.id] ?? []) {
      book.add(word, { kind: 'strong', category: index, weight: TOWNSHIP });
    }
  });
  for (const cue of Object.keys(CUES) as CueKind[]) {
    book.addAll(terms(CUES[cue]), (weight) => ({ kind: 'cue', cue, weight: weight ?? 1 }));
  }
  for (const { text } of terms(MASKS)) if (!book.uses.has(text)) book.uses.set(text, []);
  return {
    ...finished(book, denied),
    acute: Uint8Array.from(taxonomy.categories, ({ id, urgency }) =>
      urgency === 'U1' && id.startsWith('safety.') ? 1 : 0,
    ),
    reach: { after: 12, before: 12 },
    ids: taxonomy.categories.map(({ id }) => id),
    size: taxonomy.categories.length,
    likeness: likenessOf(taxonomy),
    remembered: memoryOf([]),
  };
}

function likenessOf(taxonomy: Taxonomy): Likeness {
  const samples = taxonomy.categories.flatMap(({ id }, category) => {
    const { strong, topic, pairs = [] } = lexiconOf(id);
    const words = vocabulary(category, [
      [terms(strong).filter(({ weight }) => (weight ?? STRONG) >= 3), 1],
      [terms(strong).filter(({ weight }) => (weight ?? STRONG) < 3), 0.3],
      [terms(topic).filter(({ weight }) => (weight ?? TOPIC) >= TOPIC), 1.5],
      [terms(topic).filter(({ weight }) => (weight ?? TOPIC) < TOPIC), 0.3],
      [pairs.flatMap(([object]) => terms(object)), 1],
      [pairs.flatMap(([, defect]) => terms(defect)), 0.2],
    ]);
    const told = [...(EXAMPLES[id] ?? []), ...(taxonomy.words[id] ?? [])];
    return [words, ...told.map((text) => sentence(category, text))];
  });
  return learn(samples, taxonomy.categories.length);
}

/** A matcher of bare lexicons, by their index, with words that mean nothing but cover others. */
export function compileLexicons(
  lexicons: readonly Lexicon[],
  masks: string,
  unreal: Compiled['denied'],
): Compiled {
  const book = new Book();
  lexicons.forEach((lexicon, index) => {
    addLexicon(book, lexicon, index);
  });
  for (const { text } of terms(masks)) if (!book.uses.has(text)) book.uses.set(text, []);
  return {
    ...finished(book, unreal),
    acute: new Uint8Array(lexicons.length),
    reach: { after: 14, before: 4 },
    ids: [],
    size: lexicons.length,
    remembered: memoryOf([]),
    likeness: learn([], lexicons.length),
  };
}

function finished(
  book: Book,
  deny: Compiled['denied'],
): Pick<Compiled, 'trie' | 'uses' | 'blocks' | 'pairs' | 'denied'> {
  const words = [...book.uses.keys()];
  const uses = words.map((word) => withHeads(word, book.uses));
  const blocks = Uint8Array.from(uses, (list) => (list.every(({ kind }) => kind === 'cue') ? 1 : 0));
  return { trie: buildTrie(words), uses, blocks, pairs: book.pairs, denied: deny };
}

/** A place named after the thing is not the thing: 学校门口 is no matter of the school. */
const BESIDE = /(?:门口|旁边|大门|隔壁|边上|线路)$/u;

/**
 * Only the longest term at a place is found, so it carries what its beginnings mean as well:
 * 老人家 is 老人 too, 塌方了 is 塌方. A mask carries nothing, that is its purpose.
 */
function withHeads(word: string, book: ReadonlyMap<string, readonly Use[]>): readonly Use[] {
  const own = book.get(word) ?? [];
  if (own.length === 0 || BESIDE.test(word)) return own;
  const all = [...own];
  for (let length = word.length - 1; length >= 1; length -= 1) {
    for (const use of book.get(word.slice(0, length)) ?? []) {
      const carried = length > 1 || (use.kind === 'defect' && DONE.test(word));
      if (carried && !all.some((each) => sameUse(each, use))) all.push(use);
    }
  }
  return all;
}

/** A single character stays what it is before an ending: 垮了 is 垮, but 水管 is no 水. */
const DONE = /^.[了哒着得死起下满住掉烂坏裂开在到上出]/u;

function sameUse(a: Use, b: Use): boolean {
  if (a.kind === 'cue' || b.kind === 'cue') return a.kind === b.kind;
  if (a.kind === 'object' || a.kind === 'defect')
    return a.kind === b.kind && 'pair' in b && a.pair === b.pair;
  return a.kind === b.kind && a.category === b.category;
}

function addLexicon(book: Book, lexicon: Lexicon, category: number): void {
  book.addAll(terms(lexicon.strong), (weight) => ({ kind: 'strong', category, weight: weight ?? STRONG }));
  book.addAll(terms(lexicon.topic), (weight) => ({ kind: 'topic', category, weight: weight ?? TOPIC }));
  book.addAll(terms(lexicon.not), (weight) => ({ kind: 'not', category, weight: weight ?? NOT }));
  for (const [objects, defects] of lexicon.pairs ?? []) {
    const pair = book.pairs;
    book.pairs += 1;
    book.addAll(terms(objects), () => ({ kind: 'object', category, pair }));
    book.addAll(terms(defects), () => ({ kind: 'defect', category, pair }));
  }
}
