/** What the meeting's lines and papers have in common. Light: it loads no documents. */
import type { WordsContext } from '../../replies/context.ts';
import type { DigestWords } from '../words/words.ts';
import type { OfficeSheet } from './plan.ts';
import type { MeetingWords } from './words.ts';

export interface PaperWords {
  readonly words: MeetingWords;
  readonly digest: DigestWords;
  readonly ctx: WordsContext;
}

export const officeName = (
  { office }: Pick<OfficeSheet, 'office'>,
  words: MeetingWords,
  ctx: WordsContext,
): string => (office === null ? words.unassigned : ctx.names.office(office));
