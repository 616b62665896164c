/** The rows that make whole registers still run, at a size at which their figures say nothing. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const RUN = fileURLToPath(new URL('./run.ts', import.meta.url));

test('the large rows measure what they say, in small', { timeout: 60_000 }, async () => {
  const { promise: said, resolve, reject } = Promise.withResolvers<string>();
  const args = [RUN, 'overdue', 'month', 'yuanbao', '--small'];
  execFile(process.execPath, args, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
  const [overdue, month, yuanbao] = (await said)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(overdue).toMatchObject({ row: 'overdue', sizes: { few: 300, many: 3000 }, due: 200 });
  expect(month).toMatchObject({ row: 'month', cases: 3000 });
  expect(month.queries).toBeGreaterThan(10);
  expect(yuanbao).toMatchObject({ row: 'yuanbao', received: 60, closed: 55 });
});
