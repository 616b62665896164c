/** Which database is meant, a file or one on a server, and how it is named to people: never with its password. */
import { addressOf, isAddress } from '../store/postgres/address.ts';
import { CliError } from './failure.ts';

export { isAddress };

/** What may be said of a database to anybody. */
export const shownDb = (db: string): string =>
  isAddress(db) ? (addressOf(db)?.shown ?? 'postgres://…') : db;

const ANY_ADDRESS = /^([a-z][a-z0-9+.-]+):\/\//i;

/** @throws CliError for an address that can't be read, or is of another kind: it would be taken for a file's name */
export function readableDb(db: string): string {
  if (isAddress(db) ? addressOf(db) !== null : !ANY_ADDRESS.test(db)) return db;
  const [, scheme] = ANY_ADDRESS.exec(db) ?? [];
  throw new CliError(2, {
    what: isAddress(db) ? '数据库地址看不懂。' : `不认识 ${scheme}:// 这样的数据库。`,
    safe: '什么都没有改动。',
    next: '写一个文件名，或者 postgres://用户@主机:5432/库名；口令放在环境变量里（docs/operations.md）。',
  });
}

/** For what is only ever done on a file. @throws CliError */
export function fileOnly(db: string | undefined): void {
  if (db === undefined || !ANY_ADDRESS.test(db)) return;
  throw new CliError(2, {
    what: '演示和模拟只用数据库文件，不用服务器上的库。',
    safe: '什么都没有改动。',
    next: '用 --db 写一个文件名，或者不写。',
  });
}
