/** The summary in a chat: what a reader would take for wrong when it lies beside the month before. */
import { expect, test } from 'vitest';
import { chatLines as en } from '../../src/digest/words/en-chat.ts';
import { chatLines as zh } from '../../src/digest/words/zh-chat.ts';
import { wordsContext } from '../../src/replies/context.ts';
import { at, testPolicy } from '../support/world.ts';
import { dated, figuresFor, many, plain } from './support.ts';

const november = many(3, 1, (serial) => dated(serial, { receivedAt: at(`11-0${serial} 09:00`) }));
const lateNovember = many(4, 10, (serial) => dated(serial, { receivedAt: at('11-25 09:00') }));
const december = many(2, 20, (serial) => dated(serial, { receivedAt: at('12-05 09:00') }));
const records = plain([...november, ...lateNovember, ...december]);

function lines(name: string, now: string, words = zh) {
  const asOf = at(now);
  return words(figuresFor(name, records, { asOf }), wordsContext(testPolicy(), asOf, false));
}

test('a month that still runs says that it is compared up to the same day', () => {
  const running = lines('2026-12', '12-10 09:00');
  expect(running[1]).toBe('收到2件，比上月同期少1件（-33.3%）。');
  expect(lines('2026-12', '2027-01-04 09:00')[1]).toBe('收到2件，比上月少5件（-71.4%）。');
  expect(lines('2026-12', '12-10 09:00', en)[1]).toBe(
    'Received 2: 1 fewer than by the same day of the period before (-33.3%).',
  );
});

test('a month before anybody reported is not told as a month without trouble', () => {
  expect(lines('2026-10', '12-10 09:00')[1]).toBe('收到0件：那时还没有人用这个登记过。');
  expect(lines('2026-10', '12-10 09:00', en)[1]).toBe(
    'Received 0: nobody had reported anything here by then.',
  );
  // One without a report in between is.
  expect(lines('2027-01', '2027-02-01 09:00')[1]).toBe('收到0件，比上月少2件（-100.0%）。');
});

test('dates in brackets stand without brackets of their own', () => {
  expect(lines('2026-12', '12-10 09:00')[0]).toContain('（在办件截至12月10日09:00）');
});
