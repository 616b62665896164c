/**
 * YAML text → plain values and the line of each of them. Walks the document itself rather than
 * asking `toJS`, because lines, aliases and numbers written like `0737…` need the nodes.
 */
import type { Alias, Document, Node, Pair, Scalar } from 'yaml';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { FileError, Path } from './errors.ts';
import { fieldOf } from './errors.ts';

/** Far above any township's file; below what would stop the program while it reads. */
const MAX_CHARS = 4_000_000;
const MAX_NODES = 400_000;
const MAX_DEPTH = 40;
const MAX_ALIASES = 100;
const MAX_ERRORS = 200;

export interface YamlTree {
  readonly value: unknown;
  readonly errors: readonly FileError[];
  /** The line of the value at `path`, or of the nearest thing around it that is in the file. */
  lineOf(path: Path): number;
}

/** Where a number stays a number; anywhere else `42` and `0737` are the text a person typed. */
export type KeepsNumbers = (path: Path) => boolean;

interface Walk {
  readonly document: Document;
  readonly file: string;
  readonly lines: LineCounter;
  readonly keepsNumbers: KeepsNumbers;
  readonly offsets: Map<string, number>;
  readonly errors: FileError[];
  /** Anchored nodes that are being walked: meeting one again is a cycle. */
  readonly open: Set<Node>;
  nodes: number;
  aliases: number;
}

export function readYaml(text: string, file: string, keepsNumbers: KeepsNumbers): YamlTree {
  const errors: FileError[] = [];
  if (text.length > MAX_CHARS) {
    errors.push({ file, line: null, field: '', message: `文件太大（${text.length} 个字符）` });
    return { value: null, errors, lineOf: () => 1 };
  }
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    prettyErrors: false,
    // Told in `entries`, where the field is known.
    uniqueKeys: false,
  });
  const offsets = new Map<string, number>();
  for (const { code, message, pos } of document.errors) {
    const { line } = lines.linePos(pos[0]);
    const words = inPlainWords(code, message);
    if (!errors.some((e) => e.line === line)) errors.push({ file, line, field: '', message: words });
  }
  // What follows a broken line is guesswork: telling it would bury the cause.
  if (errors.length > 0) return { value: null, errors, lineOf: () => 1 };
  const walk: Walk = {
    document,
    file,
    lines,
    keepsNumbers,
    offsets,
    errors,
    open: new Set(),
    nodes: 0,
    aliases: 0,
  };
  const value = document.contents === null ? null : plain(document.contents, [], walk);
  return { value, errors, lineOf: (path) => nearestLine(path, offsets, lines) };
}

function plain(node: unknown, path: Path, walk: Walk): unknown {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return null;
  remember(node, path, walk);
  if (++walk.nodes > MAX_NODES || path.length > MAX_DEPTH) {
    return complain(node, path, '内容太多或嵌套太深', walk);
  }
  if (isAlias(node)) return followed(node, path, walk);
  if (isScalar(node)) return scalar(node, path, walk);
  if (walk.open.has(node)) return complain(node, path, '自己包含了自己（循环引用）', walk);
  walk.open.add(node);
  const value = isSeq(node)
    ? node.items.map((item, i) => plain(item, [...path, i], walk))
    : entries(node.items, path, walk);
  walk.open.delete(node);
  return value;
}

function entries(items: readonly Pair[], path: Path, walk: Walk): Record<string, unknown> {
  const into: Record<string, unknown> = {};
  for (const { key, value } of items) {
    const name = isScalar(key) ? keyText(key) : null;
    if (name === null || name === '__proto__') {
      complain(isScalar(key) ? key : null, path, '字段名要是普通文字', walk);
      continue;
    }
    const at = [...path, name];
    if (Object.hasOwn(into, name)) complain(isScalar(key) ? key : null, at, '写了两次，只能留一个', walk);
    into[name] = plain(value, at, walk);
    // The key's line is where a person looks, also where its value starts lower down.
    if (isScalar(key) && key.range) walk.offsets.set(JSON.stringify(at), key.range[0]);
  }
  return into;
}

function keyText(key: Scalar): string | null {
  if (key.value === null) return null;
  return key.source ?? String(key.value);
}

function scalar(node: Scalar, path: Path, walk: Walk): unknown {
  const { value } = node;
  if (typeof value === 'string' || value === null || walk.keepsNumbers(path)) return value;
  return node.source ?? String(value);
}

/** Aliases are followed by hand and counted, so that a small file can't unfold into a huge one. */
function followed(alias: Alias, path: Path, walk: Walk): unknown {
  if (++walk.aliases > MAX_ALIASES)
    return complain(alias, path, `引用（*）太多，最多 ${MAX_ALIASES} 处`, walk);
  const target = alias.resolve(walk.document);
  if (!target) return complain(alias, path, `引用 *${alias.source} 没有对应的 &${alias.source}`, walk);
  return plain(target, path, walk);
}

function remember(node: Node, path: Path, walk: Walk): void {
  const key = JSON.stringify(path);
  if (node.range && !walk.offsets.has(key)) walk.offsets.set(key, node.range[0]);
}

function complain(node: Node | null, path: Path, message: string, walk: Walk): null {
  const offset = node?.range?.[0] ?? walk.offsets.get(JSON.stringify(path)) ?? 0;
  const error = { file: walk.file, line: walk.lines.linePos(offset).line, field: fieldOf(path), message };
  // A bomb would say the same thing hundreds of thousands of times.
  const said = walk.errors.some((e) => e.message === message && e.line === error.line);
  if (!said && walk.errors.length < MAX_ERRORS) walk.errors.push(error);
  return null;
}

function nearestLine(path: Path, offsets: ReadonlyMap<string, number>, lines: LineCounter): number {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsets.get(JSON.stringify(path.slice(0, length)));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return 1;
}

/** The parser speaks English; these are the mistakes people make. */
function inPlainWords(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return '缩进要用空格，不能用制表符（Tab）';
  if (code === 'BAD_INDENT') return '缩进不对，同一级要对齐';
  if (code === 'BAD_ALIAS') return '引用（*）没有对应的定义（&）';
  if (code === 'MISSING_CHAR') return `少了符号（引号、冒号或括号）：${message}`;
  return `YAML 格式不对：${message}`;
}
