/** How many households a matter touches. */
import { NUMERAL, readNumber } from './numerals.ts';

const COUNT = new RegExp(
  `(\\d{1,4}|[${NUMERAL}]{1,5})[多几来余]?(?:十多)?[ ]?户(?!口|籍|外|主|型|县)([\\u4e00-\\u9fff]{0,4})`,
  'gu',
);
/** Households that are well or were only visited are not touched by anything. */
const FINE = /^(?:人家)?(?:都|均|也|全)?(?:没事|正常|平安|安好|没问题|无异常|无事|还好|好的|挺好)/u;
const VISITED = /(?:走访|入户|走了|看了|排查|摸排|访问|登记)(?:了)?$/u;
/** One household is a person's matter, not a count. */

/** The sum over the groups named, or the one number; null where the text counts none. */
export function readHouseholds(text: string): number | null {
  let sum: number | null = null;
  for (const match of text.matchAll(COUNT)) {
    const after = match[2] ?? '';
    const count = readNumber(match[1] ?? '');
    if (
      count === null ||
      FINE.test(after) ||
      VISITED.test(text.slice(Math.max(0, match.index - 4), match.index))
    )
      continue;
    if (count === 1) continue;
    const inAll = /(?:一共|总共|合计|共|全组|涉及)$/u.test(
      text.slice(Math.max(0, match.index - 3), match.index),
    );
    if (inAll) return count;
    sum = (sum ?? 0) + count;
  }
  return sum;
}
