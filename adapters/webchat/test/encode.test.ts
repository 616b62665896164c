import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Outbound } from '../../../src/port.ts';
import { encode, encodeEvent, toPage } from '../encode.ts';
import type { KeptMessage, NewMessage } from '../history.ts';

interface Golden {
  readonly name: string;
  readonly outbound: Outbound;
  readonly refs: readonly (string | null)[];
  readonly kept: NewMessage;
}

const golden = JSON.parse(
  readFileSync(new URL('./golden/encode.golden.json', import.meta.url), 'utf8'),
) as readonly Golden[];

const kept = (over: Partial<KeptMessage> = {}): KeptMessage => ({
  ...(golden[0] as Golden).kept,
  position: 7,
  revision: 9,
  edited: false,
  recalled: false,
  ...over,
});

describe('what the bot says becomes a message of the chat', () => {
  test.each(golden)('$name', ({ outbound, refs, kept: expected }) => {
    expect(encode(outbound, '回音', refs)).toEqual(expected);
  });
});

describe('what the page gets', () => {
  const quoted = kept({ id: 'm1', name: '林秀英', text: `${'路灯坏了'.repeat(40)}\n两盏` });

  test('a quote carries who and the beginning of what', () => {
    const { quote } = toPage(kept({ quote: 'm1' }), () => quoted);
    expect(quote).toMatchObject({ id: 'm1', name: '林秀英' });
    expect([...(quote?.text ?? '')]).toHaveLength(91);
    expect(quote?.text).not.toContain('\n');
  });

  test('a quote of what is gone is left out, and so is one on a recalled message', () => {
    expect(toPage(kept({ quote: 'm1' }), () => null).quote).toBeNull();
    expect(toPage(kept({ quote: 'm1', recalled: true }), () => quoted).quote).toBeNull();
  });

  test('an event of the stream is one block, whatever breaks lines in it', () => {
    const block = encodeEvent('message', 9, { text: '第一行\n\n第二行\r\ndata: 假的' });
    expect(block.split('\n')).toEqual([
      'id: 9',
      'event: message',
      expect.stringMatching(/^data: \{/),
      '',
      '',
    ]);
  });
});
