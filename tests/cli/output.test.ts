import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { Output } from '../../src/cli/output.ts';

describe('output', () => {
  test('gathers lines and waits for a slow reader', async () => {
    const pieces: number[] = [];
    let waiting = 0;
    const slow = new Writable({
      write(chunk, _, done) {
        waiting++;
        expect(waiting).toBe(1);
        pieces.push(chunk.length);
        setImmediate(() => {
          waiting--;
          done();
        });
      },
    });
    const output = new Output(slow);
    for (let n = 0; n < 5_000; n++) {
      output.write(`${'x'.repeat(99)}\n`);
      await output.pace();
    }
    await output.flush();
    expect(pieces.reduce((sum, length) => sum + length, 0)).toBe(500_000);
    expect(pieces.length).toBeLessThan(10);
  });

  test('a reader that has gone closes it without an error; a full disk is one', async () => {
    const failing = (code: string) =>
      new Output(
        new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) }),
      );
    const gone = failing('EPIPE');
    gone.write('x');
    await gone.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(gone.closed).toBe(true);
    const full = failing('ENOSPC');
    full.write('x');
    await full.flush().catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    full.write('x');
    await expect(full.flush()).rejects.toThrow('ENOSPC');
  });
});
