import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outbound } from '../../../src/port.ts';
import { outbound } from '../../../tests/adapters/contract.ts';
import { MAX_CALLBACK_BYTES, MAX_TEXT } from '../config.ts';
import { cutAtLines } from '../cut.ts';
import type { Target } from '../encode.ts';
import { encode } from '../encode.ts';

interface Golden {
  readonly about: string;
  readonly message: Partial<Outbound>;
  readonly target: Partial<Target>;
  readonly calls: unknown;
}

const golden = JSON.parse(
  readFileSync(new URL('golden/outgoing.golden.json', import.meta.url), 'utf8'),
) as readonly Golden[];

const TARGET: Target = { chatId: -1001, threadId: null, replyTo: null };
const encoded = (message: Partial<Outbound>, target: Partial<Target> = {}) =>
  encode(outbound('o1', 'telegram', message), { ...TARGET, ...target });

describe('a message', () => {
  test.each(golden.map((one) => [one.about, one] as const))('%s', (_, { message, target, calls }) => {
    expect(JSON.parse(JSON.stringify(encoded(message, target)))).toEqual(calls);
  });

  test('in parts: the first quotes, the last has the buttons', () => {
    const buttons = [{ label: '接单', command: '接单 0042' }];
    const parts = encoded({ text: `${'路'.repeat(4000)}\n`.repeat(3), buttons }, { replyTo: 7 });
    expect(parts.map(({ payload }) => ['reply_parameters' in payload, 'reply_markup' in payload])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  test('with nothing to say or show makes no call', () => {
    expect(
      encoded({ text: '', media: [{ name: '月报.docx', mime: 'application/msword', path: null }] }),
    ).toEqual([]);
  });

  test('has no button whose command Telegram would refuse', () => {
    const command = fc.string({ unit: fc.constantFrom('接', 'a', '𠮷', ' '), maxLength: 60 });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 9 }), (commands) => {
        const buttons = commands.map((one) => ({ label: one, command: one }));
        for (const { payload } of encoded({ buttons })) {
          const keys = (payload.reply_markup?.inline_keyboard ?? []).flat();
          for (const { callback_data: data } of keys) {
            expect(Buffer.byteLength(data)).toBeGreaterThan(0);
            expect(Buffer.byteLength(data)).toBeLessThanOrEqual(MAX_CALLBACK_BYTES);
          }
        }
      }),
    );
  });
});

describe('a long text', () => {
  test('is cut at line ends, and loses nothing', () => {
    const text = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 8, max: 60 }), (lines, limit) => {
        const whole = lines.join('\n');
        const parts = cutAtLines(whole, limit);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit);
        for (const part of parts) expect(part.isWellFormed()).toBe(whole.isWellFormed());
        expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
      }),
    );
  });

  test('without a line end is cut in the line, not in a character', () => {
    const parts = cutAtLines(`${'a'.repeat(MAX_TEXT - 1)}𠮷𠮷`, MAX_TEXT);
    expect(parts.map((part) => part.length)).toEqual([MAX_TEXT - 1, 4]);
  });
});
