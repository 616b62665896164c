/** Who is who beyond the township file, and the codes by which people bind themselves. See ./schema.ts. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Binding, BindingCode } from '../../domain/binding.ts';

const township = () => text('township_id').notNull();

/** Accounts of people and groups of villages. How often they have changed stands in meta, under `bindings`. */
export const bindings = sqliteTable(
  'bindings',
  {
    townshipId: township(),
    kind: text('kind').$type<Binding['kind']>().notNull(),
    account: text('account').notNull(),
    external: text('external').notNull(),
    body: text('body', { mode: 'json' }).$type<Binding>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.townshipId, t.kind, t.account, t.external] })],
);

/** Keyed hashes only; a row stays when its code is used, so that nobody can use it twice. */
export const bindingCodes = sqliteTable(
  'binding_codes',
  {
    townshipId: township(),
    hash: text('hash').notNull(),
    person: text('person').notNull(),
    state: text('state').$type<BindingCode['state']>().notNull(),
    madeAt: integer('made_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    settledAt: integer('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.townshipId, t.hash] }),
    index('binding_codes_open').on(t.townshipId, t.person).where(sql`state = 'open'`),
  ],
);
