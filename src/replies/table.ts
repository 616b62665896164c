/** The shape of a language: one function for each thing there is to say. */
import type { Template, Templates } from '../domain/messages.ts';
import type { WordsContext } from './context.ts';

export type Words = {
  readonly [T in Template]: (params: Templates[T], ctx: WordsContext) => string;
};
