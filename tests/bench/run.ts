/**
 * `npm run bench`: one JSON line a row, to be read with docs/performance.md. `npm run bench -- chatter`
 * measures one of them; `--pairs 3` makes it short.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chatter } from './chatter.ts';
import { memory } from './memory.ts';
import { month } from './month.ts';
import { overdue } from './overdue.ts';
import { pipeline } from './pipeline.ts';
import type { BenchRow } from './row.ts';
import { startup } from './startup.ts';
import { yuanbao } from './yuanbao.ts';

/** Another row is another line here. */
const ROWS: readonly BenchRow[] = [
  { name: 'pipeline', measure: pipeline },
  { name: 'chatter', measure: chatter },
  { name: 'startup', measure: startup },
  { name: 'memory', measure: memory },
  { name: 'overdue', measure: overdue },
  { name: 'month', measure: month },
  { name: 'yuanbao', measure: yuanbao },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '9' },
    slice: { type: 'string', default: '500' },
    small: { type: 'boolean', default: false },
  },
});
const wanted = ROWS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (wanted.length === 0) {
  console.error(`rows: ${ROWS.map(({ name }) => name).join(', ')}`);
  process.exitCode = 2;
}
for (const { name, measure } of wanted) {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-bench-'));
  try {
    const { pairs, slice, small } = values;
    const result = await measure({ folder, pairs: Number(pairs), slice: Number(slice), small });
    console.log(JSON.stringify({ row: name, ...result }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
