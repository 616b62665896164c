/** 回访: whom the dispatchers call back, each working morning, and when they ask. */
import { describe, expect, test } from 'vitest';
import type { Case } from '../../src/domain/case.ts';
import { isCalledBack } from '../../src/domain/follow-up.ts';
import { hashShare } from '../../src/kernel/ids.ts';
import { folded, history, reported } from '../domain/cases.ts';
import { Whole } from '../support/house.ts';

async function world(start: string, settings = ''): Promise<Whole> {
  const whole = new Whole({ start, township: (yaml) => `${yaml}\nsettings: { ${settings} }\n` });
  return whole.open();
}

/** Reported, mended and rated on a day. */
async function mended(whole: Whole, serial: number, day: string, rating = '满意'): Promise<void> {
  await whole.say('lin', `#上报 3组${serial}号杆路灯不亮`, `${day} 09:00`, 'g-fl');
  const office = (await whole.cases()).find((c) => c.serial === serial)?.assignee ?? 'li';
  await whole.say(office, `办结 ${serial} 换了灯泡`, `${day} 10:00`);
  await whole.say('lin', `${serial} ${rating}`, `${day} 11:00`);
}

const lists = (whole: Whole) =>
  whole.to('duty', 'follow_up').map(({ time, cases, case: one }) => [time, one ?? cases?.join() ?? '']);

