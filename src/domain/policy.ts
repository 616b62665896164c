/** All that a township has decided, as one value: who is who, what counts, by which clocks. */
import type { Calendar } from '../kernel/calendar.ts';
import type { AreaPlace } from './areas.ts';
import type { Taxonomy } from './category.ts';
import type { Directory } from './directory.ts';
import type { PersonId, Roster } from './roster.ts';
import type { Settings } from './settings.ts';

/** A page of policy that `政策 关键词` answers from. */
export interface PolicyCard {
  readonly keywords: readonly string[];
  readonly title: string;
  readonly text: string;
  /** Who issued it and under which number, as it may be quoted. */
  readonly source: string;
  /** The day of the source, or the day on which the card was last checked. */
  readonly date: string;
}

/** Someone is away from `from` to `to`, both days included (township local dates). */
export interface Absence {
  readonly person: PersonId;
  readonly from: string;
  readonly to: string;
  /** Who gets the open work and the reminders; null where nobody is named. */
  readonly deputy: PersonId | null;
}

/** Immutable; each change of the township file makes a new one with the next version. */
export interface Policy {
  readonly version: number;
  readonly roster: Roster;
  readonly directory: Directory;
  readonly taxonomy: Taxonomy;
  /** In force: the mode (flood season, Spring Festival) is already laid over them. */
  readonly settings: Settings;
  readonly calendar: Calendar;
  /** Absences the file names; those said in chat are kept with the cases. */
  readonly absences: readonly Absence[];
  readonly policies: readonly PolicyCard[];
  /** All areas above townships, where the installation names any. */
  readonly areas?: readonly AreaPlace[];
}
