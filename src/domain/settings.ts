/**
 * Everything a township may set for itself. `docs/settings.md` explains each line to an admin;
 * the schema that reads them from the township file is in config/settings.ts.
 * Times of day are `HH:MM` in township local time.
 */
import type { Urgency } from './category.ts';

/** A span of the day; where `to` is before `from` it runs over midnight. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** Which day of a month something falls on; `nth` −1 is the last one. */
export type DayRule =
  | { readonly kind: 'working_day'; readonly nth: number }
  | { readonly kind: 'day_of_month'; readonly day: number }
  /** weekday: 1 is Monday, 7 is Sunday. */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly nth: number }
  | { readonly kind: 'dates'; readonly dates: readonly string[] };

export interface LadderSettings {
  /** The share of the resolution clock's time that remains when the officer is told. */
  readonly dueSoonShare: number;
  /** Working days after the due time at which supervision is proposed to the secretary. */
  readonly proposalDays: readonly number[];
  /** Working days after the due time at which a village's case goes to the township's office. */
  readonly upTierDays: number;
  /** Reminders of U3–U5 to one person wait for this time of the next working day. */
  readonly morning: string;
}

export interface RatingSettings {
  /** Working days without an answer after which a case closes unrated. */
  readonly windowDays: number;
  /** Natural days after closing in which 不满意 still reopens. */
  readonly lateDays: number;
  /** At most one rating question a day for a person; the next one waits for `followUpTime`. */
  readonly oneQuestionADay: boolean;
  /** When a rating question that was held back is asked the next day. */
  readonly followUpTime: string;
}

export interface CaseSettings {
  readonly maxExtensions: number;
  /** Working days for which a question to the reporter pauses the clock at most. */
  readonly askingPauseDays: number;
  /** Minutes in which a photo and a text of one person belong together. */
  readonly photoWindowMinutes: number;
  /** Millions of bytes up to which a file is taken. */
  readonly mediaMegabytes: number;
  /** Minutes without an answer after which the next person on duty is paged. */
  readonly pageNextAfterMinutes: number;
  /** Minutes without an answer to our question after which a case goes to the dispatcher as it is. */
  readonly askBackMinutes: number;
  /** The return of a case from which the secretary is told too. */
  readonly returnsTellSecretary: number;
}

export interface FollowUpSettings {
  /** `all` calls everyone back; `share` all unsatisfied and protected ones and a share of the rest. */
  readonly mode: 'all' | 'share';
  readonly share: number;
  /** The share is drawn by hash(number, seed), so that anyone can repeat the draw. */
  readonly seed: string;
}

export interface DigestSettings {
  readonly day: DayRule;
  readonly time: string;
  /** Also a short digest at the first working day of each week. */
  readonly weekly: boolean;
  /** Also to each office's leader what the office had not finished (月通报), with the monthly digest. */
  readonly bulletin: boolean;
}

/** When reports count as one event: src/digest/incidents.ts. */
export interface IncidentSettings {
  /** So many reports make an incident. */
  readonly reports: number;
  /** Reports of one place belong together within so many hours. */
  readonly hours: number;
  /** So do reports of several villages, where the category reaches that far. */
  readonly wideHours: number;
  /** Nearer than this in time, reports along a network are one event unless their words say otherwise. */
  readonly closeHours: number;
  /** Share of common pairs of characters (0 to 1) from which two reports say the same. */
  readonly likeness: number;
}

/** Offsets are working days before (or after) the meeting. */
export interface MeetingSettings {
  /** `null`: no meeting, and none of the steps runs. */
  readonly date: DayRule | null;
  readonly time: string;
  readonly freezeDays: number;
  readonly sheetDays: number;
  readonly confirmDays: number;
  readonly pageDays: number;
  readonly minutesDays: number;
  readonly heardDays: number;
  /** At most so many matters stand on the secretary's one page. */
  readonly pageMatters: number;
}

/** A second reader for messages the rules are unsure of; off unless an admin turns it on. */
export interface AssistSettings {
  readonly mode: 'off' | 'on';
  /** Base address of an OpenAI-compatible service; the key is only in the environment (HUIYIN_ASSIST_KEY). */
  readonly url: string | null;
  readonly model: string | null;
  readonly timeoutMs: number;
}

/** Confidences from 0 to 1; docs/understanding.md shows what each choice costs. */
export interface IntakeSettings {
  /** From here on a plain sentence in a group is a report. */
  readonly reportFrom: number;
  /** The same where the bot was addressed: in private, or by mention. */
  readonly addressedFrom: number;
  /** A reading below this is asked about first, never acted on. */
  readonly actFrom: number;
  /** Below this the category is left to the dispatcher. */
  readonly categoryFrom: number;
  readonly assist: AssistSettings;
}

