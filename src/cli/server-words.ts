/** What to say where a database server lets nobody in or does not answer; the password is in none of it. */

import { StoreError } from '../store/errors.ts';
import { addressOf } from '../store/postgres/address.ts';
import { shownDb } from './database.ts';
import { CliError, type FailureWords } from './failure.ts';

const SAFE = '什么都没有改动。';

const PASSWORD =
  '口令放在环境变量 PGPASSWORD 或 ~/.pgpass 里（chmod 600），或者 HUIYIN_DB 的地址里；服务器的 pg_hba.conf 要许这个用户从这台机器进来。';

/** By the code of what the driver threw: SQLSTATE, or the system's. */
const WORDS: Readonly<Record<string, (shown: string, database: string) => FailureWords>> = {
  '28P01': (shown) => ({ what: `数据库 ${shown} 不让进：用户名或口令不对。`, next: PASSWORD }),
  '28000': (shown) => ({ what: `数据库 ${shown} 不让进：没有这个用户，或不许从这里进。`, next: PASSWORD }),
  '3D000': (shown, database) => ({
    what: `数据库 ${shown} 在服务器上还没有。`,
    next: `查对库名；还没有建的，在服务器上 createdb --encoding=UTF8 ${database || 'huiyin'}，再来一次。`,
  }),
  '42501': (shown) => ({
    what: `数据库 ${shown} 进得去，但这个用户没有权限。`,
    next: '让它拥有这个库：ALTER DATABASE 库名 OWNER TO 用户名；只读的用户只能看，不能启动。',
  }),
  '53300': (shown) => ({
    what: `数据库 ${shown} 的连接用完了。`,
    next: '停掉不用的程序，或调大服务器的 max_connections（每个 huiyin 用 6 个）。',
  }),
  ECONNREFUSED: (shown) => ({
    what: `数据库 ${shown} 连不上：那里没有数据库服务器在听。`,
    next: '查对主机和端口，启动 PostgreSQL，再来一次。',
  }),
  ENOTFOUND: (shown) => ({ what: `数据库 ${shown} 连不上：找不到这个主机。`, next: '查对主机名和网络。' }),
};

const DENIED = (shown: string): FailureWords => ({
  what: `数据库 ${shown} 不让进：服务器要口令，这里没有。`,
  next: PASSWORD,
});

const AWAY = (shown: string): FailureWords => ({
  what: `数据库 ${shown} 连不上，或者没有回答。`,
  next: '看服务器是不是开着、网络通不通、要不要 ?sslmode=verify-full，再来一次。',
});

/** Words for what opening a database on a server threw; anything else stays as it is. */
export function serverFailure(error: unknown, db: string): unknown {
  if (!(error instanceof StoreError)) return error;
  const { code, cause } = error;
  if (!['io', 'denied', 'read_only', 'locked'].includes(code)) return error;
  const from = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const named = WORDS[from === 'EAI_AGAIN' ? 'ENOTFOUND' : from];
  const shown = shownDb(db);
  const words = named?.(shown, addressOf(db)?.database ?? '') ?? (code === 'denied' ? DENIED : AWAY)(shown);
  return new CliError(1, { safe: SAFE, ...words }, error);
}
