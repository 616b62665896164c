/** The legal calendar has an end: who hears of it, and when. */
import { describe, expect, test } from 'vitest';
import { calendarEnd } from '../../src/schedule/calendar-end.ts';
import { Whole } from '../support/house.ts';
import { at, testPolicy, told } from '../support/world.ts';

const NEXT_YEAR = 'holidays: { "2027-02-06": rest }\nsettings: { holidaysUntil: "2027-06-30" }';

describe('the calendar’s end', () => {
  test('is told to the admins four weeks before, then once a month, and to nobody else', async () => {
    const whole = await new Whole({ start: '2026-11-02 08:00' }).open();
    await whole.until('2026-12-02 23:00');
    expect(whole.sent.filter(({ kind }) => kind === 'notice')).toEqual([]);
    await whole.until('2027-02-10 12:00');
    const notices = whole.sent.filter(({ kind }) => kind === 'notice');
    expect(notices.map(({ time, chat }) => [time, chat.id])).toEqual([
      ['2026-12-03 08:30', 'u-admin'],
      ['2027-01-04 08:30', 'u-admin'],
      ['2027-02-01 08:30', 'u-admin'],
    ]);
    expect(notices[0]?.text).toContain('12月31日');
    expect(notices[0]?.text).toContain('holidaysUntil');
    expect(notices[1]?.text).toContain('已经过了');
    await whole.close();
  });

  test('is told to a bot that is new beyond it on its next working morning, and then monthly', async () => {
    const whole = await new Whole({ start: '2027-01-15 18:00' }).open();
    await whole.until('2027-02-10 12:00');
    const notices = whole.sent.filter(({ kind }) => kind === 'notice');
    expect(notices.map(({ time, text }) => [time, text.includes('已经过了')])).toEqual([
      ['2027-01-18 08:30', true],
      ['2027-02-01 08:30', true],
    ]);
    await whole.close();
  });

  test('moves with what the township fills in', () => {
    const filled = testPolicy({ township: (yaml) => `${yaml}\n${NEXT_YEAR}\n` });
    expect(told(calendarEnd.next(at('2026-11-02 08:00'), filled))).toBe('06-02 08:30');
    expect(calendarEnd.next(at('2026-11-02 08:00'), filled)).toBe(at('2027-06-02 08:30'));
  });

  test('beyond it due dates are reckoned in weekdays', async () => {
    const whole = await new Whole({ start: '2027-02-01 08:00' }).open();
    await whole.say('lin', '#上报 3组王家桥路灯不亮', '2027-02-01 08:30', 'g-fl');
    const [one] = await whole.cases();
    expect(whole.told(one?.dueAt ?? 0)).toBe('2027-02-08 17:30');
    await whole.close();
  });
});
