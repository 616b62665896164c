import { describe, expect, test } from 'vitest';
import { DEFAULT_QUIET, outOfQuiet } from '../../src/kernel/quiet.ts';
import { instantOf, printed } from '../../src/kernel/zone.ts';
import { inShanghai, shanghai } from './slow-calendar.ts';

describe('quiet hours', () => {
  test.each([
    ['2026-11-02 20:59:59', '2026-11-02 20:59:59'],
    ['2026-11-02 21:00', '2026-11-03 07:30'],
    ['2026-11-02 23:59', '2026-11-03 07:30'],
    ['2026-11-03 00:00', '2026-11-03 07:30'],
    ['2026-11-03 07:29:59', '2026-11-03 07:30'],
    ['2026-11-03 07:30', '2026-11-03 07:30'],
    ['2026-11-03 12:30', '2026-11-03 12:30'],
    ['2026-11-06 22:00', '2026-11-07 07:30'],
    ['2026-10-01 23:00', '2026-10-02 07:30'],
    ['2026-12-31 22:00', '2027-01-01 07:30'],
  ])('%s → %s', (at, expected) => {
    expect(inShanghai(outOfQuiet(shanghai(at), DEFAULT_QUIET, 'Asia/Shanghai'))).toBe(expected);
  });

  test('a span within one day, and none at all', () => {
    const noon = { from: '12:00', to: '14:00' };
    expect(inShanghai(outOfQuiet(shanghai('2026-11-02 13:00'), noon, 'Asia/Shanghai'))).toBe(
      '2026-11-02 14:00',
    );
    expect(inShanghai(outOfQuiet(shanghai('2026-11-02 23:00'), noon, 'Asia/Shanghai'))).toBe(
      '2026-11-02 23:00',
    );
    const none = { from: '00:00', to: '00:00' };
    expect(inShanghai(outOfQuiet(shanghai('2026-11-02 03:00'), none, 'Asia/Shanghai'))).toBe(
      '2026-11-02 03:00',
    );
  });

  test('where the clocks change in the night', () => {
    const zone = 'America/New_York';
    const at = instantOf('2026-10-31', '23:00', zone);
    expect(printed(outOfQuiet(at, DEFAULT_QUIET, zone), zone)).toBe('2026-11-01T07:30:00-05:00');
    const second = instantOf('2026-11-01', '01:10', zone) + 3_600_000;
    expect(outOfQuiet(second, { from: '21:00', to: '01:30' }, zone)).toBe(second);
  });
});
