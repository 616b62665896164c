/**
 * A quote as WeChat puts it into a text:
 *
 *     「张三：原文」
 *     - - - - - - - - - - - - - - -
 *     回复
 */

export interface Quoted {
  /** What was quoted, without the name of who said it; null where there is no quote, or nothing of it to read. */
  readonly quote: { readonly id: null; readonly text: string | null } | null;
  /** What was said of it. */
  readonly text: string;
}

/** Clients differ in the line between: hyphens, dashes, drawn lines, the plus family's ➖, with or without spaces. */
const LINE = /^(?:[-‐‑‒–—―─━－﹣﹘➖]\uFE0F?\s*){3,}$/u;
/** Longer than any nickname in WeChat (16 characters; a group's, 32). */
const MOST_NAME = 40;
const MOST_QUOTE = 2_000;

export function parseQuote(text: string): Quoted {
  const whole = text.replaceAll('\r\n', '\n').trim();
  if (!whole.startsWith('「')) return { quote: null, text };
  const lines = whole.split('\n').map((line) => line.trim());
  const at = lineBetween(lines);
  if (at === null) return { quote: null, text };
  const said = lines.slice(0, at).join('\n').trimEnd().slice(1, -1);
  const words = withoutName(said).slice(0, MOST_QUOTE);
  // A quoted link or file is the platform's XML, which nobody can read (wechaty/puppet-padlocal#68).
  const readable = words !== '' && !/^<(?:\?xml|msg)/.test(words);
  const answer = lines
    .slice(at + 1)
    .join('\n')
    .trim();
  return { quote: { id: null, text: readable ? words : null }, text: answer };
}

/** A quote may hold a quote: the line is the one before which as many brackets were closed as opened. */
function lineBetween(lines: readonly string[]): number | null {
  let first: number | null = null;
  let open = 0;
  let closes = false;
  for (const [at, line] of lines.entries()) {
    if (closes && LINE.test(line)) {
      if (open === 0) return at;
      first ??= at;
    }
    open += count(line, '「') - count(line, '」');
    if (line !== '') closes = line.endsWith('」');
  }
  // Whoever was quoted wrote a bracket without its other half.
  return first;
}

const count = (line: string, sign: string): number => line.split(sign).length - 1;

/** Some clients put no name before the words; then the words may have a colon, after a number that must not be lost. */
function withoutName(said: string): string {
  const [, name, words] = /^([^\n：:]*)[：:]([\s\S]*)$/.exec(said) ?? [];
  if (name === undefined || words === undefined) return said.trim();
  return name.length > MOST_NAME || /[#＃]\s*\d/.test(name) ? said.trim() : words.trim();
}
