import { describe, expect, test } from 'vitest';
import { hashShare, stableKey } from '../../src/kernel/ids.ts';

describe('a share that anyone can repeat', () => {
  test('printf %s huiyin:LC2611-0001 | sha256sum', () => {
    expect(hashShare('LC2611-0001', 'huiyin')).toBe(0x9b59a00b785b / 16 ** 12);
  });

  test('evenly spread over numbers that follow each other, different for another seed', () => {
    const drawn = Array.from({ length: 5_000 }, (_, n) =>
      hashShare(`LC2611-${String(n).padStart(4, '0')}`, 'a'),
    );
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    const fifth = drawn.filter((share) => share < 0.2).length / drawn.length;
    expect(Math.abs(fifth - 0.2)).toBeLessThan(0.02);
    expect(hashShare('LC2611-0001', 'a')).not.toBe(hashShare('LC2611-0001', 'b'));
  });
});

describe('keys', () => {
  test('readable', () => {
    expect(stableKey('morning', 'li', '2026-11-03')).toBe('morning:li:2026-11-03');
    expect(stableKey('page', 42, 1)).toBe('page:42:1');
  });

  test('two lists of parts never give one key', () => {
    expect(stableKey('a:b', 'c')).not.toBe(stableKey('a', 'b:c'));
    expect(stableKey('a%3Ab')).not.toBe(stableKey('a:b'));
  });
});
