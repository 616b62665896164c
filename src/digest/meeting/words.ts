/** What the meeting's papers say, in a language. */
import type { WordsContext } from '../../replies/context.ts';
import type { NeedsSecretary } from '../decisions.ts';
import type { Minute, OfficeSheet, Unheard } from './plan.ts';

export interface MeetingWords {
  /** To the office: each matter with its two blanks, to be answered in chat or on the sheet. */
  sheet(sheet: OfficeSheet, date: string, ctx: WordsContext): readonly string[];
  /** To the dispatchers: what has no office yet. */
  unassignedSheet(sheet: OfficeSheet, date: string, ctx: WordsContext): readonly string[];
  /** To its leader: what the office has said, and what it has not. */
  confirm(sheet: OfficeSheet, date: string, ctx: WordsContext): readonly string[];
  /** To the secretary, the day before. */
  page(needs: readonly NeedsSecretary[], date: string, ctx: WordsContext): readonly string[];
  /** How many offices' leaders have looked at their answers, and how many not yet; '' lines where there are none. */
  confirmed(seen: number, open: number): readonly string[];
  minutes(minutes: readonly Minute[], date: string, ctx: WordsContext): readonly string[];
  unheard(people: readonly Unheard[], ctx: WordsContext): readonly string[];
  heard(count: number): readonly string[];
  readonly sheetTitle: (office: string, date: string) => string;
  readonly sheetColumns: readonly string[];
  /** What stands for an office where there is none yet. */
  readonly unassigned: string;
  readonly unassignedColumns: readonly string[];
  readonly sheetNote: string;
  readonly minutesTitle: (township: string, date: string) => string;
  readonly minutesNote: string;
  readonly minutesColumns: readonly string[];
  readonly files: { readonly sheet: (office: string) => string; readonly minutes: string };
}
