/** The callback's envelope and its fields: the documented example, and what strangers may send instead. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decrypt, encrypt, isSame, keyOf, open, seal, signatureOf } from '../crypt.ts';
import { fieldsOf } from '../xml.ts';

const key = Buffer.alloc(32, 5);

describe('encryption', () => {
  test('opens what WeCom’s own samples hold', () => {
    // weworkapi's Sample: token, key, company, echostr and its signature.
    const echo = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
    const aes = keyOf('jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C');
    expect(signatureOf('QDG6eK', '1409659589', '263014780', echo)).toBe(
      '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    );
    expect(aes && open(aes, echo)).toEqual({
      message: '1616140317555161061',
      receiver: 'wx5823bf96d3bd56c7',
    });
  });

  test('gives back what was sealed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (message, receiver) => {
        const whole = {
          message: Buffer.from(message).toString(),
          receiver: Buffer.from(receiver).toString(),
        };
        expect(open(key, seal(key, whole, Buffer.alloc(16, 1)))).toEqual(whole);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decrypt(key, encrypt(key, bytes))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  test('answers whatever it gets', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void decrypt(key, bytes)));
    fc.assert(fc.property(fc.base64String(), (text) => void open(key, text)));
    expect(open(key, '')).toBeNull();
    // A length that leads past the end.
    const long = Buffer.concat([Buffer.alloc(16), Buffer.from([255, 255, 255, 255]), Buffer.from('x')]);
    expect(open(key, encrypt(key, long).toString('base64'))).toBeNull();
    expect(keyOf('short')).toBeNull();
  });

  test('compares without stumbling over lengths', () => {
    expect(isSame('abc', 'abc')).toBe(true);
    expect(isSame('abc', 'abcd')).toBe(false);
    expect(isSame('', 'a')).toBe(false);
  });
});

describe('the fields of an XML', () => {
  const found = (xml: string) => {
    const fields = fieldsOf(xml);
    return fields === null ? null : Object.fromEntries(fields);
  };

  test('are read as CDATA and as they stand', () => {
    const xml =
      '<xml><ToUserName><![CDATA[ww1]]></ToUserName>\n<CreateTime>1793577600</CreateTime><Content><![CDATA[水管 <破> & 漏]]></Content><A>1 &lt; 2 &amp;amp;</A></xml>';
    expect(found(xml)).toEqual({
      ToUserName: 'ww1',
      CreateTime: '1793577600',
      Content: '水管 <破> & 漏',
      A: '1 < 2 &amp;',
    });
    expect(found(`<?xml version="1.0"?>${xml}\n`)).toEqual(found(xml));
  });

  test('are not those that somebody writes into a message', () => {
    const forged =
      '<xml><Content><![CDATA[<FromUserName>boss</FromUserName>]]></Content><FromUserName>lin</FromUserName></xml>';
    expect(found(forged)).toMatchObject({ FromUserName: 'lin' });
    const twice = '<xml><FromUserName>lin</FromUserName><FromUserName>boss</FromUserName></xml>';
    expect(found(twice)).toBeNull();
  });

  test('pass over what holds elements itself', () => {
    const nested = '<xml><ScanCodeInfo><ScanType>qrcode</ScanType></ScanCodeInfo><MsgId>7</MsgId></xml>';
    expect(found(nested)).toEqual({ ScanCodeInfo: '', MsgId: '7' });
  });

  test.each([
    [
      'declared entities',
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>',
    ],
    [
      'a file of ours',
      '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Content>&f;</Content></xml>',
    ],
    ['declarations inside', '<xml><!DOCTYPE x [<!ENTITY a "b">]><Content>&a;</Content></xml>'],
    ['nothing', ''],
    ['another element', '<html></html>'],
    ['no end', '<xml><Content><![CDATA[abc</Content></xml>'],
    ['words outside', '<xml>words<A>1</A></xml>'],
    ['attributes', '<xml><A b="c">1</A></xml>'],
    ['too many', `<xml>${Array.from({ length: 101 }, (_, i) => `<A${i}>1</A${i}>`).join('')}</xml>`],
  ])('are none where there are %s', (_, xml) => {
    expect(fieldsOf(xml)).toBeNull();
  });

  test('expand no entity', () => {
    expect(found('<xml><A>&a;&#65;</A></xml>')).toEqual({ A: '&a;&#65;' });
  });

  test('come in time from whatever is sent', () => {
    const unit = fc.constantFrom(
      '<',
      '>',
      '</',
      '<xml>',
      '</xml>',
      '<A>',
      '</A>',
      '<![CDATA[',
      ']]>',
      '&amp;',
      'x',
      ' ',
    );
    fc.assert(fc.property(fc.string({ unit }), (xml) => void fieldsOf(`<xml>${xml}</xml>`)));
    expect(fieldsOf(`<xml>${'<'.repeat(200_000)}</xml>`)).toBeNull();
    expect(fieldsOf(`<xml><A>${' '.repeat(200_000)}`)).toBeNull();
  });
});
