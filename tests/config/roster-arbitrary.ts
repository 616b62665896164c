/** Random township files that are right: for properties of reading and writing. */
import fc from 'fast-check';
import type { TownshipFile } from '../../src/config/township.ts';
import type { Village } from '../../src/domain/roster.ts';
import { defaultSettings } from '../../src/domain/settings.ts';

/** Words a person might type, with what YAML and spreadsheets find hard; separators of lists stay out. */
const word = fc
  .stringMatching(/^[a-zA-Z0-9:#&*!%@`"'{}[\]\-?._~ 镇村组王李三\u{1F600}]{1,8}$/u)
  .map((text) => text.trim())
  .filter((text) => text !== '' && text !== '__proto__');
const names = (min: number, max: number) => fc.uniqueArray(word, { minLength: min, maxLength: max });

interface Parts {
  readonly people: readonly string[];
  readonly units: readonly string[];
  readonly picks: readonly number[];
  readonly accounts: readonly string[];
  readonly texts: readonly string[];
}

export const townshipFiles: fc.Arbitrary<TownshipFile> = fc
  .record<Parts>({
    people: names(1, 8),
    units: names(8, 8),
    picks: fc.array(fc.nat(1000), { minLength: 24, maxLength: 24 }),
    accounts: names(8, 8),
    texts: fc.array(word, { minLength: 8, maxLength: 8 }),
  })
  .map(assembled);

function assembled({ people, units, picks, accounts, texts }: Parts): TownshipFile {
  const pick = (i: number) => people[(picks[i] ?? 0) % people.length] ?? '';
  const maybe = (i: number) => ((picks[i] ?? 0) % 3 === 0 ? null : pick(i));
  const unit = (i: number) => units[i] ?? '';
  const text = (i: number) => texts[i] ?? '';
  const village: Village = {
    id: unit(0),
    name: text(0),
    secretary: maybe(0),
    cadres: [...new Set([pick(1), pick(2)])],
    zones: [
      {
        id: unit(1),
        name: text(1),
        head: maybe(3),
        groups: [
          {
            id: unit(2),
            name: text(2),
            head: maybe(4),
            neighborhoods: [
              { id: unit(3), name: text(3), head: maybe(5), households: (picks[6] ?? 0) % 2 ? 12 : null },
            ],
          },
        ],
      },
    ],
  };
  return {
    roster: {
      township: {
        id: 'x',
        name: text(4),
        county: null,
        timezone: 'Asia/Shanghai',
        casePrefix: 'XX',
        locale: 'zh-CN',
        dutyPhone: '0737-8880000',
      },
      villages: [village, { id: unit(4), name: `${text(0)}2`, secretary: null, cadres: [], zones: [] }],
      offices: [
        {
          id: unit(5),
          name: text(5),
          tier: 'village',
          village: unit(0),
          leader: maybe(7),
          officers: [pick(8)],
          categories: ['power'],
        },
        {
          id: unit(6),
          name: text(6),
          tier: 'county',
          village: null,
          leader: null,
          officers: [],
          categories: [],
        },
      ],
      roles: {
        secretaries: [pick(9)],
        recorders: (picks[20] ?? 0) % 2 ? [pick(20)] : [],
        dispatchers: [...new Set([pick(10), pick(11)])],
        admins: [],
      },
      duty: [{ from: '2026-11-02T08:30', to: '2026-11-03T08:30', people: [pick(12)] }],
      people: people.map((id, i) => ({
        id,
        name: text(i),
        phone: (picks[13 + i] ?? 0) % 2 === 0 ? null : `1380000${String(i).padStart(4, '0')}`,
        accounts: (picks[13 + i] ?? 0) % 5 === 0 ? {} : { bridge: accounts[i] ?? '' },
      })),
      chats: [{ id: unit(7), adapter: 'bridge', external: text(7), kind: 'heads', village: unit(0) }],
    },
    settings: { ...defaultSettings, mode: (picks[21] ?? 0) % 2 ? 'flood' : 'normal' },
    categories: [{ id: 'power.solar', zh: text(3), words: [text(2)] }],
    holidays: { '2027-02-06': 'rest' },
    absences: [],
    policies: [
      {
        keywords: [text(0)],
        title: text(1),
        text: `${text(2)}\n${text(3)}`,
        source: text(4),
        date: '2026-01-01',
      },
    ],
  };
}
