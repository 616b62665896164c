import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  choose,
  depends,
  judge,
  type Place,
  type Platform,
  placesOf,
  type Ways,
  waysOver,
  worthNoting,
} from '../../src/desk/reach.ts';
import { testPolicy } from '../support/world.ts';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;
const MORNING = NOW + 11 * HOUR;

const ANY: Platform = { dm: true, proactive: 'always', windowMs: null, mediaOut: true };
const PLATFORMS: Readonly<Record<string, Platform>> = {
  always: ANY,
  contact: { ...ANY, proactive: 'after-contact' },
  window: { ...ANY, proactive: 'window', windowMs: 24 * HOUR },
  none: { ...ANY, proactive: 'none' },
  mute: { ...ANY, dm: false },
  words: { ...ANY, mediaOut: false },
};

const ways = (accounts: readonly string[], down: readonly string[] = []): Ways =>
  waysOver(accounts, new Map(Object.entries(PLATFORMS)), new Set(down));
const direct = (account: string): Place => ({ account, chat: { id: 'p', kind: 'direct' } });
const group = (account: string): Place => ({ account, chat: { id: 'g', kind: 'group' } });
const heard = (given: Readonly<Record<string, number | null>>) => new Map(Object.entries(given));

describe('a private chat', () => {
  const never = null;
  test.each<[account: string, heardAgo: number | null, at: number, open: boolean]>([
    ['always', never, NOW, true],
    ['contact', never, NOW, false],
    ['contact', 1, NOW, true],
    ['contact', 900 * HOUR, MORNING, true],
    ['window', never, NOW, false],
    ['window', 1, NOW, true],
    ['window', 23 * HOUR, NOW, true],
    // Five minutes before its end it is not tried any more.
    ['window', 24 * HOUR - 5 * 60_000 - 1_000, NOW, true],
    ['window', 24 * HOUR - 5 * 60_000, NOW, false],
    ['window', 24 * HOUR, NOW, false],
    // Open now, closed in the morning for which the message is held.
    ['window', 12 * HOUR, NOW, true],
    ['window', 13 * HOUR, MORNING, false],
    ['window', 12 * HOUR, MORNING, true],
    ['none', 1, NOW, false],
    ['mute', 1, NOW, false],
    ['words', never, NOW, true],
    ['gone', 1, NOW, false],
  ])('%s, heard %s ago', (account, ago, at, open) => {
    const accounts = Object.keys(PLATFORMS);
    const contacts = heard({ [`${account}|p`]: ago === null ? null : NOW - ago });
    expect(judge(direct(account), ways(accounts), contacts, at)).toBe(open);
  });

  test('that nobody looked up is no open one where that is asked', () => {
    expect(judge(direct('contact'), ways(['contact']), new Map(), NOW)).toBe(false);
  });

  test('of an alias is looked at once more while sending', () => {
    const alias: Place = { account: 'contact', chat: { id: '~abc', kind: 'direct' } };
    expect(judge(alias, ways(['contact']), new Map(), NOW)).toBe(true);
    const mute: Place = { account: 'mute', chat: { id: '~abc', kind: 'direct' } };
    expect(judge(mute, ways(['mute']), new Map(), NOW)).toBe(false);
  });
});

describe('a group', () => {
  test.each<[account: string, heardAgo: number | null, open: boolean]>([
    ['always', null, true],
    ['contact', null, true],
    ['window', null, false],
    ['window', HOUR, true],
    ['window', 25 * HOUR, false],
    ['none', HOUR, false],
    ['mute', null, true],
  ])('%s, heard %s ago', (account, ago, open) => {
    const contacts = heard({ [`${account}|g`]: ago === null ? null : NOW - ago });
    expect(judge(group(account), ways([account]), contacts, NOW)).toBe(open);
  });
});

