import type { Tier } from './roster.ts';

/** Urgency, most urgent first. U1 is an emergency. */
export type Urgency = 'U1' | 'U2' | 'U3' | 'U4' | 'U5';

/** When a matter of the category is private: see the privacy rule in docs/understanding.md. */
export type Sensitivity = 'no' | 'may' | 'protect' | 'protect_on_request';

/** How far one event of a kind reaches, so that reports of several villages may be of one (src/digest/incidents.ts). */
export interface Reach {
  /** `area`: weather, water, hills. `network`: a line, a main, a road, for those along it. */
  readonly kind: 'area' | 'network';
  /** Each names one cause, in words separated by spaces: reports that name different causes are of different events. */
  readonly causes: readonly string[];
}

/** One sub-category of the taxonomy (`power.lamp`); its main category is the part before the dot. */
export interface Category {
  readonly id: string;
  /** The full Chinese name, as in the register. */
  readonly zh: string;
  /** The plain short words used in replies: 路灯不亮 → "路灯". */
  readonly short: string;
  readonly en: string;
  readonly urgency: Urgency;
  /** Durations as written in the taxonomy: `即时`, `4h`, `1wd`, `24h先避险/15wd`; see kernel/deadline. */
  readonly firstResponse: string;
  readonly deadline: string;
  readonly firstTier: Tier;
  readonly sensitive: Sensitivity;
  /** Codes of DB44/T 2479—2024. */
  readonly codes: readonly string[];
  /** Missing or null: an event of this kind stays within its village. */
  readonly reach?: Reach | null;
}

export interface MainCategory {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

/** The shipped taxonomy with a township's changes laid over it. */
export interface Taxonomy {
  readonly mains: readonly MainCategory[];
  readonly categories: readonly Category[];
  /** Extra words by category id that the classifier reads, from the township's file. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}
