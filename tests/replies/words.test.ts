/** Single rules of the words, each with the case that would go wrong without it. */
import { describe, expect, it } from 'vitest';
import type { Brief, Say } from '../../src/domain/messages.ts';
import { contactSlot, fillContact } from '../../src/replies/contact-slot.ts';
import { wordsContext } from '../../src/replies/context.ts';
import { clip } from '../../src/replies/lines.ts';
import { reference, shortNumber, typed } from '../../src/replies/reference.ts';
import { render } from '../../src/replies/render.ts';
import { brief, NOW } from './samples.ts';
import { policy } from './township.ts';

const ctx = wordsContext(policy, NOW, false);
const say = (say: Say, at = NOW): string => render(say, wordsContext(policy, at, false));
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const receipt = (changes: Partial<Brief>): string =>
  say({ template: 'receipt', params: { brief: { ...brief, ...changes }, known: false, fromPost: false } });

describe('numbers', () => {
  it('are padded in words and bare where people type them', () => {
    expect([reference('LC2611-0042', ctx), typed('LC2611-0042', ctx)]).toEqual(['#0042', '42']);
    expect(shortNumber('LC2611-12345')).toBe('#12345');
  });
  it('of an earlier year are written in full, since the serial means another case now', () => {
    expect([reference('LC2512-0042', ctx), typed('LC2512-0042', ctx)]).toEqual([
      '#0042（LC2512-0042）',
      'LC2512-0042',
    ]);
  });
  it('nobody knows are said back as they were written', () => {
    expect([reference('77', ctx), typed('77', ctx)]).toEqual(['#0077', '77']);
    expect(reference('GZ-20261012-007', ctx)).toBe('#GZ-20261012-007');
  });
  it('that do not exist look the same as those one may not see', () => {
    const refused = (number: string) =>
      say({
        template: 'refused',
        params: {
          code: 'no_such_case',
          command: 'status',
          number,
          state: null,
          turnTo: null,
          candidates: [],
          date: null,
          word: null,
        },
      });
    expect(refused('LC2512-0042')).toBe(refused('42'));
  });
});

describe('dates', () => {
  it('near ones by name too, later ones by the day alone, another year with its number', () => {
    expect(receipt({ dueAt: at('2026-11-02T17:30') })).toContain('最迟今天（11月2日）17:30前');
    expect(receipt({ dueAt: at('2026-11-03T12:00') })).toContain('最迟明天（11月3日）12:00前');
    expect(receipt({ dueAt: at('2026-11-09T17:30') })).toContain('最迟11月9日给您回话');
    expect(receipt({ dueAt: at('2027-01-05T17:30') })).toContain('最迟2027年1月5日给您回话');
  });
  it('by the township’s clock, not the machine’s', () => {
    const late = {
      ...policy,
      roster: { ...policy.roster, township: { ...policy.roster.township, timezone: 'America/New_York' } },
    };
    const text = render(
      { template: 'accepted', params: { brief: { ...brief, dueAt: Date.parse('2026-11-10T02:00:00Z') } } },
      wordsContext(late, NOW, false),
    );
    expect(text).toContain('最迟11月9日');
  });
  it('gone by are not promised again', () => {
    const text = say({ template: 'accepted', params: { brief } }, at('2026-11-12T09:00'));
    expect(text).toContain('原定11月9日');
    expect(text).not.toContain('最迟');
  });
});

describe('places', () => {
  it('are said once where place and category or group share words', () => {
    expect(receipt({ place: '村部门口路灯' })).toContain('3组村部门口路灯不亮。');
    expect(receipt({ place: '3组王家桥' })).toContain('：3组王家桥路灯不亮。');
  });
  it('take a 的 where they end beside something', () => {
    expect(receipt({ place: '石板桥那边' })).toContain('3组石板桥那边的路灯不亮。');
  });
  it('that say whose home it is are left out in a group, and kept in private', () => {
    const inGroup = (place: string): string =>
      render(
        { template: 'receipt', params: { brief: { ...brief, place }, known: false, fromPost: false } },
        wordsContext(policy, NOW, true),
      );
    expect(inGroup('王大爷家门口')).toContain('：3组路灯不亮。');
    expect(inGroup('林秀英屋后')).toContain('：3组路灯不亮。');
    expect(inGroup('刘家大屋')).toContain('：3组刘家大屋路灯不亮。');
    expect(receipt({ place: '王大爷家门口' })).toContain('：3组王大爷家门口的路灯不亮。');
  });
  it('of four groups are counted', () => {
    expect(receipt({ place: null, groups: ['ltw-g2', 'ltw-g3', 'ltw-g5', 'ltw-g6'] })).toContain(
      '2组等4个组',
    );
  });
});

describe('the words of an assignment', () => {
  const assignment = (summary: string, text: string): string | undefined =>
    say({
      template: 'assignment',
      params: {
        brief: { ...brief, summary, households: null, since: null },
        text,
        responseDueAt: null,
        reporter: null,
        hasContact: false,
        media: 0,
        redo: false,
        history: [],
      },
    })
      .split('\n')
      .find((line) => line.startsWith('情况：'));
  it('are said once where summary and message are the same but for marks and punctuation', () => {
    expect(assignment('路灯坏了，两盏', '#上报 路灯坏了,两盏')).toBe('情况：路灯坏了，两盏');
    expect(assignment('水管漏水', '【上报】\n情况：水管漏水')).toBe('情况：水管漏水');
    expect(assignment('路灯坏了', '【上报】：王家桥路灯坏了，快来')).toBe('情况：王家桥路灯坏了，快来');
  });
  it('are both there where they differ', () => {
    expect(assignment('路灯坏了', '晚上看不见')).toBe('情况：路灯坏了（原话：晚上看不见）');
  });
});

describe('the first office', () => {
  it('is named until the new one accepts, then no more', () => {
    const moved = { ...brief, office: 'gongdian', firstOffice: 'cunjian' };
    const status = (state: Brief['state']) =>
      say({
        template: 'status',
        params: { items: [{ brief: { ...moved, state }, answer: null, rating: null }], more: 0 },
      });
    expect(status('assigned')).toContain('接单前村建办也管着');
    expect(status('in_progress')).not.toContain('村建办');
  });
});

describe('contacts', () => {
  it('are put in while sending; the words hold only their place', () => {
    const vault = 'LC2611-0042/mobile';
    const text = say({ template: 'contact', params: { number: brief.number, field: 'mobile', vault } });
    expect(text).toContain(contactSlot(vault));
    expect(fillContact(text, vault, '13900139000')).toContain('联系电话：13900139000');
  });
});

describe('cutting', () => {
  it('never splits a character and keeps short words whole', () => {
    expect(clip('😀😀😀😀', 3)).toBe('😀😀…');
    expect(clip(' 两  行\n字 ', 10)).toBe('两 行 字');
  });
});
