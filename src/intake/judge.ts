/**
 * What the reader asks of the classifier. A value, so that the reading can be tested without the
 * shipped vocabulary and a township's corrections can be laid over it.
 */
import type { Taxonomy, Urgency } from '../domain/category.ts';

export interface Classified {
  readonly category: string;
  readonly confidence: number;
  readonly urgency: Urgency;
  readonly candidates: readonly { readonly category: string; readonly score: number }[];
}

export interface PrivacyReading {
  readonly sensitive: boolean;
  readonly protected: boolean;
  readonly discipline: boolean;
  readonly privateFact: boolean;
}

export interface Judge {
  /** The category of a matter's normalised text. */
  classify(text: string, taxonomy: Taxonomy): Classified;
  /** U1 whatever the words, and why; null where nobody is in danger. */
  danger(text: string): { readonly category: string; readonly why: string } | null;
  privacy(text: string, category: string, taxonomy: Taxonomy): PrivacyReading;
  /** 0…1: does this sentence state a problem. */
  reportScore(text: string, taxonomy: Taxonomy): number;
  /** A general question, answered by advice and not by a case. */
  isQuestion(text: string): boolean;
}
