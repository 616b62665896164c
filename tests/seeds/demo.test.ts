import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { monthLines, stories } from '../../seeds/make-month.ts';
import { buildPolicy } from '../../src/config/policy.ts';
import { formatErrors, readTownship } from '../../src/config/township.ts';
import { understand } from '../../src/intake/understand.ts';

const seed = (name: string) => readFileSync(new URL(`../../seeds/${name}`, import.meta.url), 'utf8');
const township = readTownship(seed('township.yaml'), 'seeds/township.yaml');
if (!township.ok) throw new Error(formatErrors(township.error));
const { directory, taxonomy, calendar } = buildPolicy(township.value, 1);
const { roster, policies } = township.value;

describe('the demo township', () => {
  it('is a whole one', () => {
    const posts = roster.people.flatMap(({ id }) => directory.postsOf(id));
    const heads = posts.filter(({ kind }) => kind.endsWith('_head'));
    expect([roster.villages.length, heads.length, policies.length]).toEqual([5, 60, 8]);
    expect(roster.offices.filter(({ tier }) => tier === 'village')).toHaveLength(2);
    expect(roster.offices.filter(({ tier }) => tier === 'county')).toHaveLength(2);
  });

  it('gives each person an account on the bridge and the web chat, and a number that is nobody’s', () => {
    for (const { id, accounts, phone } of roster.people) {
      expect(accounts).toEqual({ webchat: id, bridge: `u-${id}` });
      expect(phone).toMatch(/^1380000\d{4}$/);
    }
  });

  it('has an office for every category but the undecided ones', () => {
    const covered = new Set(roster.offices.flatMap(({ categories }) => categories));
    const bare = taxonomy.categories.filter(
      ({ id }) => !covered.has(id) && !covered.has(id.split('.')[0] ?? ''),
    );
    expect(bare.map(({ id }) => id)).toEqual(['gov.other']);
  });
});

interface Line {
  readonly type: string;
  readonly id: string;
  readonly chat: { readonly id: string; readonly kind: string };
  readonly from: { readonly id: string };
  readonly text: string;
  readonly at: string;
}

describe('the demo month', () => {
  const text = seed('october-2026.jsonl');
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line): Line => JSON.parse(line));

  it('is what its stories make', () => {
    expect(text).toBe(`${monthLines().join('\n')}\n`);
  });

  it('has unique ids, in the order of time', () => {
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted());
    expect(lines.length).toBeGreaterThan(220);
  });

  it('is spoken by people of the roster in chats that are bound', () => {
    for (const { from, chat } of lines) {
      expect(directory.personByAccount('bridge', from.id), from.id).not.toBeNull();
      if (chat.kind === 'group') expect(directory.chat('bridge', chat.id), chat.id).not.toBeNull();
      else expect(chat.id).toBe(from.id);
    }
  });

  it('opens cases of most categories, in every village', () => {
    const opened = stories.flatMap(({ opens = [] }) => opens);
    const known = new Set(taxonomy.categories.map(({ id }) => id));
    expect(opened.filter((id) => !known.has(id))).toEqual([]);
    expect(new Set(opened).size).toBeGreaterThan(40);
    const villages = stories
      .filter(({ opens = [] }) => opens.length > 0)
      .map(({ by }) => directory.villageOf(by));
    expect(new Set(villages)).toEqual(new Set(roster.villages.map(({ id }) => id)));
  });

  it('lets heads speak of their own village, where they hold a post', () => {
    for (const { by, in: group, opens = [] } of stories) {
      if (group !== undefined && opens.length > 0) expect(directory.villagesOf(by), by).toContain(group);
    }
  });

  /** The most specific category wins, then the nearest tier. */
  function officeFor(category: string, village: string | null): string | undefined {
    const offices = directory.officesFor(village);
    const main = category.split('.')[0] ?? '';
    const [office] = [category, main].flatMap((id) =>
      offices.filter(({ categories }) => categories.includes(id)),
    );
    return office?.id;
  }

  it('lets the office answer that each category goes to', () => {
    for (const { by, opens = [], later = [] } of stories) {
      const acting = new Set(later.map(([, who]) => who));
      const merged = later.some(([, , words]) => words.startsWith('并案'));
      if (acting.size === 0 || merged) continue;
      for (const category of opens) {
        const office = officeFor(category, directory.villageOf(by)) ?? '';
        expect(
          directory.officeMembers(office).some((member) => acting.has(member)),
          `${category} ${by}`,
        ).toBe(true);
      }
    }
  });

  it('has officers act after the report and reporters rate after the answer', () => {
    for (const { at, later = [] } of stories) {
      const times = [at, ...later.map(([when]) => when)];
      expect(times).toEqual(times.toSorted());
    }
  });

  it('is understood as it is meant: the numbers that officers write depend on it', () => {
    for (const { at, by, in: group, say, opens = [] } of stories) {
      const reading = understand(say, {
        roles: directory.rolesOf(by),
        mentionsBot: false,
        quoteText: null,
        at: `2026-${at.replace(' ', 'T')}`,
        roster,
        taxonomy,
        direct: group === undefined,
      });
      expect([say, reading.cases.map(({ category }) => category)]).toEqual([say, opens]);
    }
  });

  it('keeps to a calendar that is known', () => {
    expect(lines.every(({ at }) => calendar.covered(at.slice(0, 10)))).toBe(true);
  });
});
