/**
 * Reading for a digest. A page's JSON is put together by the database: a hundred rows as one value cost a third of
 * what they cost as rows, and whoever wants them decodes them elsewhere.
 */
import type { Instant } from '../../domain/case.ts';
import type { CategoryCount, WalkOptions, WalkPage } from '../port.ts';
import type { Handle } from './tables.ts';

interface PageRow {
  readonly numbers: string;
  readonly at: Instant | null;
  readonly json: Uint8Array;
}

const listOf = (text: string, order: string): string =>
  `CAST('[' || coalesce(group_concat(${text}, ',' ORDER BY ${order}), '') || ']' AS BLOB)`;

const pageOf = (rows: string): string =>
  `SELECT json_group_array(number ORDER BY at, number) AS numbers, max(at) AS at,
          ${listOf('text', 'at, number')} AS json FROM (${rows})`;

const ACTIVE = pageOf(
  `SELECT active_until AS at, number, body AS text FROM cases
    WHERE township_id = :township AND (active_until, number) > (:at, :number)
    ORDER BY active_until, number LIMIT :limit`,
);

const kept = (name: string): string => `'${name}', body->'$.${name}'`;

const SETTLED = pageOf(
  `SELECT received_at AS at, number,
          json_object('number', number, 'receivedAt', received_at, 'category', category, 'village', village,
            'state', state, ${['protected', 'sensitive', 'groups', 'place'].map(kept).join(', ')}) AS text
     FROM cases
    WHERE township_id = :township AND (received_at, number) > (:at, :number) AND received_at < :to
      AND active_until < :to
    ORDER BY received_at, number LIMIT :limit`,
);

const EVENT = `'{"case":' || json_quote(e.case_number) || ',"seq":' || e.seq || ',"type":' || json_quote(e.type)
  || ',"at":' || e.at || ',"by":' || json_quote(e.by) || ',"behalf":' || coalesce(e.behalf, 'null')
  || ',"message":' || json_quote(e.message) || ',"data":' || e.data || '}'`;

const EVENTS = `SELECT ${listOf(EVENT, 'n.key, e.seq')}
  FROM json_each(?) n CROSS JOIN events e ON e.township_id = ? AND e.case_number = n.value`;

const RECEIVED = `SELECT category, count(*) FROM cases
  WHERE township_id = ? AND received_at >= ? AND received_at < ? GROUP BY category ORDER BY category`;

const FIRST = 'SELECT received_at FROM cases WHERE township_id = ? ORDER BY received_at LIMIT 1';

function walker(db: Handle, sql: string) {
  const query = db.prepare<unknown[], PageRow>(sql);
  return (township: string, { from, after, ...rest }: WalkOptions): WalkPage => {
    const { at, number } = after ?? { at: from, number: '' };
    const row = query.get({ township, at, number, ...rest });
    if (row === undefined) throw new Error('an aggregate always has a row');
    const numbers = JSON.parse(row.numbers) as readonly string[];
    const last = numbers.at(-1);
    return {
      numbers,
      last: last === undefined || row.at === null ? null : { at: row.at, number: last },
      json: row.json,
    };
  };
}

export function prepareWalks(db: Handle) {
  const active = walker(db, ACTIVE);
  const settled = walker(db, SETTLED);
  const events = db.prepare<unknown[], Uint8Array>(EVENTS).pluck();
  const received = db.prepare<unknown[], [string, number]>(RECEIVED).raw();
  const first = db.prepare<unknown[], Instant>(FIRST).pluck();
  return {
    activeCases: (township: string, walk: WalkOptions): WalkPage => active(township, walk),
    settledCases: (township: string, walk: WalkOptions & { readonly to: Instant }): WalkPage =>
      settled(township, walk),
    eventsJson: (township: string, numbers: readonly string[]): Uint8Array =>
      events.get(JSON.stringify(numbers), township) ?? new Uint8Array(),
    received: (township: string, from: Instant, to: Instant): readonly CategoryCount[] =>
      received.all(township, from, to),
    firstReceived: (township: string): Instant | null => first.get(township) ?? null,
  };
}
