import type { Say, Template, Templates } from '../domain/messages.ts';
import type { WordsContext } from './context.ts';
import { en } from './en/table.ts';
import type { Words } from './table.ts';
import { zh } from './zh/table.ts';

const languages: Readonly<Record<WordsContext['locale'], Words>> = { 'zh-CN': zh, en };

/** The words of one message: plain text, lines parted by `\n`. Pure. */
export function render(say: Say, ctx: WordsContext): string {
  return speak(languages[ctx.locale], say, ctx);
}

function speak<T extends Template>(
  words: Words,
  say: { readonly template: T; readonly params: Templates[T] },
  ctx: WordsContext,
): string {
  return words[say.template](say.params, ctx);
}
