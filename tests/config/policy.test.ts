import { describe, expect, it } from 'vitest';
import { buildPolicy } from '../../src/config/policy.ts';
import { GOOD, good } from './samples.ts';

describe('a policy', () => {
  it('carries the version, the directory, the cards and the absences', () => {
    const policy = buildPolicy(good(), 7);
    expect(policy.version).toBe(7);
    expect(policy.directory.person('lin')?.name).toBe('林秀英');
    expect(policy.policies[0]?.title).toBe('城乡居民医保缴费');
    expect(policy.absences[0]?.deputy).toBe('chen');
  });

  it('has the categories of the township beside the shipped ones', () => {
    const { taxonomy } = buildPolicy(good(), 1);
    expect(taxonomy.categories.find(({ id }) => id === 'market.stall')).toMatchObject({
      zh: '集市摊位',
      urgency: 'U5',
    });
    expect(taxonomy.categories.find(({ id }) => id === 'power.lamp')?.urgency).toBe('U4');
    expect(taxonomy.words['market.stall']).toEqual(['摊位', '赶集']);
  });

  it('lays urgency over the taxonomy, the most specific first, and the mode over it', () => {
    const urgency = 'settings: { mode: flood, urgency: { power: U3, power.lamp: U5, env.river: U4 } }';
    const { taxonomy, settings } = buildPolicy(good(GOOD.replace('settings: {}', urgency)), 1);
    const of = (id: string) => taxonomy.categories.find((category) => category.id === id)?.urgency;
    expect([of('power.outage'), of('power.lamp'), of('env.river'), of('env.garbage')]).toEqual([
      'U3',
      'U5',
      'U3',
      'U4',
    ]);
    expect(settings.cases.pageNextAfterMinutes).toBe(3);
  });

  it('works by the township’s calendar and hours', () => {
    const hours = 'settings: { workingHours: [{ from: "09:00", to: "17:00" }], holidaysUntil: 2027-12-31 }';
    const { calendar } = buildPolicy(good(GOOD.replace('settings: {}', hours)), 1);
    expect(calendar.minutesPerDay).toBe(480);
    expect(calendar.timezone).toBe('Asia/Shanghai');
    expect(calendar.isWorkday('2027-02-05')).toBe(true);
    expect(calendar.isWorkday('2027-02-06')).toBe(false);
    expect(calendar.coveredUntil).toBe('2027-12-31');
  });
});
