/** Payloads as the platform documents them; and whatever else may come. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outbound } from '../../../tests/adapters/contract.ts';
import { decode } from '../decode.ts';
import { bodyOf } from '../encode.ts';

interface Golden {
  readonly what: string;
  readonly raw: object;
  readonly inbound: unknown;
}
const golden: readonly Golden[] = JSON.parse(
  readFileSync(new URL('golden/incoming.golden.json', import.meta.url), 'utf8'),
);

test.each(golden)('$what', ({ raw, inbound }) => {
  expect(decode(raw, 'template')).toEqual(inbound);
});

test('anything at all is answered, and what is decoded is plain', () => {
  const fields = golden.flatMap(({ raw }) => Object.keys(raw).map((field) => [raw, field] as const));
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.anything({ withBigInt: false }), ([raw, field], odd) => {
      decode(odd, 'template');
      const inbound = decode({ ...raw, [field]: odd }, 'template');
      expect(JSON.parse(JSON.stringify(inbound))).toEqual(inbound);
    }),
    { numRuns: 1_000 },
  );
});

test('a message says where it goes, what it answers, and its id for repeats', () => {
  const chat = { id: 'u-li', kind: 'direct' } as const;
  const buttons = [{ label: '接单', command: '接单 0042' }];
  const message = outbound('o1', 'template', { chat, buttons, replyTo: 'm1', text: '请接单' });
  expect(JSON.parse(bodyOf(message, ['file-0']))).toEqual({
    id: 'o1',
    to: { person: 'u-li' },
    text: '请接单',
    answers: 'm1',
    files: ['file-0'],
    buttons,
  });
});
