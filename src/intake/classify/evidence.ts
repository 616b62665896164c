import type { Compiled, CueKind, Use } from './compile.ts';
import { unreal } from './guards.ts';
import { scan } from './trie.ts';

/** What the words of a text say, by category index of the compiled taxonomy. */
export interface Evidence {
  /** Strength of the best statement of a problem, 0 where there is none. */
  readonly problem: Float64Array;
  /** Further statements of a problem. */
  readonly further: Float64Array;
  readonly topic: Float64Array;
  readonly against: Float64Array;
  /** Objects named without their usual defect: a mirror at a bend speaks for the road. */
  readonly hint: Float64Array;
  /** Words for something being wrong, of whatever category. */
  readonly trouble: number;
  readonly cues: Readonly<Record<CueKind, number>>;
}

const PAIR = 4;

/** The last text of each matcher: whether a sentence is a report, of what and how dangerous is asked in turn. */
const lasts = new WeakMap<Compiled, { readonly text: string; readonly found: Evidence | null }>();

/** Reads a text against a compiled taxonomy; null where not one word of it is known. */
export function evidence(text: string, compiled: Compiled): Evidence | null {
  const last = lasts.get(compiled);
  if (last?.text === text) return last.found;
  const found = readAll(text, compiled);
  lasts.set(compiled, { text, found });
  return found;
}

function readAll(text: string, compiled: Compiled): Evidence | null {
  const hits = scan(compiled.trie, text, compiled.blocks);
  if (hits.length === 0) return null;
  const reader = new Reader(text, compiled);
  for (let i = 0; i < hits.length; i += 3) reader.read(hits[i] ?? 0, hits[i + 1] ?? 0, hits[i + 2] ?? 0);
  return reader;
}

/** What is noted of each pair while a text is read. Thousands of pairs, of which a text touches a few. */
interface Pairs {
  /** Start and end of the last object, then of the last defect; end 0 where none. */
  readonly seen: Int32Array;
  readonly paired: Float64Array;
  /** The text that a pair's notes are of: those of another text count as none. */
  readonly stamps: Float64Array;
  texts: number;
}

const notes = new WeakMap<Compiled, Pairs>();

/** One set for each matcher serves all texts: they are read one after another, and nothing is kept after. */
function pairsOf(compiled: Compiled): Pairs {
  let pairs = notes.get(compiled);
  if (pairs === undefined) {
    const { pairs: count } = compiled;
    pairs = {
      seen: new Int32Array(count * 4),
      paired: new Float64Array(count),
      stamps: new Float64Array(count),
      texts: 0,
    };
    notes.set(compiled, pairs);
  }
  pairs.texts += 1;
  return pairs;
}

class Reader implements Evidence {
  readonly problem: Float64Array;
  readonly further: Float64Array;
  readonly topic: Float64Array;
  readonly against: Float64Array;
  readonly hint: Float64Array;
  trouble = 0;
  readonly cues: Record<CueKind, number> = { complain: 0, request: 0, ask: 0, place: 0, chat: 0 };
  private readonly text: string;
  private readonly compiled: Compiled;
  private readonly pairs: Pairs;
  /** Answers about the term being read, found once for all its uses. */
  private silence: boolean | null = null;
  private besides: boolean | null = null;

  constructor(text: string, compiled: Compiled) {
    const size = compiled.size;
    // One piece of memory for all five: each piece of its own is asked of the system.
    const memory = new ArrayBuffer(5 * size * Float64Array.BYTES_PER_ELEMENT);
    const list = (nth: number) => new Float64Array(memory, nth * size * Float64Array.BYTES_PER_ELEMENT, size);
    this.problem = list(0);
    this.further = list(1);
    this.topic = list(2);
    this.against = list(3);
    this.hint = list(4);
    this.text = text;
    this.compiled = compiled;
    this.pairs = pairsOf(compiled);
  }

  read(start: number, end: number, term: number): void {
    const uses = this.compiled.uses[term] ?? [];
    this.silence = null;
    this.besides = null;
    let wrong = false;
    for (const use of uses) {
      this.take(use, start, end);
      wrong ||= use.kind === 'defect';
    }
    if (wrong && !this.unsaid(start, end)) this.trouble += end - start > 1 ? 1.2 : 0.7;
  }

