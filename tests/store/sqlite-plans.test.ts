/** Each statement of the store finds its rows by an index: a township of a million rows is as quick as one of ten. */
import { expect, test } from 'vitest';
import { storeOver } from '../../src/store/sqlite/index.ts';
import { openDatabase } from '../../src/store/sqlite/open.ts';

const NAMED = {
  township: 't',
  now: 1,
  limit: 1,
  accounts: '[]',
  settling: '[]',
  status: '[]',
  states: '[]',
  year: 0,
  serial: 0,
  from: 0,
  to: 1,
  at: 1,
  number: '',
};
const ALLOWED = [
  // Asked for by people who look at a list, not in the way of a message.
  /FROM outbox o LEFT JOIN outbox_words w ON w\.id = o\.id\s+WHERE o\.township_id = :township/,
  // Stops at the first row.
  /FROM policies WHERE township_id = \? ORDER BY version DESC LIMIT 1/,
  // All of it, where it has changed: as many rows as a township has heads.
  /^SELECT body FROM bindings WHERE township_id = \? ORDER BY kind, account, external$/,
  // Once, at the start.
  /^SELECT who, max\(expires_at\) FROM prompts GROUP BY who$/,
];

function plansOf(run: (db: ReturnType<typeof openDatabase>) => void): Map<string, string[]> {
  const db = openDatabase(':memory:');
  const plans = new Map<string, string[]>();
  const spy = new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name !== 'prepare') return value.bind(target);
      return (sql: string) => {
        const marks = sql.match(/\?/g)?.length ?? 0;
        const values = /:[a-z]/i.test(sql) ? [NAMED] : Array.from({ length: marks }, () => 1);
        const explain = target.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
        plans.set(
          sql,
          explain.all(...values).map(({ detail }) => detail),
        );
        return target.prepare(sql);
      };
    },
  });
  run(spy);
  return plans;
}

test('no statement walks through a table', () => {
  const plans = plansOf((db) => storeOver(db, { now: () => 0, owner: 'a' }, () => {}));
  expect(plans.size).toBeGreaterThan(40);
  const walks = [...plans].flatMap(([sql, details]) => {
    if (ALLOWED.some((allowed) => allowed.test(sql))) return [];
    // A page of a walk is put together from its own hundred rows.
    const walking = details
      .filter((detail) => !/^SCAN \(subquery/.test(detail))
      .filter(
        (detail) =>
          (detail.startsWith('SCAN ') && !/VIRTUAL TABLE|SCAN \(?[pekn]\b|CONSTANT/.test(detail)) ||
          // The township alone is no search: a database mostly holds one.
          (/\(township_id=\?\)$/.test(detail) &&
            !/COVERING INDEX|counters/.test(detail) &&
            !/ k /.test(detail)),
      );
    return walking.map((detail) => `${sql.replaceAll(/\s+/g, ' ')}: ${detail}`);
  });
  expect(walks).toEqual([]);
});

test('open cases are found by the index that holds nothing else', () => {
  const plans = plansOf((db) => storeOver(db, { now: () => 0, owner: 'a' }, () => {}));
  const used = [...plans].flatMap(([sql, [first]]) =>
    /^SELECT body FROM cases/.test(sql) ? [/INDEX (\w+)/.exec(first ?? '')?.[1]] : [],
  );
  expect(used).toEqual(['cases_serial', 'cases_open_serial']);
});