/** What a mode changes while it is on; everything it does not name stays as it is. */
export interface ModeOverrides {
  readonly quietHours?: DaySpan;
  readonly pageNextAfterMinutes?: number;
  readonly dueSoonShare?: number;
  readonly proposalDays?: readonly number[];
  readonly upTierDays?: number;
  /** By category id, main or sub. */
  readonly urgency?: Readonly<Record<string, Urgency>>;
}

export type ModeName = 'normal' | 'flood' | 'springFestival';

export interface Settings {
  /** The one setting that turns flood season or the Spring Festival on. */
  readonly mode: ModeName;
  readonly modes: Readonly<Record<Exclude<ModeName, 'normal'>, ModeOverrides>>;
  readonly workingHours: readonly DaySpan[];
  /**
   * The day up to which `holidays:` of the township file completes the legal calendar; `null`: as far as the
   * shipped table reaches. Beyond it the program warns.
   */
  readonly holidaysUntil: string | null;
  readonly quietHours: DaySpan;
  readonly ladder: LadderSettings;
  readonly cases: CaseSettings;
  readonly rating: RatingSettings;
  readonly followUp: FollowUpSettings;
  readonly digest: DigestSettings;
  readonly incidents: IncidentSettings;
  readonly meeting: MeetingSettings;
  readonly intake: IntakeSettings;
  /** By category id, main or sub; the most specific wins. */
  readonly urgency: Readonly<Record<string, Urgency>>;
}

export const defaultSettings: Settings = {
  mode: 'normal',
  modes: {
    flood: {
      pageNextAfterMinutes: 3,
      dueSoonShare: 0.5,
      proposalDays: [1, 2],
      upTierDays: 2,
      urgency: { 'road.bridge': 'U2', 'water.irrigation': 'U2', 'agri.damage': 'U2', 'env.river': 'U3' },
    },
    springFestival: {
      quietHours: { from: '21:00', to: '08:30' },
      urgency: { 'social.wage': 'U2', 'env.garbage': 'U3', 'welfare.elder': 'U2' },
    },
  },
  workingHours: [
    { from: '08:30', to: '12:00' },
    { from: '14:30', to: '17:30' },
  ],
  holidaysUntil: null,
  quietHours: { from: '21:00', to: '07:30' },
  ladder: { dueSoonShare: 0.25, proposalDays: [2, 5], upTierDays: 5, morning: '08:30' },
  cases: {
    maxExtensions: 2,
    askingPauseDays: 2,
    photoWindowMinutes: 5,
    mediaMegabytes: 20,
    pageNextAfterMinutes: 5,
    askBackMinutes: 30,
    returnsTellSecretary: 2,
  },
  rating: { windowDays: 3, lateDays: 15, oneQuestionADay: true, followUpTime: '08:30' },
  followUp: { mode: 'all', share: 0.2, seed: 'huiyin' },
  digest: { day: { kind: 'working_day', nth: 1 }, time: '09:00', weekly: false, bulletin: true },
  incidents: { reports: 3, hours: 48, wideHours: 24, closeHours: 6, likeness: 0.5 },
  meeting: {
    date: null,
    time: '09:00',
    freezeDays: 7,
    sheetDays: 5,
    confirmDays: 2,
    pageDays: 1,
    minutesDays: 1,
    heardDays: 3,
    pageMatters: 8,
  },
  intake: {
    reportFrom: 0.5,
    addressedFrom: 0.2,
    actFrom: 0.4,
    categoryFrom: 0.25,
    assist: { mode: 'off', url: null, model: null, timeoutMs: 3000 },
  },
  urgency: {},
};

/**
 * The settings in force: those of the mode laid over the township's own.
 * The result stays in its mode, so applying it twice changes nothing.
 */
export function settingsInForce(settings: Settings): Settings {
  if (settings.mode === 'normal') return settings;
  const over = settings.modes[settings.mode];
  return {
    ...settings,
    quietHours: over.quietHours ?? settings.quietHours,
    ladder: {
      ...settings.ladder,
      dueSoonShare: over.dueSoonShare ?? settings.ladder.dueSoonShare,
      proposalDays: over.proposalDays ?? settings.ladder.proposalDays,
      upTierDays: over.upTierDays ?? settings.ladder.upTierDays,
    },
    cases: {
      ...settings.cases,
      pageNextAfterMinutes: over.pageNextAfterMinutes ?? settings.cases.pageNextAfterMinutes,
    },
    urgency: { ...settings.urgency, ...over.urgency },
  };
}
