/**
 * Papers that are not a digest: an office's sheet, draft minutes, a reminder letter, an area's workbook. Plain data
 * goes in, since they are drawn in the thread of the digests: a Word file takes longer than a chat may wait.
 */
import type { Instant } from '../domain/case.ts';
import type { Policy } from '../domain/policy.ts';
import { wordsContext } from '../replies/context.ts';
import type { AreaFigures } from './area.ts';
import { wordsOf } from './build.ts';
import type { CaseRecord } from './facts.ts';
import type { Minute, OfficeSheet } from './meeting/plan.ts';

export type Paper =
  /** @property date of the meeting */
  | { readonly kind: 'sheet'; readonly sheet: OfficeSheet; readonly date: string }
  | { readonly kind: 'minutes'; readonly minutes: readonly Minute[]; readonly date: string }
  /** @property late working days since the due time */
  | { readonly kind: 'letter'; readonly record: CaseRecord; readonly late: number }
  | { readonly kind: 'area'; readonly figures: AreaFigures };

export interface PaperToDraw {
  readonly paper: Paper;
  readonly roster: Policy['roster'];
  readonly taxonomy: Policy['taxonomy'];
  readonly now: Instant;
}

/** What of a policy can cross into another thread. */
export const paperFor = (paper: Paper, { roster, taxonomy }: Policy, now: Instant): PaperToDraw => ({
  ...{ paper, roster, taxonomy, now },
});

/** Loads what it draws with when it is called. */
export async function drawPaper({ paper, roster, taxonomy, now }: PaperToDraw): Promise<Uint8Array> {
  const ctx = wordsContext({ roster, taxonomy }, now, false);
  switch (paper.kind) {
    case 'letter': {
      const { reminderLetter } = await import('./documents/letter.ts');
      return reminderLetter({ record: paper.record, late: paper.late, roster, ctx });
    }
    case 'area': {
      const { areaFile } = await import('./documents/area-sheet.ts');
      return areaFile(paper.figures, { at: now, timezone: ctx.timezone });
    }
    case 'sheet':
    case 'minutes': {
      const { minutesPaper, sheetPaper } = await import('./meeting/papers.ts');
      const say = { words: await meetingWordsOf(ctx.locale), digest: await wordsOf(ctx.locale), ctx };
      return paper.kind === 'sheet'
        ? sheetPaper(paper.sheet, paper.date, say)
        : minutesPaper(paper.minutes, paper.date, say);
    }
  }
}

export async function meetingWordsOf(locale: Policy['roster']['township']['locale']) {
  return locale === 'en' ? (await import('./meeting/en.ts')).en : (await import('./meeting/zh.ts')).zh;
}
