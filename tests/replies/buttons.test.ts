/** A tap says what a person would type: each button's words are read as the command that it stands for. */
import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/roster.ts';
import { understand } from '../../src/intake/understand.ts';
import { buttonsOf } from '../../src/replies/buttons.ts';
import { wordsContext } from '../../src/replies/context.ts';
import { shippedTaxonomy } from '../../src/taxonomy/index.ts';
import { allSamples, NOW } from './samples.ts';
import { policy } from './township.ts';

const contextFor = (locale: 'zh-CN' | 'en', inGroup: boolean) => wordsContext(policy, NOW, inGroup, locale);
const says = allSamples().map(({ say }) => say);

const MEANT: Readonly<Record<string, { intent: string; score?: number; role: Role }>> = {
  接单: { intent: 'accept', role: 'officer' },
  办结: { intent: 'resolve', role: 'officer' },
  满意: { intent: 'rate', score: 1, role: 'neighbor_head' },
  基本满意: { intent: 'rate', score: 2, role: 'neighbor_head' },
  没解决: { intent: 'rate', score: 3, role: 'neighbor_head' },
  同意: { intent: 'decide_extension', role: 'leader' },
  督办: { intent: 'supervise', role: 'secretary' },
  撤回: { intent: 'withdraw', role: 'neighbor_head' },
};

const commands = says.flatMap((say) =>
  buttonsOf(say, contextFor('zh-CN', false)).map(({ command }) => command),
);

describe('buttons', () => {
  test.each([...new Set(commands)])('%s is read as it is meant', (command) => {
    const meant = MEANT[command.split(' ')[0] ?? ''];
    const reading = understand(command, {
      roles: [meant?.role ?? 'officer'],
      mentionsBot: false,
      quoteText: null,
      at: '2026-11-02T08:30',
      roster: null,
      taxonomy: shippedTaxonomy,
      direct: true,
    });
    expect(reading.intent).toBe(meant?.intent);
    expect(reading.command?.refs).toHaveLength(1);
    if (meant?.score !== undefined) expect(reading.command?.score).toBe(meant.score);
  });

  test('there are none in a group', () => {
    for (const say of says) expect(buttonsOf(say, contextFor('zh-CN', true))).toEqual([]);
  });

  test('there are as many for every reader, in the reader’s own words', () => {
    expect(commands.length).toBeGreaterThan(6);
    const labels = says.flatMap((say) => buttonsOf(say, contextFor('en', false)).map(({ label }) => label));
    expect(labels).toHaveLength(commands.length);
    expect(labels.every((label) => /^[A-Za-z ]+$/.test(label))).toBe(true);
  });
});
