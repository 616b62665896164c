/** Column types that both schema files use. */
import { bigint, customType } from 'drizzle-orm/pg-core';

/** Sorts by its bytes, whatever the server's language: the order of rows must not depend on that. */
export const text = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
/** Epoch milliseconds, and ids: whole numbers far below 2^53. */
export const instant = (name: string) => bigint(name, { mode: 'number' });
