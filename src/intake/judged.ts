/** The judge of one message: without the names of villages, since 石桥村 is no bridge, and asked once a text. */
import type { Roster } from '../domain/roster.ts';
import type { Judge } from './judge.ts';
import { withoutNames } from './place.ts';

/** What is left of a personal number says nothing of the matter. */
const MASKED = /\p{Script=Han}?[A-Z\d]{0,3}\*{4}\d{0,2}/gu;

/** Remembers what `read` gave for a text: the readers ask about the same few texts again and again. */
function once<T>(read: (text: string) => T): (text: string) => T {
  const seen = new Map<string, T>();
  return (text) => {
    const known = seen.get(text);
    if (known !== undefined) return known;
    const fresh = read(text);
    seen.set(text, fresh);
    return fresh;
  };
}

/** `judge` for one message under one roster. The taxonomy is the same in all calls of a message. */
export function judgeOfMessage(
  judge: Judge,
  roster: Roster | null,
  taxonomy: Parameters<Judge['classify']>[1],
): Judge {
  const nameless = once((text) => withoutNames(text.replace(MASKED, ''), roster));
  const classify = once((text) => judge.classify(text, taxonomy));
  const danger = once((text) => judge.danger(text));
  const reportScore = once((text) => judge.reportScore(text, taxonomy));
  return {
    classify: (text) => classify(nameless(text)),
    danger: (text) => danger(nameless(text)),
    reportScore: (text) => reportScore(nameless(text)),
    privacy: (text, category) => judge.privacy(text, category, taxonomy),
    isQuestion: (text) => judge.isQuestion(text),
  };
}
