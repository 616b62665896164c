import { describe, expect, it } from 'vitest';
import { classify, isQuestion, reportScore, withCorrections } from '../../../src/intake/classify/index.ts';
import { EXAMPLES } from '../../../src/taxonomy/examples.ts';
import { shippedTaxonomy, withTownship } from '../../../src/taxonomy/index.ts';
import { FRESH } from './fresh.ts';
import { HELD_OUT } from './held-out.ts';

const of = (text: string) => classify(text, shippedTaxonomy);

function rate(
  table: Readonly<Record<string, readonly string[]>>,
  right: (text: string, id: string) => boolean,
) {
  const all = Object.entries(table).flatMap(([id, list]) => list.map((text) => right(text, id)));
  return all.filter(Boolean).length / all.length;
}

describe('classify', () => {
  it('knows the category of everyday messages, none of them among the examples', () => {
    expect(Object.keys(FRESH)).toHaveLength(66);
    expect(rate(FRESH, (text, id) => of(text).category === id)).toBeGreaterThanOrEqual(0.94);
    expect(rate(HELD_OUT, (text, id) => of(text).category === id)).toBeGreaterThanOrEqual(0.9);
    expect(rate(EXAMPLES, (text, id) => of(text).category === id)).toBeGreaterThanOrEqual(0.98);
  });

  it('hears everyday messages in a group, as a report or a question', () => {
    const heard = (text: string) => reportScore(text, shippedTaxonomy) >= 0.5 || isQuestion(text);
    expect(rate(FRESH, heard)).toBeGreaterThanOrEqual(0.94);
    expect(rate(HELD_OUT, heard)).toBeGreaterThanOrEqual(0.93);
  });

  it.each([
    ['红绿灯不亮了', 'road.bridge'],
    ['路灯杆子倒在路边,灯也不亮', 'power.lamp'],
    ['停水了,不是停电', 'water.outage'],
    ['没停电,就是电压低', 'power.lowvolt'],
    ['水管没漏,是停水了', 'water.outage'],
    ['动不动就停电', 'power.outage'],
    ['是不是停水了', 'water.outage'],
    ['化粪池堵了,不是下雨的事', 'env.sewage'],
    ['养猪场的污水流到塘里,鱼都死了', 'env.pollution'],
    ['垃圾桶边上的路灯坏了', 'power.lamp'],
    ['学校门口的路灯坏了', 'power.lamp'],
    ['水库边上的路塌了一块', 'road.damage'],
    ['村卫生室门口的井盖破了', 'safety.hazard'],
    ['小区里停水了', 'water.outage'],
    ['敬老院停电了', 'power.outage'],
    ['这自来水真好,都能当酱油卖了,黑黑的', 'water.quality'],
    ['这路修得好啊,下雨都能养鱼了', 'road.damage'],
    ['冇得电用哒', 'power.outage'],
    ['屋头莫得水', 'water.outage'],
    ['道儿稀碎,全是坑', 'road.damage'],
    ['垃圾冇人拖,臭死哒', 'env.garbage'],
    ['灯不亮哒,黑咕隆咚的', 'power.lamp'],
    ['工资没发,老板跑了', 'social.wage'],
    ['养老金没发', 'social.pension'],
    ['低保没发', 'welfare.dibao'],
    ['补贴没发,种粮的', 'agri.subsidy'],
  ])('the most specific wins: %s → %s', (text, id) => {
    expect(of(text).category).toBe(id);
  });

  it('answers what fits nothing with gov.other and little confidence', () => {
    expect(of('嗯')).toMatchObject({ category: 'gov.other', confidence: 0.2, urgency: 'U4', candidates: [] });
  });

  it('gives candidates, the best first', () => {
    const { candidates } = of('化粪池外溢,巷口井盖破了');
    expect(candidates.slice(0, 2).map(({ category }) => category)).toEqual(['env.sewage', 'safety.hazard']);
    expect(candidates[0]?.score).toBeGreaterThanOrEqual(candidates[1]?.score ?? Infinity);
  });
});

describe('a township’s own words and corrections', () => {
  it('weighs a township’s words above the shipped ones, for a new category too', () => {
    const own = withTownship(shippedTaxonomy, [
      { id: 'env.bamboo', zh: '竹凉席厂废水', urgency: 'U3', words: ['凉席水', '竹屑水'] },
    ]);
    expect(classify('凉席水又排到沟里了,臭', own)).toMatchObject({ category: 'env.bamboo', urgency: 'U3' });
    expect(of('凉席水又排到沟里了,臭').category).not.toBe('env.bamboo');
  });

  it('remembers a reclassification for like words, visibly and reversibly', () => {
    const text = '3组那台老机子又不转了';
    const corrected = withCorrections(shippedTaxonomy, [{ text, category: 'water.irrigation' }]);
    expect(classify('5组那台老机子又不转了', corrected).category).toBe('water.irrigation');
    expect(classify('路灯坏了', corrected).category).toBe('power.lamp');
    expect(of(text).category).not.toBe('water.irrigation');
    expect(corrected).toHaveProperty('corrections', [{ text, category: 'water.irrigation' }]);
  });

  it('lets danger go before a correction', () => {
    const corrected = withCorrections(shippedTaxonomy, [{ text: '灶屋着火了', category: 'env.burning' }]);
    expect(classify('灶屋着火了', corrected)).toMatchObject({ category: 'safety.fire', urgency: 'U1' });
  });
});
