import { describe, expect, it } from 'vitest';
import { refsInQuote } from '../../src/intake/commands/refs.ts';
import { dateInWords } from '../../src/intake/deadline-words.ts';
import { readHouseholds } from '../../src/intake/households.ts';
import { normalise } from '../../src/intake/normalise.ts';
import { readPlace } from '../../src/intake/place.ts';
import { partQuote } from '../../src/intake/quoted.ts';
import { readSince } from '../../src/intake/since.ts';
import { splitPieces } from '../../src/intake/split.ts';
import { MONDAY } from './support.ts';

describe('a date by which something will be done', () => {
  it.each([
    ['到11月20日', '2026-11-20'],
    ['12月10日前', '2026-12-10'],
    ['10月25日', '2027-10-25'],
    ['2026年12月1日', '2026-12-01'],
    ['2026-12-01', '2026-12-01'],
    ['12-5', '2026-12-05'],
    ['20号', '2026-11-20'],
    ['下月5号', '2026-12-05'],
    ['明年3月', '2027-03-31'],
    ['12月底', '2026-12-31'],
    ['月底', '2026-11-30'],
    ['下个月底', '2026-12-31'],
    ['年底前', '2026-12-31'],
    ['明天', '2026-11-03'],
    ['后天', '2026-11-04'],
    ['周三', '2026-11-04'],
    ['下周三', '2026-11-11'],
    ['这周五', '2026-11-06'],
    ['本周内', '2026-11-08'],
    ['3天后', '2026-11-05'],
    ['三天', '2026-11-05'],
    ['一周', '2026-11-09'],
    ['半个月', '2026-11-17'],
    ['5个工作日', '2026-11-09'],
    ['十一月二十日', '2026-11-20'],
  ])('%s is %s', (words, until) => {
    expect(dateInWords(words, MONDAY)).toMatchObject({ until, past: false });
  });

  it('knows a past day by its year, and no relative day without the day of the message', () => {
    expect(dateInWords('2026年10月1日', MONDAY)).toMatchObject({ until: '2026-10-01', past: true });
    expect(dateInWords('昨天', MONDAY)).toMatchObject({ past: true });
    expect(dateInWords('下周三', null)).toBeNull();
    expect(dateInWords('到10月25日', null)).toMatchObject({ until: '10-25' });
    expect(dateInWords('2月30日', MONDAY)).toBeNull();
    expect(dateInWords('42号井盖', MONDAY)).toBeNull();
  });
});

describe('since when', () => {
  it.each([
    ['从昨天下午起停水', '2026-11-01'],
    ['今早就没电了', '2026-11-02'],
    ['前天晚上开始', '2026-10-31'],
    ['三天没拉了', '2026-10-30'],
    ['停了5天了', '2026-10-28'],
    ['一个星期没人来', '2026-10-26'],
    ['半个月了', '2026-10-18'],
    ['11月1日起', '2026-11-01'],
    ['12月1日起', '2025-12-01'],
    ['上周五', '2026-10-30'],
    ['路灯坏了', null],
  ])('%s: %s', (words, since) => {
    expect(readSince(words, MONDAY)).toBe(since);
  });

  it('stays null without the day of the message', () => {
    expect(readSince('昨天起停水', null)).toBeNull();
  });
});

describe('households', () => {
  it.each([
    ['涉及18户', 18],
    ['3组12户，5组8户停水', 20],
    ['十二户没水', 12],
    ['30多户', 30],
    ['走访12户：11户没事', null],
    ['1户刘奶奶药吃完了', null],
    ['一户一策', null],
    ['户口', null],
  ])('%s: %s', (words, count) => {
    expect(readHouseholds(normalise(words))).toBe(count);
  });
});

describe('places', () => {
  it.each([
    ['3组王家桥路灯坏了', { group: '3', landmark: '王家桥' }],
    ['第三村民组老井边', { group: '3', landmark: '老井边' }],
    ['三、五、七组停水', { groups: ['3', '5', '7'], landmark: null }],
    ['1-4组停电', { groups: ['1', '2', '3', '4'] }],
    ['3-12邻停水', { group: '3', neighborhood: '12' }],
    ['青山片3组12邻', { zone: '青山片', group: '3', neighborhood: '12' }],
    ['石桥村2组学校后面', { village: '石桥村', group: '2', landmark: '学校后面' }],
    ['桥头小卖部水管爆了', { landmark: '桥头小卖部' }],
    ['昨晚上王家桥的灯', { landmark: '王家桥' }],
    ['2号桥护栏断了', { landmark: '2号桥' }],
    ['二号桥下面', { landmark: '二号桥下面' }],
    ['幸福小区3栋2单元', { landmark: '幸福小区3栋2单元' }],
    ['有人在塘边放药', { landmark: null }],
    ['有人掉水库里了', { landmark: null }],
    ['我家门口', { landmark: null }],
    ['水泥路裂了', { landmark: null }],
    ['排水沟堵了', { landmark: null }],
    ['隔壁占了我家宅基地', { landmark: null }],
    ['山体滑坡', { landmark: null }],
    ['下河洗澡', { landmark: null }],
    ['鱼死了一片', { zone: null }],
    ['邻居吵架', { neighborhood: null }],
    ['一组数据', { group: null }],
  ])('%s', (words, place) => {
    expect(readPlace(normalise(words), null)).toMatchObject(place);
  });
});

describe('the normal form', () => {
  it.each([
    ['自来谁谁压', '自来水水压'],
    ['变呀器', '变压器'],
    ['井该没了', '井盖没了'],
    ['地點：六組黃家坳', '地点:6组黄家坳'],
    ['＃上报　３组', '#上报 3组'],
    ['停\u200b电', '停电'],
    ['红绿灯不亮', '红绿灯不亮'],
    ['一路等了三天', '一路等了三天'],
    ['拖拉机', '拖拉机'],
    ['这事谁管', '这事谁管'],
  ])('%s → %s', (words, form) => {
    expect(normalise(words)).toBe(form);
  });
});

describe('quotes, pieces, references', () => {
  it('sets a quote apart and knows what is forwarded', () => {
    expect(partQuote('「李明：#0042 换好了」\n- - - - - - - -\n谢谢')).toMatchObject({
      own: '谢谢',
      quote: '李明：#0042 换好了',
    });
    expect(partQuote('[聊天记录]')).toMatchObject({ forwarded: true });
    expect(partQuote('[语音]12"')).toMatchObject({ placeholder: 'voice', own: '' });
    expect(partQuote('[位置]')).toMatchObject({ placeholder: 'location' });
  });

  it('splits lists and turns, not the groups of one matter', () => {
    const texts = (words: string): string[] =>
      splitPieces(normalise(words))
        .filter((piece) => piece.fresh)
        .map((piece) => piece.text);
    expect(texts('①路灯坏了 ②水沟堵了')).toEqual(['路灯坏了', '水沟堵了']);
    expect(texts('一是停水，二是停电')).toEqual(['停水', '停电']);
    expect(texts('路灯坏了，另外水沟堵了；还有狗没拴')).toEqual(['路灯坏了', '水沟堵了', '狗没拴']);
    expect(texts('3组、5组、7组都停水')).toEqual(['3组、5组、7组都停水']);
  });

  it('takes the short number of the first line of a quote', () => {
    expect(refsInQuote('#0042 3组路灯\n另见 #0040')).toEqual(['42']);
    expect(refsInQuote('LC2611-0042（#0042）已办结')).toEqual(['LC2611-0042']);
    expect(refsInQuote('今天 3组 5户')).toEqual([]);
    expect(refsInQuote(null)).toEqual([]);
  });
});
