/** Linking reports into events, against the plain definition that compares each with each; and how long it takes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusters, type IncidentRules, type Report } from '../../src/digest/clusters.ts';
import { rulesOf } from '../../src/digest/incidents.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import { shippedTaxonomy } from '../../src/taxonomy/index.ts';
import { HOUR } from './support.ts';

const shipped = rulesOf(shippedTaxonomy, defaultSettings.incidents);

const differ = (a: Report, b: Report): boolean =>
  a.causes.length > 0 && b.causes.length > 0 && a.causes.every((one) => !b.causes.includes(one));

function onePlace(a: Report, b: Report): boolean {
  if (a.village !== b.village) return false;
  if (a.core !== null && b.core !== null) return a.core === b.core;
  return a.groups.some((id) => b.groups.includes(id));
}

function oneEvent(a: Report, b: Report, rules: IncidentRules): boolean {
  const hours = (b.receivedAt - a.receivedAt) / HOUR;
  if (onePlace(a, b)) return hours <= rules.hours;
  const kind = rules.reach.get(a.category)?.kind;
  if (kind === undefined || hours > rules.wideHours || differ(a, b)) return false;
  if (kind === 'area') return true;
  if (a.households === 1 || b.households === 1) return false;
  const shared = [...a.pairs].filter((pair) => b.pairs.has(pair)).length;
  const alike = shared === 0 ? 0 : (2 * shared) / (a.pairs.size + b.pairs.size);
  return hours <= rules.closeHours || (a.core !== null && a.core === b.core) || alike >= rules.likeness;
}

/** Each with each, in the order of time. */
function slow(group: readonly Report[], rules: IncidentRules): string[] {
  const open: Report[][] = [];
  for (const one of group) {
    const homes = open.filter(
      (reports) =>
        reports.some((other) => oneEvent(other, one, rules)) &&
        !reports.some((other) => differ(other, one) && !onePlace(other, one)),
    );
    const home = homes[0] ?? [];
    if (homes.length === 0) open.push(home);
    for (const other of homes.slice(1)) {
      if (home.some((a) => other.some((b) => differ(a, b) && !onePlace(a, b)))) continue;
      home.push(...other.splice(0));
      open.splice(open.indexOf(other), 1);
    }
    home.push(one);
  }
  return shape(open);
}

const shape = (found: readonly (readonly Report[])[]): string[] =>
  found
    .map((reports) =>
      reports
        .map(({ number }) => number)
        .toSorted()
        .join(),
    )
    .toSorted();

const report = (category: string, serial: number, more: Partial<Report>): Report => ({
  number: String(serial).padStart(5, '0'),
  receivedAt: 0,
  category,
  village: 'ltw',
  groups: [],
  place: null,
  hidden: false,
  withdrawn: false,
  reports: 1,
  households: null,
  area: null,
  core: null,
  pairs: new Set(),
  causes: [],
  ...more,
});

const anyReport = fc.record({
  receivedAt: fc.integer({ min: 0, max: 40 }).map((n) => n * 3 * HOUR),
  village: fc.constantFrom('ltw', 'bs', 'fl'),
  core: fc.constantFrom(null, null, '王家桥', '石桥'),
  groups: fc.subarray(['1', '2', '3'], { maxLength: 2 }),
  households: fc.constantFrom(null, 1, 12),
  causes: fc.subarray([0, 1, 2], { maxLength: 2 }),
  pairs: fc.subarray(['停电', '没电', '跳闸', '断线']).map((pairs) => new Set(pairs)),
});

test.each(['power.outage', 'agri.damage', 'power.lamp'])('%s: the same as each with each', (category) => {
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 40 }), (drawn) => {
      const group = drawn
        .toSorted((a, b) => a.receivedAt - b.receivedAt)
        .map((one, i) => report(category, i, one));
      const one = category === 'power.lamp' ? group.filter(({ village }) => village === 'ltw') : group;
      expect(shape(clusters(one, shipped))).toEqual(slow(one, shipped));
    }),
    { numRuns: 1_500 },
  );
});

test.each([
  ['each at a place of its own', (i: number) => ({ core: `桥${i}`, groups: [String(i % 12)] })],
  ['each in a group of its own', (i: number) => ({ groups: [String(i)] })],
  ['of no place at all', () => ({})],
  ['all at one place', () => ({ core: '王家桥', groups: ['1'] })],
  [
    'boars and hail',
    (i: number) => ({ village: `v${i % 9}`, core: `桥${i}`, causes: [i % 2], households: 1 }),
  ],
])('ten thousand reports of one hour, %s, take no time that grows with their square', (_, more) => {
  for (const category of ['power.lamp', 'agri.damage', 'power.outage']) {
    const of = (count: number): number => {
      const group = Array.from({ length: count }, (_, i) =>
        report(category, i, { receivedAt: i, households: 1, ...more(i) }),
      );
      const before = process.cpuUsage();
      clusters(group, shipped);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    of(1_000);
    // Its square would be a hundred times as much.
    expect(of(10_000)).toBeLessThan(40 * Math.max(of(1_000), 10));
  }
});
