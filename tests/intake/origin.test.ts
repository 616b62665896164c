/** 代报 carries where a matter came in and its number there; what is personal stays masked. */
import { describe, expect, test } from 'vitest';
import { understand } from '../../src/intake/understand.ts';
import { context } from './support.ts';

const read = (text: string, role: Parameters<typeof context>[0] = 'dispatcher') =>
  understand(text, context(role));

describe('where it came in', () => {
  for (const [text, source, number] of [
    ['代报 来源 12345 编号 GD20261102001 3组王家桥路灯不亮', '12345', 'GD20261102001'],
    ['代报 来源：12345，编号：20261102103045，3组王家桥路灯不亮', '12345', '20261102103045'],
    ['代报 3组王家桥路灯不亮 来源12345热线 工单编号 AH-2026-11-0045', '12345', 'AH-2026-11-0045'],
    ['代报 12345转来 编号GD0042：3组王家桥路灯不亮', '12345', 'GD0042'],
    ['代报 来源 上级 文号 益政转〔2026〕12号 3组王家桥路灯不亮', 'superior', '益政转〔2026〕12号'],
    ['代报 来源 县信访局 编号 XF2026118 3组王家桥路灯不亮', 'superior', 'XF2026118'],
    ['代报 来源 走访 3组王家桥路灯不亮', 'walk', null],
    ['代报 来源 屋场会 3组王家桥路灯不亮', 'meeting', null],
    // By chance a card's number too; it is said to be a ticket's.
    ['代报 来源 12345 编号 6222021234567890128 3组王家桥路灯不亮', '12345', '6222021234567890128'],
  ] as const)
    test(text, () => {
      const reading = read(text);
      expect(reading.command?.extra.origin).toEqual({ source, number });
      expect(reading).toMatchObject({
        intent: 'report',
        cases: [{ category: 'power.lamp', group: '3', place: '王家桥' }],
      });
      expect(reading.cases[0]?.summary).not.toMatch(/12345|来源|编号|文号/u);
      // The officer answers under that number.
      if (number !== null) expect(reading.masked).toContain(number);
    });

  test('what is somebody’s telephone, card or plate is no number of a ticket, and stays masked', () => {
    for (const number of ['13812345678', '430902199001011239']) {
      const reading = read(`代报 来源 12345 编号 ${number} 3组王家桥路灯不亮`);
      expect(reading.command?.extra.origin).toBeUndefined();
      expect(JSON.stringify([reading.masked, reading.cases, reading.command])).not.toContain(number);
    }
  });

  test('beside it a telephone is masked and kept for the officer as ever', () => {
    const reading = read('代报 来源 12345 编号 GD20261102001 王大爷（电话 13812345678）6组水管漏水');
    expect(reading.masked).not.toContain('13812345678');
    expect(reading.personal.map(({ original }) => original)).toContain('13812345678');
    expect(reading.command?.extra.origin).toEqual({ source: '12345', number: 'GD20261102001' });
  });

  for (const [text, role] of [
    ['代报 3组路灯不亮，打12345没人接', 'dispatcher'],
    ['代报 3组自来水来源不明，编号2026的井', 'dispatcher'],
    ['#上报 来源 12345 编号 GD20261102001 3组路灯不亮', 'dispatcher'],
    ['代报 来源 12345 编号 GD20261102001 3组路灯不亮', 'neighbor_head'],
  ] as const)
    test(`none: ${role}, ${text}`, () => {
      expect(read(text, role).command?.extra.origin).toBeUndefined();
    });
});
