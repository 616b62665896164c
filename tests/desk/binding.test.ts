/** What is read of 绑定 and 绑群, the codes themselves, and that nothing of a code is kept. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waysOver } from '../../src/desk/reach.ts';
import { turnOf } from '../../src/desk/turn.ts';
import { type Binding, idle, withBindings } from '../../src/domain/binding.ts';
import {
  anotherWrong,
  CODE_ALPHABET,
  CODE_LENGTH,
  isShut,
  keptTries,
  makeCode,
  printedCode,
  type Tries,
  triesIn,
  WRONG_AT_MOST,
} from '../../src/domain/binding-code.ts';
import { readBinding } from '../../src/intake/commands/binding.ts';
import { secrets } from '../support/joining.ts';
import { testPolicy } from '../support/world.ts';

const bytes = fc.uint8Array({ minLength: CODE_LENGTH, maxLength: CODE_LENGTH });

describe('a code', () => {
  it('has none of the letters that look alike, and 40 bits', () => {
    expect(CODE_ALPHABET).toHaveLength(32);
    expect(new Set(CODE_ALPHABET).size).toBe(32);
    expect(CODE_ALPHABET).not.toMatch(/[01OIoi]/);
    expect(CODE_LENGTH * Math.log2(CODE_ALPHABET.length)).toBe(40);
  });

  it('takes each letter as often as each other from bytes that are evenly spread', () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      const [letter = ''] = makeCode(new Uint8Array(CODE_LENGTH).fill(byte));
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect([...counts.values()]).toEqual(Array.from({ length: 32 }, () => 8));
  });

  it('says all that its bytes say: five bits of each', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const same = a.every((byte, at) => byte % 32 === (b[at] ?? 0) % 32);
        expect(makeCode(a) === makeCode(b)).toBe(same);
      }),
    );
    expect(() => makeCode(new Uint8Array(4))).toThrow(RangeError);
  });

  it('is read however it is typed', () => {
    const wide = (text: string): string =>
      text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    const style = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.toLowerCase(),
      wide,
      (text) => wide(text.toLowerCase()),
    );
    const joint = fc.constantFrom('-', '', ' ', '－', '—', '–', ' - ', '.', '\u200b');
    const before = fc.constantFrom('绑定 ', '绑定', '绑定：', '綁定 ', '我要绑定', '');
    const after = fc.constantFrom('', '。', ' ', '！');
    fc.assert(
      fc.property(bytes, style, joint, before, after, (drawn, styled, mid, verb, end) => {
        const code = makeCode(drawn);
        const text = `${verb}${styled(`${code.slice(0, 4)}${mid}${code.slice(4)}`)}${end}`;
        expect(readBinding(text), text).toMatchObject({ kind: 'code', code });
      }),
    );
  });

  it('is found in the midst of other words, as it is printed', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom('文五爹的码是', '请转告：', '@wen '), (drawn, before) => {
        const code = makeCode(drawn);
        fc.pre(/[A-Z]/.test(code));
        expect(readBinding(`${before}${printedCode(code)}，谢谢`)).toEqual({
          kind: 'loose_codes',
          codes: [code],
        });
      }),
    );
  });

  it('stands in nothing that is kept of its message', () => {
    const policy = testPolicy();
    fc.assert(
      fc.property(bytes, fc.constantFrom('绑定 ', '绑定', ''), (drawn, verb) => {
        const text = `${verb}${printedCode(makeCode(drawn))}`;
        const turn = turnOf(
          {
            eventKey: 'm:1',
            kind: 'message',
            account: 'bridge',
            chat: { id: 'u-x', kind: 'direct' },
            sender: { id: 'u-x', name: null, isSelf: false, isBot: false },
            messageId: '1',
            text,
            mentionsBot: false,
            quote: null,
            media: [],
            platformTime: null,
            address: {},
          },
          { policy, secrets, ways: waysOver(['bridge']), now: 0 },
        );
        expect(JSON.stringify(turn.reading)).not.toContain(makeCode(drawn).slice(0, 4));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is said of who is who', () => {
  it.each([
    ['绑定 k3fm 林秀英', { kind: 'match', ref: 'k3fm', name: '林秀英', nth: null }],
    ['绑定 K3FM，林秀英 2', { kind: 'match', ref: 'k3fm', name: '林秀英', nth: 2 }],
    ['绑定 龙塘湾村', { kind: 'bind_group', ref: null, name: '龙塘湾村', chat: null, certain: false }],
    [
      '@回音 绑定 龙塘湾村 居民群',
      { kind: 'bind_group', ref: null, name: '龙塘湾村', chat: 'residents', certain: false },
    ],
    ['绑群 k3fm 龙塘湾村', { kind: 'bind_group', ref: 'k3fm', name: '龙塘湾村', chat: null, certain: true }],
    [
      '绑群 k3fm 龙塘湾村干部群',
      { kind: 'bind_group', ref: 'k3fm', name: '龙塘湾村', chat: 'officers', certain: true },
    ],
    [
      '绑群 供电所 承办人群',
      { kind: 'bind_group', ref: null, name: '供电所', chat: 'officers', certain: true },
    ],
    ['解绑群', { kind: 'unbind_group', ref: null }],
    ['解绑群 k3fm', { kind: 'unbind_group', ref: 'k3fm' }],
    ['解绑 林秀英', { kind: 'unbind', name: '林秀英', nth: null }],
    ['不是我绑的', { kind: 'not_me' }],
    ['绑定 ABCD-O345', { kind: 'code', code: null, bare: false }],
    ['绑定 ABCD234', { kind: 'code', code: null, bare: false }],
  ])('%s', (text, expected) => {
    expect(readBinding(text)).toEqual(expected);
  });

  it.each(['3组桥头路灯不亮', '收到', '电话13900139000', '快递 SF23456789 到了', '不是我弄坏的', '1234'])(
    '%s is nothing of it',
    (text) => {
      expect(readBinding(text)).toBeNull();
    },
  );

  it('is read of anything in no time and without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => void readBinding(`绑定${text}`)),
    );
    const time = (length: number): number => {
      const before = process.cpuUsage();
      readBinding(`绑定 ${'A-'.repeat(length)}`);
      readBinding('ABCD '.repeat(length / 100));
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    // Its square would be a hundred times as much.
    expect(time(40_000)).toBeLessThan(30 * Math.max(time(4_000), 5));
  });
});

describe('wrong codes', () => {
  it('shut the door at the fifth within an hour, and open it an hour later', () => {
    let tries: Tries | null = null;
    for (let i = 1; i <= WRONG_AT_MOST; i++) {
      const next = anotherWrong(tries, WRONG_AT_MOST, i * 60_000);
      expect(next.shuts).toBe(i === WRONG_AT_MOST);
      tries = triesIn(keptTries(next.tries));
    }
    const shutAt = WRONG_AT_MOST * 60_000;
    expect(isShut(tries, shutAt + 3_599_999)).toBe(true);
    expect(isShut(tries, shutAt + 3_600_000)).toBe(false);
    expect(anotherWrong(tries, WRONG_AT_MOST, shutAt + 3_600_000).tries.wrong).toBe(1);
  });

  it('of another hour are not added up', () => {
    const { tries } = anotherWrong({ from: 0, wrong: 4, shutUntil: null }, WRONG_AT_MOST, 3_600_000);
    expect(tries).toEqual({ from: 3_600_000, wrong: 1, shutUntil: null });
  });
});

describe('bindings over the township file', () => {
  const policy = testPolicy();
  const person = (external: string, who: string, account = 'telegram'): Binding => ({
    kind: 'person',
    account,
    external,
    person: who,
    at: 0,
    by: null,
  });
  const group = (external: string, village: string, account = 'telegram'): Binding => ({
    kind: 'chat',
    account,
    external,
    chat: 'heads',
    village,
    office: null,
    at: 0,
    by: 'admin',
  });
  const laid = (...all: readonly Binding[]) => withBindings(policy, { revision: 1, all });

  it('add to it', () => {
    const { directory } = laid(person('501', 'wen'), group('-100', 'bs'));
    expect(directory.personByAccount('telegram', '501')?.id).toBe('wen');
    expect(directory.person('wen')?.accounts).toEqual({ telegram: '501' });
    expect(directory.chat('telegram', '-100')).toMatchObject({ village: 'bs', kind: 'heads' });
    // Posts, and all else, are the file's.
    expect(directory.rolesOf('wen')).toEqual(policy.directory.rolesOf('wen'));
  });

  it('never change what it says', () => {
    const over = laid(
      person('u-lin', 'wen', 'bridge'),
      person('u-other', 'lin', 'bridge'),
      group('g-fl', 'bs', 'bridge'),
    );
    expect(over.directory.personByAccount('bridge', 'u-lin')?.id).toBe('lin');
    expect(over.directory.personByAccount('bridge', 'u-other')).toBeNull();
    expect(over.directory.chat('bridge', 'g-fl')?.village).toBe('fl');
    expect(idle(policy, person('u-other', 'lin', 'bridge'))).toBe('file');
  });

  it('of people and villages that are gone have no effect', () => {
    const over = laid(person('501', 'gone'), group('-100', 'gone'));
    expect(over).toBe(policy);
    expect(idle(policy, person('501', 'gone'))).toBe('left');
    expect(idle(policy, group('-100', 'gone'))).toBe('left');
  });

  it('give one account to one person, whatever stands in the rows', () => {
    const whos = fc.constantFrom(...policy.roster.people.map(({ id }) => id), 'gone');
    const row = fc
      .tuple(fc.constantFrom('1', '2', '3', 'u-lin', 'u-li'), whos, fc.constantFrom('telegram', 'bridge'))
      .map(([external, who, account]) => person(external, who, account));
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: (one) => `${one.account} ${one.external}`, maxLength: 10 }),
        (all) => {
          const { roster, directory } = laid(...all);
          for (const { id, accounts } of roster.people)
            for (const [account, external] of Object.entries(accounts))
              expect(directory.personByAccount(account, external)?.id).toBe(id);
          for (const before of policy.roster.people)
            expect(directory.person(before.id)?.accounts).toMatchObject(before.accounts);
        },
      ),
    );
  });
});
