/**
 * Writes migrations from the schemas, and only that: the program applies them itself at start.
 * `npx drizzle-kit generate` for SQLite; `HUIYIN_DIALECT=postgresql npx drizzle-kit generate` for PostgreSQL.
 */
import { defineConfig } from 'drizzle-kit';

const dialect = process.env.HUIYIN_DIALECT === 'postgresql' ? 'postgresql' : 'sqlite';
const folder = dialect === 'postgresql' ? 'postgres' : 'sqlite';

export default defineConfig({
  dialect,
  schema: `./src/store/${folder}/schema.ts`,
  out: `./src/store/${folder}/migrations`,
});
