/** A place that says whose home it is stays out of a group; a place named after a family does not. */
import { expect, test } from 'vitest';
import type { Brief } from '../../src/domain/messages.ts';
import type { WordsContext } from '../../src/replies/context.ts';
import { placeOf } from '../../src/replies/held-back.ts';

const inGroup = { inGroup: true, names: { anybodyIn: () => false } } as unknown as WordsContext;
const placed = (place: string): Brief => ({ place }) as Brief;

test.each([['张桂芳家门口'], ['王大爷家'], ['李明家后面'], ['欧阳明家屋后']])('%s is not said', (place) => {
  expect(placeOf(placed(place), 20, inGroup)).toBe('');
});

test.each([['王家桥'], ['刘家大屋'], ['黄家坳'], ['张家湾'], ['老供销社巷口']])('%s is said', (place) => {
  expect(placeOf(placed(place), 20, inGroup)).toBe(place);
});

test('in private everything is said', () => {
  expect(placeOf(placed('张桂芳家门口'), 20, { ...inGroup, inGroup: false })).toBe('张桂芳家门口');
});
