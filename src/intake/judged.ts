/** A judge that reads texts without the names of villages, since 石桥村 is no bridge. */
import type { Roster } from '../domain/roster.ts';
import type { Judge } from './judge.ts';
import { withoutNames } from './place.ts';

/** The same judge behind the names; a message asks about the same few texts again and again. */
export function namelessJudge(judge: Judge, roster: Roster | null): Judge {
  const seen = new Map<string, string>();
  const nameless = (text: string): string => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const plain = withoutNames(text, roster);
    seen.set(text, plain);
    return plain;
  };
  return {
    classify: (text, taxonomy) => judge.classify(nameless(text), taxonomy),
    danger: (text) => judge.danger(nameless(text)),
    privacy: (text, category, taxonomy) => judge.privacy(text, category, taxonomy),
    reportScore: (text, taxonomy) => judge.reportScore(nameless(text), taxonomy),
    isQuestion: (text) => judge.isQuestion(text),
  };
}
