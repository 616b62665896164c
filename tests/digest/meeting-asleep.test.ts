/** A machine that slept over the sentiment meeting: nobody prepares a meeting that is over. */
import { afterEach, expect, test } from 'vitest';
import { Whole } from '../support/house.ts';

const open: Whole[] = [];
afterEach(async () => {
  for (const whole of open.splice(0)) await whole.close();
});

async function prepared(): Promise<Whole> {
  const township = (yaml: string): string =>
    `${yaml}\nsettings: { meeting: { date: { kind: dates, dates: ["2026-11-20"] } } }\n`;
  const whole = await new Whole({ start: '2026-11-02 08:00', township }).open();
  open.push(whole);
  await whole.say('lin', '#上报 3组王家桥路灯不亮', '2026-11-02 09:00', 'g-fl');
  await whole.say('li', '接单', '2026-11-02 09:10');
  await whole.until('2026-11-12 20:00');
  return whole;
}

const meeting = (whole: Whole): readonly string[] =>
  whole.sent
    .filter(({ say, text }) => say?.template === 'meeting' && text.includes('分析会'))
    .map(({ time, chat, text }) => `${time} ${chat.id} ${text.split('\n')[0]}`);

test('awake in time, what was missed of it comes in its order', async () => {
  const whole = await prepared();
  await whole.wakeAt('2026-11-19 11:00');
  const told = meeting(whole).map((line) => line.slice(0, 23));
  expect(told).toEqual(['2026-11-19 11:00 u-wang', '2026-11-19 11:00 u-wang', '2026-11-19 11:00 u-xion']);
});

test('awake after it, no sheet, no confirmation and no page is sent; the draft minutes are', async () => {
  const whole = await prepared();
  await whole.wakeAt('2026-11-24 11:00');
  await whole.until('2026-11-26 20:00');
  const told = meeting(whole);
  expect(told.length).toBeGreaterThan(0);
  for (const line of told) expect(line).toContain('没有记到议定的事');
});
