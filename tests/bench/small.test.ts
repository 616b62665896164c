/** The rows that make whole registers still run, at a size at which their figures say nothing. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url));

test('the large rows measure what they say, in small', { timeout: 60_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    RUN,
    ...['overdue', 'month', 'yuanbao'],
    '--small',
  ]);
  const [overdue, month, yuanbao] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(overdue).toMatchObject({ row: 'overdue', sizes: { few: 300, many: 3000 }, due: 200 });
  expect(month).toMatchObject({ row: 'month', cases: 3000 });
  expect(month.queries).toBeGreaterThan(10);
  expect(yuanbao).toMatchObject({ row: 'yuanbao', received: 60, closed: 55 });
});
