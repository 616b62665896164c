/** What docs/bridge.md and docs/simulation.md show is what the program takes and prints. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decode } from '../../adapters/bridge/index.ts';
import { MESSAGE_KINDS } from '../../src/domain/messages.ts';
import { type Line, play } from './support.ts';

const doc = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** Every whole JSON object that stands on a line of its own. */
const examples = (text: string): readonly Line[] =>
  text.split('\n').flatMap((line) => (/^\{.*\}$/.test(line) ? [JSON.parse(line) as Line] : []));

const IN = new Set(['message', 'edit', 'recall', 'ack', 'clock']);
const readTime = (text: string): number => Date.parse(text);

describe('the documents', () => {
  test('every line to write is taken', () => {
    const lines = [...examples(doc('bridge.md')), ...examples(doc('simulation.md'))].filter(({ type }) =>
      IN.has(String(type)),
    );
    expect(lines.length).toBeGreaterThanOrEqual(9);
    for (const line of lines) {
      const options = { account: 'bridge', readTime, simulated: line.type === 'clock' };
      expect(decode(JSON.stringify(line), options), JSON.stringify(line)).not.toMatchObject({ type: 'bad' });
    }
  });

  test('every line to read has the fields, in the order, that the program prints', async () => {
    const scenario = examples(doc('simulation.md')).filter(({ type }) => type === 'message');
    const { lines } = await play([...scenario, '{']);
    for (const shown of [...examples(doc('bridge.md')), ...examples(doc('simulation.md'))]) {
      if (IN.has(String(shown.type)) || shown.type === undefined) continue;
      const printed = lines.find(({ type }) => type === shown.type);
      expect(Object.keys(shown), String(shown.type)).toEqual(Object.keys(printed ?? {}));
    }
  });

  test('every kind of message is named', () => {
    for (const kind of MESSAGE_KINDS) expect(doc('bridge.md')).toContain(`\`${kind}\``);
  });
});
