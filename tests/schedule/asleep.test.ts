/** The machine's clock stood still, or was set back: what waits for people comes once, and leaves them their time. */
import { describe, expect, test } from 'vitest';
import { Whole } from '../support/house.ts';

const REMINDERS = ['due_soon', 'overdue', 'supervision_proposed'];
const reminders = (whole: Whole): readonly string[] =>
  whole.sent
    .filter(({ kind }) => REMINDERS.includes(kind))
    .map(({ time, kind, chat }) => `${time} ${kind} ${chat.id}`);
const questions = (whole: Whole): readonly string[] =>
  whole
    .to('lin')
    .filter(({ text }) => /1[^0-9]*满意/u.test(text))
    .map(({ time }) => time);

async function lamps(whole: Whole, count: number): Promise<void> {
  const places = ['王家桥', '李家坳', '祠堂边'].slice(0, count);
  for (const [i, place] of places.entries())
    await whole.say('lin', `#上报 3组${place}路灯不亮`, `2026-11-02 08:3${i}`, 'g-fl');
}

const started = (): Promise<Whole> => new Whole({ start: '2026-11-02 08:00' }).open();

describe('asleep for nine days', () => {
  test('questions that were put off come one a day, and their three days run from then', async () => {
    const whole = await started();
    await lamps(whole, 3);
    for (const n of [1, 2, 3])
      await whole.say('duty', `代办结 ${n} 供电师傅电话说换好了`, `2026-11-03 10:0${n}`);
    await whole.wakeAt('2026-11-12 10:00');
    expect(questions(whole)).toEqual(['2026-11-03 10:01', '2026-11-12 10:00']);
    await whole.until('2026-11-13 20:00');
    expect(questions(whole)).toEqual(['2026-11-03 10:01', '2026-11-12 10:00', '2026-11-13 08:30']);
    // The first was asked on the third; of the others nobody's silence counts before the day is over.
    expect((await whole.cases()).map(({ state }) => state)).toEqual(['closed', 'resolved', 'resolved']);
    await whole.until('2026-11-17 17:30');
    expect((await whole.cases()).map(({ state }) => state)).toEqual(['closed', 'closed', 'resolved']);
    await whole.until('2026-11-18 17:30');
    expect((await whole.cases()).map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
    await whole.close();
  });

  test('woken in the night, it asks in the morning', async () => {
    const whole = await started();
    await lamps(whole, 2);
    for (const n of [1, 2])
      await whole.say('duty', `代办结 ${n} 供电师傅电话说换好了`, `2026-11-03 10:0${n}`);
    await whole.wakeAt('2026-11-11 23:00');
    await whole.until('2026-11-12 09:00');
    expect(questions(whole)).toEqual(['2026-11-03 10:01', '2026-11-12 07:30']);
    await whole.close();
  });

  test('what was missed is one message a person, in the morning, and no step is left out', async () => {
    const whole = await started();
    await lamps(whole, 1);
    await whole.say('li', '接单', '2026-11-02 09:00');
    // Due on the ninth; asleep until Wednesday of the week after.
    await whole.wakeAt('2026-11-18 11:00');
    await whole.until('2026-11-19 20:00');
    expect(reminders(whole)).toEqual([
      '2026-11-19 08:30 overdue u-li',
      '2026-11-19 08:30 overdue u-wang',
      '2026-11-19 08:30 supervision_proposed u-xiong',
    ]);
    const steps = (await whole.events()).map(({ type }) => type);
    for (const step of ['due_soon_told', 'overdue_told', 'supervision_proposed'])
      expect(steps, step).toContain(step);
    await whole.close();
  });
});

test('a clock set back by a day reminds nobody twice and asks nobody twice', async () => {
  const whole = await started();
  await lamps(whole, 2);
  await whole.say('li', '接单 1', '2026-11-02 09:00');
  await whole.say('duty', '代办结 2 供电师傅电话说换好了', '2026-11-03 10:00');
  await whole.until('2026-11-10 09:00');
  const before = [reminders(whole), questions(whole)];
  expect(before[0]?.length).toBeGreaterThan(0);
  await whole.wakeAt('2026-11-09 09:00');
  await whole.until('2026-11-10 10:00');
  expect([reminders(whole), questions(whole)]).toEqual(before);
  await whole.close();
});
