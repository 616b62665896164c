/** The same tables on PostgreSQL; what they are for is said in ../sqlite/schema-bindings.ts. */
import { sql } from 'drizzle-orm';
import { index, json, pgTable, primaryKey } from 'drizzle-orm/pg-core';
import type { Binding, BindingCode } from '../../domain/binding.ts';
import { instant, text } from './types.ts';

const township = () => text('township_id').notNull();

export const bindings = pgTable(
  'bindings',
  {
    townshipId: township(),
    kind: text('kind').$type<Binding['kind']>().notNull(),
    account: text('account').notNull(),
    external: text('external').notNull(),
    body: json('body').$type<Binding>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.kind, t.account, t.external] })],
);

export const bindingCodes = pgTable(
  'binding_codes',
  {
    townshipId: township(),
    hash: text('hash').notNull(),
    person: text('person').notNull(),
    state: text('state').$type<BindingCode['state']>().notNull(),
    madeAt: instant('made_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.hash] }),
    index('binding_codes_open').on(t.townshipId, t.person).where(sql`state = 'open'`),
  ],
);
