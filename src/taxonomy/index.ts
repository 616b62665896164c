import type { Category, MainCategory, Taxonomy } from '../domain/category.ts';
import { agri } from './agri.ts';
import { dispute } from './dispute.ts';
import { edu } from './edu.ts';
import type { Lexicon, ShippedCategory, ShippedMain } from './entry.ts';
import { env } from './env.ts';
import { gov } from './gov.ts';
import { health } from './health.ts';
import { house } from './house.ts';
import { market } from './market.ts';
import { power } from './power.ts';
import { road } from './road.ts';
import { safety } from './safety.ts';
import { social } from './social.ts';
import { water } from './water.ts';
import { welfare } from './welfare.ts';

export type { Lexicon, ShippedCategory, ShippedMain } from './entry.ts';

const MAINS: readonly ShippedMain[] = [
  road,
  water,
  power,
  env,
  house,
  agri,
  welfare,
  social,
  health,
  edu,
  safety,
  dispute,
  market,
  gov,
];

const LEXICONS = new Map<string, Lexicon>(
  MAINS.flatMap((main) =>
    main.categories.map((category): [string, Lexicon] => [category.id, category.lexicon]),
  ),
);

/** The shipped words of a category; a category a township added has none but those of its file. */
export function lexiconOf(id: string): Lexicon {
  return LEXICONS.get(id) ?? {};
}

function plain(category: ShippedCategory): Category {
  const { lexicon: _lexicon, raises: _raises, ...rest } = category;
  return rest;
}

/** The 14 main and 66 sub-categories that a township starts from. */
export const shippedTaxonomy: Taxonomy = {
  mains: MAINS.map(({ id, zh, en }): MainCategory => ({ id, zh, en })),
  categories: MAINS.flatMap((main) => main.categories.map(plain)),
  words: {},
};

/** An entry of a township file's `categories`: changes a shipped category or adds one. */
export interface CategoryOverride {
  readonly id: string;
  readonly zh?: string | undefined;
  readonly short?: string | undefined;
  readonly urgency?: Category['urgency'] | undefined;
  readonly firstResponse?: string | undefined;
  readonly deadline?: string | undefined;
  readonly firstTier?: Category['firstTier'] | undefined;
  readonly sensitive?: Category['sensitive'] | undefined;
  /** Null: an event of this kind stays within its village. */
  readonly reach?: Category['reach'] | undefined;
  /** Words by which the township's people name the matter; they weigh more than the shipped ones. */
  readonly words?: readonly string[] | undefined;
}

/** Lays a township's entries over a taxonomy. A later entry of the same id wins; words add up. */
export function withTownship(taxonomy: Taxonomy, overrides: readonly CategoryOverride[]): Taxonomy {
  return overrides.reduce(layOver, taxonomy);
}

function layOver(taxonomy: Taxonomy, override: CategoryOverride): Taxonomy {
  const { words, ...changes } = override;
  const old = taxonomy.categories.find((category) => category.id === override.id);
  const category = { ...(old ?? added(override)), ...defined(changes) };
  const kept = taxonomy.categories.map((each) => (each.id === override.id ? category : each));
  const told = [...(taxonomy.words[override.id] ?? []), ...(words ?? [])];
  return {
    ...taxonomy,
    mains: withMain(taxonomy.mains, override),
    categories: old ? kept : [...taxonomy.categories, category],
    words: told.length > 0 ? { ...taxonomy.words, [override.id]: told } : taxonomy.words,
  };
}

/** What an added category is where its entry is silent: an everyday matter for the township. */
function added(override: CategoryOverride): Category {
  const zh = override.zh ?? override.short ?? override.id;
  return {
    id: override.id,
    zh,
    short: override.short ?? zh,
    en: override.id,
    urgency: 'U4',
    firstResponse: '1wd',
    deadline: '5wd',
    firstTier: 'township',
    sensitive: 'no',
    codes: ['999900'],
  };
}

function defined<T extends object>(changes: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function withMain(mains: readonly MainCategory[], override: CategoryOverride): readonly MainCategory[] {
  const id = override.id.split('.')[0] ?? override.id;
  if (mains.some((main) => main.id === id)) return mains;
  return [...mains, { id, zh: override.zh ?? id, en: id }];
}
