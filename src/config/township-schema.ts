/** The shape of `township.yaml`, field by field; what refers to what is checked in township-checks.ts. */
import { z } from 'zod';
import type { Reach, Sensitivity, Urgency } from '../domain/category.ts';
import type { ChatKind, Locale, Tier } from '../domain/roster.ts';
import { parseDuration } from '../kernel/deadline.ts';
import { isDate, isPhone, isTimeOfDay, isTimezone } from './forms.ts';
import { settingsSchema } from './settings.ts';

const text = z.string().trim().min(1, '不能是空的');
const id = text.max(64, '编号最长 64 个字');
/** A reference that may be left out or written as `head:` with nothing behind it. */
const maybe = text.nullish().transform((given) => given ?? null);
const ids = z
  .array(id)
  .nullish()
  .transform((given) => given ?? []);
const phone = text
  .refine(isPhone, '电话号码格式不对：手机 11 位，座机如 0737-8880000')
  .nullish()
  .transform((given) => given ?? null);
const date = text.refine(isDate, '日期要写成 2026-11-20，并且要有这一天');

function list<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((given) => given ?? []);
}

const households = z
  .string()
  .regex(/^\d{1,5}$/, '户数要写数字')
  .nullish()
  .transform((given) => (given == null ? null : Number(given)));

const neighborhood = z.strictObject({ id, name: text, head: maybe, households });
const group = z.strictObject({ id, name: text, head: maybe, neighborhoods: list(neighborhood) });
const zone = z.strictObject({ id, name: text, head: maybe, groups: list(group) });
const village = z.strictObject({ id, name: text, secretary: maybe, cadres: ids, zones: list(zone) });

const tier = z.enum(['village', 'township', 'county'] satisfies readonly Tier[]);
const office = z.strictObject({
  id,
  name: text,
  tier,
  village: maybe,
  leader: maybe,
  officers: ids,
  categories: ids,
});

const person = z.strictObject({
  id,
  name: text,
  phone,
  accounts: z
    .record(text, text)
    .nullish()
    .transform((given) => given ?? {}),
});

const chatKind = z.enum(['heads', 'residents', 'officers'] satisfies readonly ChatKind[]);
const chat = z.strictObject({ id, adapter: text, external: text, kind: chatKind, village: maybe });

/** `2026-11-02T18:00`, `2026-11-02 18:00`, a whole day, a time with an offset, or `18:00` each day. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?(Z|[+-]\d{2}:\d{2})?)?$/;
function isMoment(given: string): boolean {
  if (isTimeOfDay(given)) return true;
  const match = MOMENT.exec(given);
  return match !== null && isDate(match[1] ?? '') && (match[2] === undefined || isTimeOfDay(match[2]));
}
const moment = text.refine(isMoment, '时间要写成 2026-11-02T18:00、2026-11-02 或每天的 18:00');
const duty = z.strictObject({ from: moment, to: moment, people: z.array(id).min(1, '至少写一个人') });

const absence = z
  .strictObject({ person: id, from: date, to: date, deputy: maybe })
  .refine((a) => a.from <= a.to, { path: ['to'], message: '结束日期在开始日期之前' });

const policy = z.strictObject({
  keywords: z.array(text).min(1, '至少写一个关键词'),
  title: text,
  text,
  source: text,
  date,
});

const duration = text.refine(
  (given) => parseDuration(given).ok,
  '时限看不懂；写 4h、5wd、即时，或 24h先避险/15wd',
);
const urgency = z.enum(['U1', 'U2', 'U3', 'U4', 'U5'] satisfies readonly Urgency[]);
const sensitivity = z.enum(['no', 'may', 'protect', 'protect_on_request'] satisfies readonly Sensitivity[]);
const category = z.strictObject({
  id: id.regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/, '类别编号像 power.lamp：小写字母，中间一个点'),
  zh: text.exactOptional(),
  short: text.exactOptional(),
  en: text.exactOptional(),
  urgency: urgency.exactOptional(),
  firstResponse: duration.exactOptional(),
  deadline: duration.exactOptional(),
  firstTier: tier.exactOptional(),
  sensitive: sensitivity.exactOptional(),
  codes: z.array(text).exactOptional(),
  words: z.array(text).exactOptional(),
  reach: z
    .strictObject({
      kind: z.enum(['area', 'network'] satisfies readonly Reach['kind'][]),
      causes: list(text),
    })
    .nullable()
    .exactOptional(),
});

const township = z.strictObject({
  id,
  name: text,
  county: maybe,
  timezone: text.refine(isTimezone, '没有这个时区；全国都用 Asia/Shanghai').default('Asia/Shanghai'),
  casePrefix: text.regex(/^[A-Z]{1,8}$/, '编号前缀用 1 到 8 个大写字母，如 LC'),
  locale: z.enum(['zh-CN', 'en'] satisfies readonly Locale[]).default('zh-CN'),
  dutyPhone: phone,
});

/** The whole file. Keys left empty (`duty:`) count as left out. */
export const townshipSchema = z.strictObject({
  township,
  villages: z.array(village),
  offices: z.array(office),
  roles: z.strictObject({ secretaries: ids, recorders: ids, dispatchers: ids, admins: ids }),
  duty: list(duty),
  people: z.array(person).min(1, '名册是空的，至少要写一个人'),
  chats: list(chat),
  settings: z.preprocess((given) => given ?? {}, settingsSchema),
  categories: list(category),
  holidays: z
    .record(date, z.enum(['rest', 'work']))
    .nullish()
    .transform((given) => given ?? {}),
  absences: list(absence),
  policies: list(policy),
});

export type TownshipDocument = z.output<typeof townshipSchema>;
export type CategoryOverride = z.output<typeof category>;
