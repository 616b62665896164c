/** Reading for a digest; see ../sqlite/walks.ts. */
import type { Instant } from '../../domain/case.ts';
import type { CategoryCount, WalkMark, WalkOptions, WalkPage } from '../port.ts';
import type { Run, Statement } from './tables.ts';

const statement = (name: string, text: string): Statement => ({ name, text });

const ACTIVE = statement(
  'active_cases',
  `SELECT active_until AS at, number, body::text AS text FROM cases
    WHERE township_id = $1 AND (active_until, number) > ($2, $3)
    ORDER BY active_until, number LIMIT $4`,
);
const kept = (name: string): string => `'${name}', body->'${name}'`;
const SETTLED = statement(
  'settled_cases',
  `SELECT received_at AS at, number,
          json_build_object('number', number, 'receivedAt', received_at, 'category', category, 'village', village,
            'state', state, ${['protected', 'sensitive', 'groups', 'place'].map(kept).join(', ')})::text AS text
     FROM cases
    WHERE township_id = $1 AND (received_at, number) > ($2, $3) AND received_at < $5 AND active_until < $5
    ORDER BY received_at, number LIMIT $4`,
);
const EVENTS = statement(
  'events_json',
  `SELECT json_build_object('case', e.case_number, 'seq', e.seq, 'type', e.type, 'at', e.at, 'by', e.by,
            'behalf', e.behalf, 'message', e.message, 'data', e.data)::text AS text
     FROM unnest($2::text[]) WITH ORDINALITY n(number, ord)
     JOIN events e ON e.township_id = $1 AND e.case_number = n.number ORDER BY n.ord, e.seq`,
);
const RECEIVED = statement(
  'received',
  `SELECT category, count(*)::int AS count FROM cases
    WHERE township_id = $1 AND received_at >= $2 AND received_at < $3 GROUP BY category ORDER BY category`,
);
const FIRST = statement(
  'first_received',
  'SELECT received_at AS at FROM cases WHERE township_id = $1 ORDER BY received_at LIMIT 1',
);

interface TextRow extends WalkMark {
  readonly text: string;
}

const jsonOf = (rows: readonly Pick<TextRow, 'text'>[]): Uint8Array =>
  Buffer.from(`[${rows.map(({ text }) => text).join(',')}]`);

function pageOf(rows: readonly TextRow[]): WalkPage {
  const last = rows.at(-1);
  return {
    numbers: rows.map(({ number }) => number),
    last: last === undefined ? null : { at: last.at, number: last.number },
    json: jsonOf(rows),
  };
}

function rangeOf(township: string, { from, after, limit }: WalkOptions): readonly unknown[] {
  const { at, number } = after ?? { at: from, number: '' };
  return [township, at, number, limit];
}

export function walksOver(run: Run) {
  return {
    activeCases: async (township: string, walk: WalkOptions): Promise<WalkPage> =>
      pageOf(await run<TextRow>(ACTIVE, rangeOf(township, walk))),
    settledCases: async (township: string, walk: WalkOptions & { readonly to: Instant }): Promise<WalkPage> =>
      pageOf(await run<TextRow>(SETTLED, [...rangeOf(township, walk), walk.to])),
    eventsJson: async (township: string, numbers: readonly string[]): Promise<Uint8Array> =>
      jsonOf(await run<Pick<TextRow, 'text'>>(EVENTS, [township, numbers])),
    received: async (township: string, from: Instant, to: Instant): Promise<readonly CategoryCount[]> => {
      const rows = await run<{ category: string; count: number }>(RECEIVED, [township, from, to]);
      return rows.map(({ category, count }) => [category, count]);
    },
    firstReceived: async (township: string): Promise<Instant | null> =>
      (await run<{ at: Instant }>(FIRST, [township]))[0]?.at ?? null,
  };
}