describe('the list of the morning', () => {
  test('has what was closed since the last one, with the words to write; and none where nothing was', async () => {
    const whole = await world('2026-11-02 08:00');
    await mended(whole, 1, '2026-11-02');
    await whole.until('2026-11-04 12:00');
    expect(lists(whole)).toEqual([['2026-11-03 08:30', 'LX2611-0001']]);
    const [{ text = '' } = {}] = whole.to('duty', 'follow_up');
    expect(text).toContain('枫林村3组路灯不亮');
    expect(text).toContain('换了灯泡');
    expect(text).toContain('回访 1 接通 已解决 满意');
    await whole.say('duty', '回访 1 接通 已解决 满意', '2026-11-04 12:10');
    expect((await whole.events()).map(({ type }) => type)).toContain('case_followed_up');
    await whole.close();
  });

  test('waits for a working day, names what closed unrated, and leaves out who was called, or mended it himself', async () => {
    const whole = await world('2026-11-02 08:00');
    await whole.say('lin', '#上报 3组王家桥路灯不亮', '2026-11-02 09:00', 'g-fl');
    await whole.say('lin', '#自办 3组倒树已清走', '2026-11-02 09:10', 'g-fl');
    await whole.say('qiu', '#上报 3组祠堂边路灯不亮', '2026-11-02 09:20', 'g-fl');
    const [lamp, , other] = await whole.cases();
    await whole.say(lamp?.assignee ?? '', '办结 1 换了', '2026-11-03 10:00');
    await whole.say(other?.assignee ?? '', '办结 3 换了', '2026-11-03 10:10');
    await whole.say('duty', '回访 3 接通 已解决 满意', '2026-11-03 15:00');
    // Friday at 17:30 it closes unrated; the list comes on Monday.
    await whole.until('2026-11-10 12:00');
    expect((await whole.cases()).map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
    expect(lists(whole)).toEqual([['2026-11-09 08:30', 'LX2611-0001']]);
    await whole.close();
  });

  test('shows twelve, and those behind them the next morning', async () => {
    const whole = await world('2026-11-02 08:00');
    for (let serial = 1; serial <= 14; serial++) await mended(whole, serial, '2026-11-02');
    await whole.until('2026-11-05 09:00');
    expect(lists(whole).map(([, cases]) => cases?.split(',').length)).toEqual([12, 2]);
    expect(whole.to('duty', 'follow_up')[0]?.text).toContain('还有2件');
    await whole.close();
  });

  test('is one list after a week of sleep', async () => {
    const whole = await world('2026-11-02 08:00');
    for (const serial of [1, 2]) await mended(whole, serial, '2026-11-02');
    await whole.say('qiu', '#上报 3组祠堂边路灯不亮', '2026-11-02 15:00', 'g-fl');
    const third = (await whole.cases()).find(({ serial }) => serial === 3);
    await whole.say(third?.assignee ?? '', '办结 3 换了', '2026-11-02 16:00');
    // In between the third one closes unrated, on Thursday.
    await whole.wakeAt('2026-11-09 10:00');
    expect(lists(whole)).toEqual([['2026-11-09 10:00', 'LX2611-0001,LX2611-0002,LX2611-0003']]);
    await whole.wakeAt('2026-11-09 10:05');
    await whole.until('2026-11-10 12:00');
    expect(lists(whole)).toHaveLength(1);
    await whole.close();
  });

  test('caught up in the night waits for its end', async () => {
    const whole = await world('2026-11-02 08:00');
    await mended(whole, 1, '2026-11-02');
    await whole.wakeAt('2026-11-03 23:00');
    expect(lists(whole)).toEqual([]);
    await whole.until('2026-11-04 12:00');
    expect(lists(whole)).toEqual([['2026-11-04 07:30', 'LX2611-0001']]);
    await whole.close();
  });
});

describe('回访 alone', () => {
  test('shows a dispatcher all who wait for a call, and leaves the morning as it is', async () => {
    const whole = await world('2026-11-02 08:00');
    await mended(whole, 1, '2026-11-02');
    await whole.say('duty', '回访', '2026-11-02 14:00');
    await whole.say('duty', '回访', '2026-11-04 14:00');
    expect(lists(whole)).toEqual([
      ['2026-11-02 14:00', 'LX2611-0001'],
      ['2026-11-03 08:30', 'LX2611-0001'],
      ['2026-11-04 14:00', 'LX2611-0001'],
    ]);
    await whole.say('duty', '回访 1 接通 已解决 满意', '2026-11-04 15:00');
    await whole.say('duty', '回访', '2026-11-04 15:10');
    expect(whole.to('duty', 'follow_up').at(-1)?.text).toBe('眼下没有要回访的。');
    await whole.say('li', '回访', '2026-11-04 15:20');
    expect(whole.to('li', 'follow_up')).toHaveLength(0);
    await whole.close();
  });
});

describe('who is called back', () => {
  const closed = (changes: Partial<Case>): Case => ({
    ...folded(history(reported())),
    state: 'closed',
    outcome: 'fixed',
    ...changes,
  });
  const share = { mode: 'share', share: 0.2, seed: 'huiyin' } as const;

  test('by default everybody; by share those not content, the protected, and a draw that anyone can repeat', () => {
    const numbers = Array.from({ length: 500 }, (_, i) => `LX2611-${String(i + 1).padStart(4, '0')}`);
    expect(numbers.every((number) => isCalledBack(closed({ number }), { ...share, mode: 'all' }))).toBe(true);
    const drawn = numbers.filter((number) => isCalledBack(closed({ number }), share));
    expect(drawn).toEqual(numbers.filter((number) => hashShare(number, 'huiyin') < 0.2));
    expect(drawn.length).toBeGreaterThan(60);
    expect(drawn.length).toBeLessThan(140);
    const left = numbers.find((number) => !drawn.includes(number)) ?? '';
    expect(isCalledBack(closed({ number: left, protected: true }), share)).toBe(true);
    expect(isCalledBack(closed({ number: left, rating: 'unsatisfied' }), share)).toBe(true);
    expect(isCalledBack(closed({ number: left, state: 'in_progress' }), { ...share, mode: 'all' })).toBe(
      false,
    );
    expect(isCalledBack(closed({ number: left, outcome: 'self_handled' }), { ...share, mode: 'all' })).toBe(
      false,
    );
  });

  test('of a protected matter the list says its kind and nothing more', async () => {
    const whole = await world('2026-11-02 08:00');
    await whole.say('lin', '#上报 3组王家桥路灯不亮，请帮我保密，别说是我报的', '2026-11-02 09:00');
    const [one] = await whole.cases();
    expect(one?.protected).toBe(true);
    await whole.say('duty', '交办 1 村建所', '2026-11-02 09:10');
    const [given] = await whole.cases();
    await whole.say(given?.assignee ?? '', '办结 1 找王家桥的住户换了', '2026-11-02 10:00');
    await whole.say('lin', '满意', '2026-11-02 11:00');
    await whole.until('2026-11-03 09:00');
    const [{ text = '' } = {}] = whole.to('duty', 'follow_up');
    expect(text).toContain('#0001');
    expect(text).toContain('要保密');
    expect(text).not.toMatch(/王家桥|住户|林桂香|3组/);
    await whole.close();
  });
});
