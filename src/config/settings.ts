/** Reads `settings:` of the township file; what is left out takes the value in `defaultSettings`. */
import { z } from 'zod';
import type { Urgency } from '../domain/category.ts';
import type { DayRule, ModeOverrides, Settings } from '../domain/settings.ts';
import { defaultSettings } from '../domain/settings.ts';
import { isDate, isTimeOfDay } from './forms.ts';

const base = defaultSettings;

const time = z.string().refine(isTimeOfDay, '要写成 08:30 这样的时间');
const date = z.string().refine(isDate, '要写成 2026-11-20 这样的日期');
const share = z.number().min(0, '在 0 到 1 之间').max(1, '在 0 到 1 之间');
const count = z.number().int('要写整数').min(0, '不能是负数').max(366, '最多 366');
const atLeastOne = z.number().int('要写整数').min(1, '至少是 1').max(1440, '最多 1440');
const span = z.strictObject({ from: time, to: time });
const urgency = z.enum(['U1', 'U2', 'U3', 'U4', 'U5'] satisfies readonly Urgency[]);
const urgencies = z.record(z.string(), urgency);

/** A section of which every line may be left out. */
function section<T extends z.core.$ZodShape>(shape: T) {
  return z.strictObject(shape).prefault({} as z.input<z.ZodObject<T, z.core.$strict>>);
}

const nth = z
  .number()
  .int('要写整数')
  .min(-23)
  .max(23)
  .refine((n) => n !== 0, '从 1 数起；-1 是最后一个');
const canonicalDayRule = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('working_day'), nth }),
    z.strictObject({ kind: z.literal('day_of_month'), day: z.number().int('要写整数').min(1).max(31) }),
    z.strictObject({ kind: z.literal('weekday'), weekday: z.number().int('要写整数').min(1).max(7), nth }),
    z.strictObject({ kind: z.literal('dates'), dates: z.array(date) }),
  ],
  '写几号（20）、日期（"2026-11-20"）或 { kind: working_day, nth: 1 }；见 docs/settings.md',
);

/** `20`, `"2026-11-20"` and a list of dates are what people write first; each is a rule in short. */
function spelledOut(given: unknown): unknown {
  if (typeof given === 'number') return { kind: 'day_of_month', day: given };
  if (typeof given === 'string') return { kind: 'dates', dates: [given] };
  if (Array.isArray(given)) return { kind: 'dates', dates: given };
  return given;
}
const dayRule: z.ZodType<DayRule> = z.preprocess(spelledOut, canonicalDayRule);

/** What a township writes for a mode is laid over the shipped mode, line by line. */
function mode(shipped: ModeOverrides) {
  return z
    .strictObject({
      quietHours: span.exactOptional(),
      pageNextAfterMinutes: atLeastOne.exactOptional(),
      dueSoonShare: share.exactOptional(),
      proposalDays: z.array(atLeastOne).exactOptional(),
      upTierDays: atLeastOne.exactOptional(),
      urgency: urgencies.exactOptional(),
    })
    .transform((own): ModeOverrides => ({ ...shipped, ...own }))
    .prefault({});
}

const meeting = section({
  date: dayRule.nullable().default(base.meeting.date),
  time: time.default(base.meeting.time),
  freezeDays: count.default(base.meeting.freezeDays),
  sheetDays: count.default(base.meeting.sheetDays),
  confirmDays: count.default(base.meeting.confirmDays),
  pageDays: count.default(base.meeting.pageDays),
  minutesDays: count.default(base.meeting.minutesDays),
  heardDays: count.default(base.meeting.heardDays),
  pageMatters: atLeastOne.default(base.meeting.pageMatters),
}).refine(
  (m) => m.freezeDays >= m.sheetDays && m.sheetDays >= m.confirmDays && m.confirmDays >= m.pageDays,
  '次序要是 freezeDays ≥ sheetDays ≥ confirmDays ≥ pageDays',
);

const assist = section({
  mode: z.enum(['off', 'on']).default(base.intake.assist.mode),
  url: z.url('要写完整的网址').nullable().default(base.intake.assist.url),
  model: z.string().min(1).nullable().default(base.intake.assist.model),
  timeoutMs: z.number().int().min(100).max(10_000).default(base.intake.assist.timeoutMs),
}).refine((a) => a.mode === 'off' || (a.url !== null && a.model !== null), '打开时要写 url 和 model');

const intake = section({
  reportFrom: share.default(base.intake.reportFrom),
  addressedFrom: share.default(base.intake.addressedFrom),
  actFrom: share.default(base.intake.actFrom),
  categoryFrom: share.default(base.intake.categoryFrom),
  assist,
}).refine((i) => i.addressedFrom <= i.reportFrom, 'addressedFrom 不能大于 reportFrom');

const ladder = section({
  dueSoonShare: share.default(base.ladder.dueSoonShare),
  proposalDays: z.array(atLeastOne).default([...base.ladder.proposalDays]),
  upTierDays: atLeastOne.default(base.ladder.upTierDays),
  morning: time.default(base.ladder.morning),
});

const cases = section({
  maxExtensions: count.default(base.cases.maxExtensions),
  askingPauseDays: count.default(base.cases.askingPauseDays),
  photoWindowMinutes: count.default(base.cases.photoWindowMinutes),
  mediaMegabytes: atLeastOne.default(base.cases.mediaMegabytes),
  pageNextAfterMinutes: atLeastOne.default(base.cases.pageNextAfterMinutes),
  askBackMinutes: atLeastOne.default(base.cases.askBackMinutes),
  returnsTellSecretary: atLeastOne.default(base.cases.returnsTellSecretary),
});

const workingHours = z
  .array(span)
  .min(1, '至少写一段上班时间')
  .refine(
    (spans) => spans.every((s, i) => s.from < s.to && (i === 0 || (spans[i - 1]?.to ?? '') <= s.from)),
    '每段从早到晚，按先后写，不能重叠',
  );

/** The whole of `settings:`; `settingsSchema.parse({})` equals `defaultSettings`. */
export const settingsSchema = section({
  mode: z.enum(['normal', 'flood', 'springFestival']).default(base.mode),
  modes: section({ flood: mode(base.modes.flood), springFestival: mode(base.modes.springFestival) }),
  workingHours: workingHours.default([...base.workingHours]),
  holidaysUntil: date.nullable().default(base.holidaysUntil),
  quietHours: span.default(base.quietHours),
  ladder,
  cases,
  rating: section({
    windowDays: atLeastOne.default(base.rating.windowDays),
    lateDays: count.default(base.rating.lateDays),
    oneQuestionADay: z.boolean().default(base.rating.oneQuestionADay),
    followUpTime: time.default(base.rating.followUpTime),
  }),
  followUp: section({
    mode: z.enum(['all', 'share']).default(base.followUp.mode),
    share: share.default(base.followUp.share),
    seed: z.string().min(1).default(base.followUp.seed),
  }),
  digest: section({
    day: dayRule.default(base.digest.day),
    time: time.default(base.digest.time),
    weekly: z.boolean().default(base.digest.weekly),
    bulletin: z.boolean().default(base.digest.bulletin),
  }),
  incidents: section({
    reports: atLeastOne.default(base.incidents.reports),
    hours: count.default(base.incidents.hours),
    wideHours: count.default(base.incidents.wideHours),
    closeHours: count.default(base.incidents.closeHours),
    likeness: share.default(base.incidents.likeness),
  }),
  meeting,
  intake,
  urgency: urgencies.default({}),
}) satisfies z.ZodType<Settings>;
