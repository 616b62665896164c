import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/config/settings.ts';
import { defaultSettings, settingsInForce } from '../../src/domain/settings.ts';
import { DEFAULT_THRESHOLDS } from '../../src/intake/thresholds.ts';

/** Every leaf with its path; what a township writes whole counts as one. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  const whole = value === null || typeof value !== 'object' || Array.isArray(value);
  if (whole || 'kind' in value || 'from' in value || path.endsWith('urgency')) return [[path, value]];
  return Object.entries(value).flatMap(([key, of]) => leaves(of, path === '' ? key : `${path}.${key}`));
}

function valueAt(path: string, value: unknown): unknown {
  const nested = path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return settingsSchema.safeParse(nested);
}

describe('settings', () => {
  it('are the defaults where nothing is written', () => {
    expect(settingsSchema.parse({})).toEqual(defaultSettings);
  });

  it.each(leaves(defaultSettings))('take %s alone', (path, value) => {
    expect(valueAt(path, value)).toEqual({ success: true, data: defaultSettings });
  });

  it.each([
    [20, { kind: 'day_of_month', day: 20 }],
    ['2026-11-20', { kind: 'dates', dates: ['2026-11-20'] }],
    [['2026-11-20', '2026-12-18'], { kind: 'dates', dates: ['2026-11-20', '2026-12-18'] }],
    [
      { kind: 'working_day', nth: -1 },
      { kind: 'working_day', nth: -1 },
    ],
    [
      { kind: 'weekday', weekday: 5, nth: 3 },
      { kind: 'weekday', weekday: 5, nth: 3 },
    ],
    [null, null],
  ])('read the meeting on %j', (date, rule) => {
    expect(settingsSchema.parse({ meeting: { date } }).meeting.date).toEqual(rule);
  });

  it.each([
    { meeting: { date: { kind: 'working_day', nth: 0 } } },
    { meeting: { freezeDays: 1 } },
    { workingHours: [] },
    { workingHours: [{ from: '14:00', to: '12:00' }] },
    {
      workingHours: [
        { from: '08:00', to: '12:00' },
        { from: '11:00', to: '17:00' },
      ],
    },
    { quietHours: { from: '21:00' } },
    { quietHours: { from: '9pm', to: '07:30' } },
    { ladder: { dueSoonShare: 1.5 } },
    { ladder: { upTier: 5 } },
    { rating: { oneQuestionADay: 'yes' } },
    { intake: { addressedFrom: 0.9 } },
    { intake: { assist: { mode: 'on' } } },
    { urgency: { power: 'U6' } },
    { mode: 'typhoon' },
  ])('refuse %j', (given) => {
    expect(settingsSchema.safeParse(given).success).toBe(false);
  });
});

describe('the thresholds of understanding', () => {
  it('have the measured values of the intake as defaults', () => {
    const { reportFrom, addressedFrom, actFrom, categoryFrom } = defaultSettings.intake;
    const { report, reportAddressed, act, category } = DEFAULT_THRESHOLDS;
    expect([reportFrom, addressedFrom, actFrom, categoryFrom]).toEqual([
      report,
      reportAddressed,
      act,
      category,
    ]);
  });
});

describe('modes', () => {
  it('change what they name and nothing else', () => {
    const own = settingsSchema.parse({ mode: 'flood', urgency: { 'env.river': 'U4', power: 'U2' } });
    const flood = settingsInForce(own);
    expect(flood.cases).toEqual({ ...own.cases, pageNextAfterMinutes: 3 });
    expect(flood.ladder).toMatchObject({ dueSoonShare: 0.5, proposalDays: [1, 2], morning: '08:30' });
    expect(flood.urgency).toMatchObject({ 'env.river': 'U3', power: 'U2' });
    expect(flood.quietHours).toEqual(own.quietHours);
    expect(settingsInForce(flood)).toEqual(flood);
  });

  it('can be changed line by line by a township', () => {
    const { modes } = settingsSchema.parse({ modes: { flood: { pageNextAfterMinutes: 2 } } });
    expect(modes.flood).toEqual({ ...defaultSettings.modes.flood, pageNextAfterMinutes: 2 });
    expect(modes.springFestival).toEqual(defaultSettings.modes.springFestival);
  });

  it('leave normal settings as they are', () => {
    expect(settingsInForce(defaultSettings)).toBe(defaultSettings);
  });
});

describe('docs/settings.md', () => {
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  const rows = new Map(
    [...page.matchAll(/^\| `([\w.]+)` \| `(.*?)` \|/gm)].map(([, path = '', shown = '']) => [path, shown]),
  );

  it('explains every setting with its default, and none that does not exist', () => {
    const shown = leaves(defaultSettings).map(([path, value]) => [path, JSON.stringify(value)]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(shown));
  });
});
