import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuote } from '../quote.ts';

const LINE = '- - - - - - - - - - - - - - -';

describe('a quote in a text', () => {
  test.each([
    ['as the phone writes it', `「张三：路灯坏了」\n${LINE}\n收到`, '路灯坏了', '收到'],
    ['a picture', `「张三：[图片]」\n${LINE}\n收到`, '[图片]', '收到'],
    ['of several lines', `「张三：一\n二\n\n三」\n${LINE}\n收到\n明天去`, '一\n二\n\n三', '收到\n明天去'],
    ['without a name', `「路灯坏了」\n${LINE}\n收到`, '路灯坏了', '收到'],
    [
      'without a name, whose number must stay',
      `「记下了 #0042：路灯不亮」\n${LINE}\n收到`,
      '记下了 #0042：路灯不亮',
      '收到',
    ],
    ['with a colon of the Latin kind', `「Li:lamp」\n${LINE}\nok`, 'lamp', 'ok'],
    ['with hyphens', '「张三：一」\n------\n收到', '一', '收到'],
    ['with drawn dashes', '「张三：一」\n———————————\n收到', '一', '收到'],
    ['with box drawing', '「张三：一」\n──────────\n收到', '一', '收到'],
    ['with heavy minus signs', '「张三：一」\n➖➖➖➖➖\n收到', '一', '收到'],
    ['with line ends of Windows', `「张三：一」\r\n${LINE}\r\n收到`, '一', '收到'],
    ['with spaces around', `  「张三：一」 \n ${LINE}  \n  收到 `, '一', '收到'],
    ['with an empty line before the line', `「张三：一」\n\n${LINE}\n收到`, '一', '收到'],
    ['of a quote', `「李四：「张三：一」\n${LINE}\n二」\n${LINE}\n三`, `「张三：一」\n${LINE}\n二`, '三'],
    ['of a bracket without its other half', `「张三：看「这里」\n${LINE}\n收到`, '看「这里', '收到'],
    ['of dashes', `「张三：一\n---\n二」\n${LINE}\n三`, '一\n---\n二', '三'],
    ['with an answer of dashes', `「张三：一」\n${LINE}\n二\n---\n三`, '一', '二\n---\n三'],
    ['of brackets in the words', `「张三：去「便民中心」办」\n${LINE}\n收到`, '去「便民中心」办', '收到'],
    ['without an answer', `「张三：一」\n${LINE}`, '一', ''],
    [
      'of a link, which is XML',
      `「张三：<?xml version="1.0"?>\n<msg><appmsg/></msg>」\n${LINE}\n收到`,
      null,
      '收到',
    ],
  ])('%s', (_, text, quoted, answer) => {
    expect(parseQuote(text)).toEqual({ quote: { id: null, text: quoted }, text: answer });
  });

  test.each([
    ['words', '路灯坏了'],
    ['brackets only', '「张三：路灯坏了」'],
    ['brackets and other words', '「便民中心」什么时候开门'],
    ['brackets and a second line', '「便民中心」\n什么时候开门'],
    ['too few dashes', '「张三：一」\n--\n收到'],
    ['a line before the brackets close', `「张三：一\n${LINE}\n收到`],
    ['brackets later', `请看\n「张三：一」\n${LINE}\n收到`],
  ])('is none in %s', (_, text) => {
    expect(parseQuote(text)).toEqual({ quote: null, text });
  });

  test('gives back what was put in, whoever said what', () => {
    const words = fc
      .string({
        unit: fc.constantFrom('路', '灯', '#', '4', '2', '，', ' ', 'a'),
        minLength: 1,
        maxLength: 60,
      })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const name = fc.string({
      unit: fc.constantFrom('张', '三', '村', 'A', '-', ' '),
      minLength: 1,
      maxLength: 16,
    });
    fc.assert(
      fc.property(name, words, words, (who, said, answer) => {
        expect(parseQuote(`「${who}：${said}」\n${LINE}\n${answer}`)).toEqual({
          quote: { id: null, text: said },
          text: answer,
        });
      }),
    );
  });

  test('takes no time that grows faster than the text', () => {
    const deep = `${'「张三：'.repeat(20_000)}\n${`」\n${LINE}\n`.repeat(5_000)}`;
    expect(parseQuote(deep).text.length).toBeLessThanOrEqual(deep.length);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('「', '」', '\n', '-', ' ', '：', '➖') }), (text) => {
        const { quote, text: answer } = parseQuote(text);
        expect(answer.length + (quote?.text?.length ?? 0)).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
