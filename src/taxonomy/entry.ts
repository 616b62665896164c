import type { Category, MainCategory } from '../domain/category.ts';

/**
 * The words by which a category is recognised. Each string holds terms separated by spaces;
 * `{a|b}` stands for either, `@name` for a shared set of `terms.ts`, and `term*2` gives a weight.
 */
export interface Lexicon {
  /** States a problem of this category by itself: 停水, 井盖没了. Weight 5 where none is given. */
  readonly strong?: string;
  /** An object and what is wrong with it, near each other in either order: 路灯 … 不亮. */
  readonly pairs?: readonly (readonly [object: string, defect: string])[];
  /** Names the subject without stating a problem: 路灯, 低保. Weight 1.5 where none is given. */
  readonly topic?: string;
  /** Speaks against the category where it is found: weight 4 where none is given. */
  readonly not?: string;
}

export interface ShippedCategory extends Category {
  readonly lexicon: Lexicon;
  /** What raises this category to U1, as the taxonomy words it; the rules are in `danger.ts`. */
  readonly raises?: readonly string[];
}

export interface ShippedMain extends MainCategory {
  readonly categories: readonly ShippedCategory[];
}
