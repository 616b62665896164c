/** What a language must be able to say for the digest. Two tables follow it: zh.ts and en.ts. */
import type { Source } from '../../domain/case.ts';
import type { Tier } from '../../domain/roster.ts';
import type { WordsContext } from '../../replies/context.ts';
import type { AreaFigures } from '../area.ts';
import type { BulletinItem, BulletinState, OfficeBulletin } from '../bulletin.ts';
import type { Became, Need } from '../decisions.ts';
import type { Figures } from '../figures.ts';
import type { Incident } from '../incidents.ts';
import type { Matter } from '../matters.ts';
import type { Period } from '../period.ts';
import type { Repeat } from '../places.ts';
import type { Exclusion } from '../rate.ts';

export interface DigestWords {
  readonly sources: Readonly<Record<Source, string>>;
  readonly tiers: Readonly<Record<Tier, string>>;
  readonly exclusions: Readonly<Record<Exclusion, string>>;
  readonly needs: Readonly<Record<Need, string>>;
  readonly became: Readonly<Record<Became, string>>;
  readonly bulletin: Readonly<Record<BulletinState, string>>;
  /** `2026年10月` */
  period(period: Period): string;
  /** At most 14 lines for a chat: the first one names the period. */
  chat(figures: Figures, ctx: WordsContext): readonly string[];
  /** 龙塘湾村3组王家桥路灯不亮: what a matter is, for everybody who sits in the meeting. */
  matter(matter: Matter, ctx: WordsContext): string;
  /** The office that has it, with those that help. */
  office(matter: Matter, ctx: WordsContext): string;
  day(at: number | null, ctx: WordsContext): string;
  readonly charts: ChartWords;
  readonly pack: PackWords;
  readonly officeBulletin: BulletinWords;
  /** An area for a chat: at most 14 lines, townships in the order of its file. @param missing ids of those not read */
  area(figures: AreaFigures, period: Period, missing: readonly string[]): readonly string[];
  /** File names, without the ending. */
  readonly files: { readonly pack: string; readonly register: string; readonly charts: readonly string[] };
}

export interface BulletinWords {
  /** At most 15 lines for a chat. @param cut nothing from here on counts */
  lines(bulletin: OfficeBulletin, period: Period, cut: number, ctx: WordsContext): readonly string[];
  title(office: string, period: Period): string;
  readonly note: string;
  readonly columns: readonly string[];
  file(office: string, period: string): string;
  /** How many matters the lines have room for. */
  readonly most: number;
  /** What became of it, and when. */
  state(item: BulletinItem, ctx: WordsContext): string;
}

export interface ChartWords {
  readonly categories: string;
  readonly thisPeriod: string;
  /** @param periods how many the mean is of */
  meanBefore(periods: number): string;
  readonly trend: string;
  readonly outcome: string;
  readonly dueRow: string;
  readonly openRow: string;
  readonly ratedRow: string;
  readonly inTime: string;
  readonly late: string;
  readonly unanswered: string;
  readonly running: string;
  readonly overdue: string;
  readonly deferred: string;
  readonly satisfied: string;
  readonly basically: string;
  readonly unsatisfied: string;
  readonly unrated: string;
  /** The title of a chart with nothing in it. */
  empty(title: string): string;
  part(group: string, name: string): string;
  shortPeriod(name: string): string;
}

export interface PackWords {
  readonly title: string;
  readonly subtitle: (period: string, asOf: string) => string;
  readonly figures: string;
  readonly figuresSheet: string;
  readonly figureColumns: readonly [string, string, string, string];
  readonly charts: string;
  readonly needs: string;
  readonly decisions: string;
  readonly decisionColumns: readonly string[];
  readonly matters: string;
  /** Of matters that no office has been given yet. */
  readonly unassigned: string;
  readonly matterColumns: readonly string[];
  readonly explained: string;
  readonly bulletin: string;
  /** Below a table that ends before its matters do. */
  more(left: number): string;
  readonly bulletinNote: string;
  readonly repeats: string;
  readonly incidents: string;
  readonly none: string;
  readonly privateNote: string;
  readonly roomForDecision: string;
  readonly rows: FigureRowWords;
  readonly explainedColumns: readonly string[];
  readonly bulletinColumns: readonly string[];
  cost(yuan: number): string;
  households(count: number): string;
  latest(words: string): string;
  reason(words: string): string;
  reviewOn(date: string): string;
  wasDue(date: string): string;
  dueOn(date: string): string;
  /** A span of natural hours as people say it. */
  lasting(hours: number): string;
  /** What a reader must know beside office and date: supervised, returned, unsatisfied. */
  marks(matter: Matter): readonly string[];
  /** What the date beside a state means; '' without one. */
  bulletinDate(state: BulletinState, date: string): string;
  repeat(repeat: Repeat, ctx: WordsContext): string;
  incident(incident: Incident, ctx: WordsContext): string;
}

export interface FigureRowWords {
  readonly received: string;
  readonly inTime: string;
  readonly answered: string;
  readonly resolved: string;
  readonly closedOfReceived: string;
  readonly content: string;
  readonly discontent: string;
  readonly firstContact: string;
  readonly resolution: string;
  readonly twiceTransferred: string;
  readonly bySource: string;
  readonly byTier: string;
  readonly byCategory: string;
  readonly byVillage: string;
  readonly byOffice: string;
  readonly unknown: string;
  readonly unassigned: string;
  tier(name: string): string;
  readonly nothingLeftOut: string;
  readonly spread: (count: number, median: string, p90: string) => string;
}
