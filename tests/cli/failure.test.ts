import { describe, expect, test } from 'vitest';
import { asFailure, CliError, printFailure } from '../../src/cli/failure.ts';
import { storeError } from '../../src/store/errors.ts';

const printed = (error: unknown): string => {
  let text = '';
  printFailure(asFailure(error), {
    write: (piece: string) => {
      text += piece;
    },
  });
  return text;
};

describe('an error of the command line', () => {
  test('says what happened, what is safe and what to do next', () => {
    const lines = printed(storeError('full')).trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('磁盘已满');
    expect(lines[2]).toMatch(/^下一步：腾出/);
    expect(asFailure(storeError('full')).exit).toBe(1);
  });

  test('knows a system’s code, also behind another error', () => {
    const cause = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });
    expect(printed(new Error('端口 8790 已被占用', { cause }))).toContain('换一个端口');
    expect(printed(cause)).toContain('换一个端口');
  });

  test('a bug names itself and asks for its log', () => {
    expect(printed(new TypeError('x is undefined'))).toMatch(
      /程序出错了：x is undefined[\s\S]*HUIYIN_LOG=debug/,
    );
    expect(printed('thrown text')).toContain('thrown text');
  });

  test('leaves out what nobody has to say', () => {
    expect(printed(new CliError(2, { what: '写错了。' }))).toBe('写错了。\n');
  });
});
