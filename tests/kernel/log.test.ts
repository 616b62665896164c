import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createLogger, type LogFields, levelFrom, redacted, redactedText } from '../../src/kernel/log.ts';

describe('what reaches the log', () => {
  test('telling fields are replaced at any depth, others stay', () => {
    const fields = {
      token: 'a',
      appSecret: 'b',
      headers: { Authorization: 'c', cookie: 'd', 'x-context': 'kept' },
      people: [{ id: 'lin', phone: '13800138001', idCard: '1', id_card: '2', text: '王家桥…' }],
      context: 'kept',
      count: 3,
    };
    expect(redacted(fields)).toEqual({
      token: '[removed]',
      appSecret: '[removed]',
      headers: { Authorization: '[removed]', cookie: '[removed]', 'x-context': 'kept' },
      people: [
        { id: 'lin', phone: '[removed]', idCard: '[removed]', id_card: '[removed]', text: '[removed]' },
      ],
      context: 'kept',
      count: 3,
    });
  });

  test('tokens and personal numbers inside strings are masked', () => {
    expect(redactedText('GET /cgi-bin/get?access_token=abc123&x=1')).toBe(
      'GET /cgi-bin/get?access_token=[removed]&x=1',
    );
    expect(
      redactedText('https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe'),
    ).toBe('https://api.telegram.org/bot123456789:[removed]/getMe');
    expect(redactedText('Authorization: Bearer eyJh.eyJz.abc')).toBe('Authorization: Bearer [removed]');
    expect(redactedText('call 13800138001')).not.toContain('13800138001');
    expect(redactedText('case LC2611-0001 at 2026-11-02T08:30:00+08:00')).toBe(
      'case LC2611-0001 at 2026-11-02T08:30:00+08:00',
    );
  });

  test('errors keep their cause and lose their secrets; circles end', () => {
    const error = new Error('send failed', { cause: new Error('token=abc') });
    expect(redacted({ error })).toMatchObject({
      error: { name: 'Error', message: 'send failed', cause: { message: 'token=[removed]' } },
    });
    expect(JSON.stringify(redacted({ error }))).not.toContain('abc');
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(JSON.stringify(redacted(circle))).toContain('[deeper]');
    expect(redacted({ at: new Date(0), big: 1n, bytes: Buffer.from('x') })).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      big: '1',
      bytes: '[1 bytes]',
    });
  });

  test('a child carries its name below its parent’s', () => {
    const lines: [string, LogFields, string][] = [];
    const log = createLogger((level, fields, message) => lines.push([level, fields, message]));
    log.child('adapter').child('bridge').warn('slow', { password: 'x' });
    log.info('started');
    expect(lines).toEqual([
      ['warn', { name: 'adapter.bridge', password: '[removed]' }, 'slow'],
      ['info', {}, 'started'],
    ]);
  });
});

describe('the level', () => {
  test('from HUIYIN_LOG; silent under a test runner; an unknown word is info', () => {
    expect(levelFrom({})).toBe('info');
    expect(levelFrom({ HUIYIN_LOG: ' Debug ' })).toBe('debug');
    expect(levelFrom({ HUIYIN_LOG: 'loud' })).toBe('info');
    expect(levelFrom({ VITEST: 'true' })).toBe('silent');
    expect(levelFrom({ VITEST: 'true', HUIYIN_LOG: 'warn' })).toBe('warn');
  });

  const script = `
    import { log } from './src/kernel/log.ts';
    import { createRequire } from 'node:module';
    const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('/pino/'));
    console.log(loaded());
    log.debug('unheard');
    console.log(loaded());
    log.child('desk').info('heard', { token: 'x' });
    console.log(loaded());
  `;

  test('lines go to stderr, and pino is loaded only when one is written', () => {
    const stderr = execFileSync(
      'sh',
      ['-c', '"$0" --input-type=module-typescript -e "$1" 2>&1 >/dev/null', process.execPath, script],
      {
        env: { HUIYIN_LOG: 'info' },
        encoding: 'utf8',
      },
    );
    expect(JSON.parse(stderr)).toMatchObject({ level: 30, name: 'desk', msg: 'heard', token: '[removed]' });
    const stdout = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
      env: { HUIYIN_LOG: 'info' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(stdout.trim().split('\n')).toEqual(['false', 'false', 'true']);
  });
});