  private take(use: Use, start: number, end: number): void {
    if (use.kind === 'cue') this.cues[use.cue] += use.weight;
    else if (use.kind === 'not') raise(this.against, use.category, use.weight);
    else if (use.kind === 'defect') this.side(use.pair, use.category, 2, start, end);
    else if (use.kind !== 'strong' && this.beside(end)) return;
    else if (use.kind === 'object') this.side(use.pair, use.category, 0, start, end);
    else if (use.kind === 'topic') raise(this.topic, use.category, use.weight);
    else if (!this.unsaid(start, end) && !this.feared(use.category, start))
      this.settle(use.category, use.weight + 0.12 * (end - start));
  }

  /** 没停电 denies it, 停电的时候 only tells when: neither states a problem. */
  private unsaid(start: number, end: number): boolean {
    this.silence ??=
      this.text.startsWith('的时候', end) ||
      this.text.startsWith('的话', end) ||
      this.compiled.denied(this.text, start);
    return this.silence;
  }

  private feared(category: number, start: number): boolean {
    return this.compiled.acute[category] === 1 && unreal(this.text, start);
  }

  private beside(end: number): boolean {
    this.besides ??= BESIDE.some((word) => this.text.startsWith(word, end));
    return this.besides;
  }

  private settle(category: number, weight: number): void {
    const best = this.problem[category] ?? 0;
    this.problem[category] = Math.max(best, weight);
    raise(this.further, category, Math.min(best, weight));
  }

  private side(pair: number, category: number, side: 0 | 2, start: number, end: number): void {
    if (side === 2 && (this.unsaid(start, end) || this.feared(category, start))) return;
    const length = Math.min(end - start, 4);
    this.lean(category, side === 0 ? 0.4 * length : 0.1 * length);
    const { seen } = this.pairs;
    const base = this.opened(pair) * 4;
    const other = base + (2 - side);
    const otherStart = seen[other] ?? 0;
    const otherEnd = seen[other + 1] ?? 0;
    seen[base + side] = start;
    seen[base + side + 1] = end;
    const reach = side === 2 ? this.compiled.reach.after : this.compiled.reach.before;
    if (otherEnd === 0 || start < otherEnd || start - otherEnd > reach) return;
    if (sentenceEnds(this.text, otherEnd, start)) return;
    const span = end - start + (otherEnd - otherStart);
    this.meet(pair, category, PAIR + 0.22 * Math.min(span, 10) - 0.06 * (start - otherEnd));
  }

  /** The pair, with nothing in it that another text has left. */
  private opened(pair: number): number {
    const { texts, stamps, seen, paired } = this.pairs;
    if (stamps[pair] !== texts) {
      stamps[pair] = texts;
      seen.fill(0, pair * 4, pair * 4 + 4);
      paired[pair] = 0;
    }
    return pair;
  }

  private lean(category: number, weight: number): void {
    this.hint[category] = (this.hint[category] ?? 0) + weight;
  }

  /** One pair counts once, at its best: 灯坏了，灯黑了 is one statement. */
  private meet(pair: number, category: number, weight: number): void {
    const { paired } = this.pairs;
    const before = paired[pair] ?? 0;
    if (weight <= before) return;
    paired[pair] = weight;
    if (before === 0) this.settle(category, weight);
    else this.problem[category] = Math.max(this.problem[category] ?? 0, weight);
  }
}

function raise(list: Float64Array, index: number, by: number): void {
  list[index] = (list[index] ?? 0) + by;
}

/** What stands beside a thing is not the thing: 水库边上的路塌了 is about the road. */
const BESIDE = ['门口', '旁边', '边上', '对面', '后面', '前面', '附近', '隔壁', '门前', '背后', '外面'];

const STOPS = new Set([...'。！？!?;；\n'].map((each) => each.charCodeAt(0)));

function sentenceEnds(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (STOPS.has(text.charCodeAt(i))) return true;
  return false;
}
