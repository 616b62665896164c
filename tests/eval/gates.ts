import { classify, reportScore } from '../../src/intake/classify/index.ts';
import { normalise } from '../../src/intake/normalise.ts';
import { shippedTaxonomy } from '../../src/taxonomy/index.ts';
import { FRESH } from '../intake/classify/fresh.ts';
import { HELD_OUT } from '../intake/classify/held-out.ts';
import { coarseLabels } from './coarse.ts';
import type { Rate } from './messages.ts';
import { opens, readAs } from './reading.ts';
import type { Title } from './sources.ts';

/** Chatter that opens a case, and chatter that makes the bot ask, in a group that did not address it. */
export function measureChatter(lines: readonly string[]): { opened: Rate; spoken: Rate } {
  const readings = lines.map((line) => readAs(line));
  const count = (wanted: (index: number) => boolean): Rate => ({
    right: readings.filter((_, index) => wanted(index)).length,
    of: lines.length,
  });
  return {
    opened: count((index) => {
      const reading = readings[index];
      return reading !== undefined && opens(reading);
    }),
    spoken: count((index) => readings[index]?.intent !== 'chatter'),
  };
}

/** Titles sent to the bot with a mention: how many open a case, and of how many the coarse class is right. */
export function measureTitles(titles: readonly Title[]): { recall: Rate; coarse: Rate; unaddressed: Rate } {
  const readings = titles.map(({ text }) => readAs(text, 'neighbor_head', true));
  const coarse = titles.filter(({ text, label }) =>
    coarseLabels(classify(normalise(text), shippedTaxonomy).category).includes(label),
  );
  return {
    recall: { right: readings.filter(opens).length, of: titles.length },
    coarse: { right: coarse.length, of: titles.length },
    unaddressed: { right: titles.filter(({ text }) => opens(readAs(text))).length, of: titles.length },
  };
}

/** The category of the two sets of sentences that taught the classifier nothing. */
export function measureSentences(): Readonly<Record<string, Rate>> {
  const rateOf = (table: Readonly<Record<string, readonly string[]>>): Rate => {
    const all = Object.entries(table).flatMap(([id, list]) =>
      list.map((text) => classify(normalise(text), shippedTaxonomy).category === id),
    );
    return { right: all.filter(Boolean).length, of: all.length };
  };
  return { everyday: rateOf(FRESH), 'unusual words': rateOf(HELD_OUT) };
}

/** For each threshold: shares of chatter, titles and everyday reports that score at least as much. */
export function curve(chatter: readonly string[], titles: readonly Title[] | null) {
  const score = (text: string) => reportScore(normalise(text), shippedTaxonomy);
  const quiet = chatter.map(score);
  const formal = (titles ?? []).map(({ text }) => score(text));
  const everyday = Object.values(FRESH).flat().map(score);
  const share = (scores: readonly number[], from: number) =>
    scores.length === 0 ? null : scores.filter((each) => each >= from).length / scores.length;
  return [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8].map((from) => ({
    threshold: from,
    chatter: share(quiet, from),
    titles: share(formal, from),
    everyday: share(everyday, from),
  }));
}
