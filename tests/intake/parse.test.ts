import { describe, expect, it } from 'vitest';
import { parseLine } from '../../src/intake/parse.ts';
import type { Missing } from '../../src/intake/reading.ts';
import { readAnswer } from '../../src/intake/understand.ts';
import { shippedTaxonomy } from '../../src/taxonomy/index.ts';
import { context, head } from './support.ts';

describe('huiyin parse', () => {
  it('prints exactly the public shape', () => {
    const parsed = parseLine(
      { text: '#上报 3组王家桥路灯坏了两盏', role: 'neighbor_head' },
      null,
      shippedTaxonomy,
    );
    expect(parsed).toEqual({
      ok: true,
      answer: {
        intent: 'report',
        confidence: expect.any(Number),
        cases: [
          {
            category: 'power.lamp',
            urgency: 'U4',
            place: '王家桥',
            group: '3',
            groups: [],
            neighborhood: null,
            village: null,
            households: null,
            since: null,
            summary: expect.stringContaining('路灯坏了'),
            sensitive: false,
            protected: false,
          },
        ],
        command: null,
        parts: [],
        missing: [],
        pii: [],
      },
    });
  });

  it('prints commands without what stays inside, and parts without parts', () => {
    const parsed = parseLine(
      { text: '延期 42 到11月20日 等配件', role: 'officer', at: '2026-11-02T08:30:00+08:00' },
      null,
      shippedTaxonomy,
    );
    expect(parsed).toMatchObject({
      ok: true,
      answer: {
        command: { refs: ['42'], to: null, until: '2026-11-20', reason: '等配件', text: null, score: null },
      },
    });
    const mixed = parseLine(
      { text: '3组路灯坏了，另外养老认证怎么办', role: 'neighbor_head' },
      null,
      shippedTaxonomy,
    );
    expect(mixed).toMatchObject({
      ok: true,
      answer: { intent: 'mixed', parts: [{ intent: 'report' }, { intent: 'consult' }] },
    });
    if (mixed.ok) expect(mixed.answer.parts?.some((part) => 'parts' in part)).toBe(false);
  });

  it.each([
    [null, 'line'],
    [{}, 'text'],
    [{ text: '停水', role: 'king' }, 'role'],
    [{ text: '停水', at: 'soon' }, 'at'],
  ])('names the field that is wrong in %j', (line, field) => {
    const parsed = parseLine(line, null, shippedTaxonomy);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.detail).toContain(field);
  });
});

describe('answers to the one question back', () => {
  const place: readonly Missing[] = ['place'];
  it.each([
    ['3组', { group: '3' }],
    ['三组', { group: '3' }],
    ['3组王家桥', { group: '3', place: '王家桥' }],
    ['在桥头', { place: '桥头' }],
    ['就在老井边那里', { place: '老井边' }],
    ['8邻', { neighborhood: '8' }],
    ['3组和5组', { groups: ['3', '5'] }],
    ['大樟树', { place: '大樟树' }],
    ['说不清', { unknown: true }],
    ['不知道', { unknown: true }],
  ])('%s', (text, answer) => {
    expect(readAnswer(text, place, context('neighbor_head'))).toEqual(answer);
  });

  it.each(['谢谢', '好的', '', '撤回 42', '办结 42', '#上报 5组停水'])('%s is none', (text) => {
    expect(readAnswer(text, place, context('neighbor_head'))).toBeNull();
  });

  it('takes the matter where that was missing', () => {
    expect(readAnswer('路灯不亮', ['matter'], context('neighbor_head'))).toMatchObject({
      matter: '路灯不亮',
      category: 'power.lamp',
    });
    expect(readAnswer('是垃圾没人收', ['category'], context('neighbor_head'))).toMatchObject({
      category: 'env.garbage',
    });
  });
});

describe('what is missing, and what is personal', () => {
  it.each([
    ['路灯坏了', ['place']],
    ['3组路灯坏了', []],
    ['#上报 3组', ['matter']],
    ['低保三个月没到账', []],
    ['有人落水了', ['place']],
  ])('%s misses %j', (text, missing) => {
    expect(head(text).missing).toEqual(missing);
  });

  it.each([
    [
      '我叫张三，身份证430922190001010014，电话13800138000，低保三个月没到账',
      ['mobile', 'id_card', 'named_person'],
    ],
    ['刘桂花确诊肺结核了，大家离她家远点', ['named_person', 'health']],
    ['听说李桂英得了艾滋病', ['named_person', 'health']],
    ['8邻王家小孩，11岁，昨天被他爸打得身上都是伤', ['minor']],
    ['王小明，9岁，到现在没回来', ['named_person', 'minor']],
    ['湘H12345天天堵在路口', ['plate']],
    ['8邻 井盖没了 有小孩走', []],
    ['1户刘奶奶说药吃完了没人去拿', []],
  ])('%s: %j', (text, pii) => {
    expect(head(text).pii).toEqual(pii);
  });

  it('keeps names and numbers out of what may be stored, and nothing of what is not ours', () => {
    const reading = head('我叫张三，电话13800138000，低保三个月没到账');
    expect(reading.masked).toBe('我叫张某，电话138****00，低保三个月没到账');
    expect(reading.cases[0]?.summary).toBe('低保三个月没到账');
    expect(reading.personal.map((one) => one.original)).toEqual(['13800138000', '张三']);
    expect(head('村支书贪污低保款')).toMatchObject({
      intent: 'discipline',
      masked: '',
      personal: [],
      cases: [],
    });
    expect(head('刘桂花确诊肺结核了，大家离她家远点')).toMatchObject({ intent: 'sensitive', cases: [] });
  });
});
