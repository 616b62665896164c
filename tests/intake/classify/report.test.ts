import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classify,
  danger,
  isQuestion,
  privacy,
  raises,
  reportScore,
} from '../../../src/intake/classify/index.ts';
import { shippedTaxonomy } from '../../../src/taxonomy/index.ts';

const score = (text: string) => reportScore(text, shippedTaxonomy);
const IN_GROUP = 0.5;

describe('reportScore', () => {
  it.each([
    '厉害了,垃圾桶里都能种菜了',
    '这路修得真好,下雨都能养鱼了',
    '路灯白天亮晚上黑,真会省电',
    '又停电了,冰箱里的肉都臭了',
    '道上那大坑老深了',
    '屋里水龙头冇得水哒',
    '垃圾三天没拉',
    '化粪池漫出来了',
    '低保停了',
    '种粮补贴没到账',
  ])('states a problem: %s', (text) => {
    expect(score(text)).toBeGreaterThanOrEqual(IN_GROUP);
  });

  it.each([
    '昨晚球赛看了没,那个裁判真是有问题',
    '早上好!今天霜降,注意添衣',
    '收到,谢谢书记',
    '恭喜发财,红包拿来',
    '哈哈哈笑死我了',
    '晚上来我家吃饭',
    '今天集上的鱼好新鲜',
    '祝大家中秋节快乐',
    '你家孩子考得怎么样',
    '这个电视剧太好看了',
    '我在去县城的路上',
    '三缺一,谁来',
    '生日快乐呀',
    '我到家了',
    '好的',
    '这鱼做得有味道',
    '路上小心点',
    '喝杯水再说',
    '没停电,是我家跳了一下又好了',
    '停电的时候记得关电器',
  ])('states none: %s', (text) => {
    expect(score(text)).toBeLessThan(IN_GROUP);
  });

  it('leaves everyday chat alone', () => {
    const lines = readFileSync(new URL('../../fixtures/chatter.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { text: string }).text);
    expect(lines.length).toBeGreaterThan(500);
    expect(lines.filter((line) => score(line) >= IN_GROUP).length).toBeLessThanOrEqual(2);
  });

  it('knows a letter passed on', () => {
    expect(score('紧急通知!自来水里发现有毒物质,专家提醒千万别喝,转发给家人')).toBe(0);
    expect(score('大家转发一下,5组自来水发黄了别喝')).toBeGreaterThanOrEqual(IN_GROUP);
  });
});

/** Every answer on any text, within the time a message may take. */
function answers(text: string): void {
  const { category, confidence } = classify(text, shippedTaxonomy);
  danger(text);
  raises(text, category);
  isQuestion(text);
  privacy(text, category, shippedTaxonomy);
  const sure = score(text);
  expect(sure).toBeGreaterThanOrEqual(0);
  expect(sure).toBeLessThanOrEqual(1);
  expect(confidence).toBeGreaterThanOrEqual(0);
  expect(confidence).toBeLessThanOrEqual(1);
}

describe('any text', () => {
  it('is answered without a throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), answers));
    const bits = [
      '老人',
      '没',
      '掉',
      '塘里',
      '路灯',
      '坏',
      '会',
      '怕',
      '不',
      '怎么办',
      ',',
      '3组',
      '刘',
      '奶奶',
      '确诊',
      '转发',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 60 }), (parts) => answers(parts.join(''))),
    );
  });

  it('gives the same answer twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        expect(classify(text, shippedTaxonomy)).toEqual(classify(text, shippedTaxonomy));
      }),
    );
  });

  it('costs time linear in its length', () => {
    const bits = ['老人', '没', '怕掉', '水', '转发专家', '王奶奶', '怎么', '能不能', '会着火', '3组'];
    for (const bit of bits) {
      const time = (length: number) => {
        const text = bit.repeat(Math.ceil(length / bit.length));
        const tries = [0, 1, 2, 3].map(() => {
          const before = process.cpuUsage();
          answers(text);
          const { user, system } = process.cpuUsage(before);
          return (user + system) / 1_000;
        });
        return Math.min(...tries);
      };
      time(2_000);
      expect(time(8_000), bit).toBeLessThan(Math.max(4 * 4 * time(2_000), 40));
    }
  });
});