describe('the place', () => {
  const wanted = { at: NOW, now: NOW, everywhere: false, files: false, first: [] };
  const chosen = (
    accounts: readonly string[],
    contacts: Readonly<Record<string, number | null>>,
    over: Partial<Parameters<typeof choose>[1]> = {},
    down: readonly string[] = [],
  ) =>
    choose(accounts.map(direct), { ...wanted, ...over }, ways(accounts, down), heard(contacts)).map(
      ({ account }) => account,
    );

  test('is the first open one in the order of the accounts', () => {
    expect(chosen(['always', 'contact'], { 'contact|p': NOW })).toEqual(['always']);
    expect(chosen(['contact', 'always'], {})).toEqual(['always']);
    expect(chosen(['mute', 'none', 'contact'], { 'contact|p': 1 })).toEqual(['contact']);
    expect(chosen(['mute', 'none', 'contact'], {})).toEqual([]);
    expect(chosen([], {})).toEqual([]);
  });

  test('is the one on which the matter came in, while that is open', () => {
    const first = { first: ['contact', null] };
    expect(chosen(['always', 'contact'], { 'contact|p': 1 }, first)).toEqual(['contact']);
    expect(chosen(['always', 'contact'], {}, first)).toEqual(['always']);
  });

  test('is the one on which the person wrote last, where that is known of all', () => {
    expect(chosen(['contact', 'window'], { 'contact|p': NOW - 2, 'window|p': NOW - 1 })).toEqual(['window']);
    expect(chosen(['contact', 'window'], { 'contact|p': NOW - 1, 'window|p': NOW - 2 })).toEqual(['contact']);
    expect(chosen(['always', 'window'], { 'window|p': NOW - 1 })).toEqual(['always']);
  });

  test('is no window that closes before the morning, where another is open', () => {
    const held = { at: MORNING };
    expect(chosen(['window', 'contact'], { 'window|p': NOW - 20 * HOUR, 'contact|p': 1 }, held)).toEqual([
      'contact',
    ]);
    // Nothing else there: it may open again by then, and is judged once more.
    expect(chosen(['window'], { 'window|p': NOW - 20 * HOUR }, held)).toEqual(['window']);
    expect(chosen(['window'], { 'window|p': null }, held)).toEqual([]);
    expect(chosen(['window'], { 'window|p': NOW - 30 * HOUR })).toEqual([]);
  });

  test('is every open one for what is urgent', () => {
    const everywhere = { everywhere: true };
    const contacts = { 'contact|p': 1, 'window|p': NOW - 30 * HOUR };
    expect(chosen(['always', 'contact', 'window', 'mute'], contacts, everywhere)).toEqual([
      'always',
      'contact',
    ]);
  });

  test('is one that runs, before one that is down', () => {
    expect(chosen(['always', 'words'], {}, {}, ['always'])).toEqual(['words']);
    expect(chosen(['always', 'words'], {}, { first: ['always'] }, ['always'])).toEqual(['words']);
    expect(chosen(['always'], {}, {}, ['always'])).toEqual(['always']);
  });

  test('takes the files, where one does', () => {
    expect(chosen(['words', 'always'], {}, { files: true })).toEqual(['always']);
    expect(chosen(['words'], {}, { files: true })).toEqual(['words']);
    expect(chosen(['words', 'contact'], {}, { files: true })).toEqual(['words']);
  });

  test('is always open, one of those given, and the same whatever the order of what is known', () => {
    const account = fc.constantFrom(...Object.keys(PLATFORMS));
    const places = fc.uniqueArray(account, { maxLength: 6 });
    const known = fc.dictionary(
      account.map((one) => `${one}|p`),
      fc.option(fc.integer({ min: NOW - 48 * HOUR, max: NOW }), { nil: null }),
    );
    fc.assert(
      fc.property(places, known, fc.boolean(), fc.boolean(), (accounts, contacts, everywhere, files) => {
        const all = accounts.map(direct);
        const over = ways(accounts);
        const got = choose(all, { ...wanted, everywhere, files }, over, heard(contacts));
        const turned = new Map([...heard(contacts)].reverse());
        expect(choose(all, { ...wanted, everywhere, files }, over, turned)).toEqual(got);
        const open = all.filter((place) => judge(place, over, heard(contacts), NOW));
        expect(open).toEqual(expect.arrayContaining([...got]));
        expect(got.length).toBe(everywhere ? open.length : Math.min(1, open.length));
      }),
    );
  });
});

describe('hearing', () => {
  test('is written where it decides anything, once an hour or four times in a short window', () => {
    const over = waysOver(
      ['always', 'contact', 'window', 'short'],
      new Map(Object.entries({ ...PLATFORMS, short: { ...ANY, proactive: 'window', windowMs: HOUR } })),
    );
    expect(worthNoting(direct('always'), null, NOW, over)).toBe(false);
    expect(worthNoting(group('contact'), null, NOW, over)).toBe(false);
    expect(worthNoting(direct('contact'), null, NOW, over)).toBe(true);
    expect(worthNoting(direct('contact'), NOW - HOUR + 1, NOW, over)).toBe(false);
    expect(worthNoting(direct('contact'), NOW - HOUR, NOW, over)).toBe(true);
    expect(worthNoting(group('window'), NOW - HOUR, NOW, over)).toBe(true);
    expect(worthNoting(direct('short'), NOW - HOUR / 4 + 1, NOW, over)).toBe(false);
    expect(worthNoting(direct('short'), NOW - HOUR / 4, NOW, over)).toBe(true);
    // A message that comes late tells nothing new.
    expect(worthNoting(direct('window'), NOW, NOW - 5 * HOUR, over)).toBe(false);
  });

  test('depends on the platform and the kind of chat', () => {
    const over = ways(Object.keys(PLATFORMS));
    const matters = Object.keys(PLATFORMS).map((account) => [
      depends(direct(account), over),
      depends(group(account), over),
    ]);
    expect(Object.keys(PLATFORMS).map((account, i) => [account, ...(matters[i] ?? [])])).toEqual([
      ['always', false, false],
      ['contact', true, false],
      ['window', true, true],
      ['none', false, false],
      ['mute', false, false],
      ['words', false, false],
    ]);
  });
});

test('the places of a party are those of the accounts that run', () => {
  const { directory } = testPolicy();
  const ids = (who: string, accounts: readonly string[], first: readonly (string | null)[] = []) =>
    placesOf(who, directory, accounts, first).map(({ account, chat }) => `${account} ${chat.id}`);
  expect(ids('duty', ['bridge', 'second'])).toEqual(['bridge u-duty', 'second u2-duty']);
  expect(ids('duty', ['bridge', 'second'], [null, 'second'])).toEqual(['second u2-duty', 'bridge u-duty']);
  expect(ids('duty', ['bridge'], ['second'])).toEqual(['bridge u-duty']);
  expect(ids('@bridge:u-9:x', ['bridge', 'second'])).toEqual(['bridge u-9:x']);
  expect(ids('nobody', ['bridge'])).toEqual([]);
});
