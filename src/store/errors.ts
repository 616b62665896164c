/**
 * What can go wrong with the database itself, as a closed set. Nothing of the transaction was written,
 * and nobody was told that it was: the caller does not acknowledge, and what came in comes again.
 */
export type StoreErrorCode =
  /** The database was written by a newer program. */
  | 'newer_schema'
  /** Another process has this database open for writing. */
  | 'in_use'
  /** Another connection held the write lock for longer than the busy timeout. */
  | 'locked'
  | 'full'
  | 'read_only'
  | 'corrupt'
  /** Reading or writing the device failed, or the server went away. */
  | 'io'
  /** The server let nobody in: user, password or the name of the database. */
  | 'denied'
  | 'closed';

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StoreError';
    this.code = code;
  }

  /** May the same work succeed a little later, without a person doing something? */
  get passing(): boolean {
    return this.code === 'locked' || this.code === 'io';
  }
}

/** Said to whoever runs the program: Chinese first, then English. */
export const storeWords: Readonly<Record<StoreErrorCode, string>> = {
  newer_schema:
    '数据库是用更新版本的程序写的，请升级程序后再打开。 The database was written by a newer program; upgrade first.',
  in_use: '另一个程序正在使用这个数据库，请先停掉它。 Another process is using this database; stop it first.',
  locked: '数据库被占用，这次没有写入，请稍后再试。 The database is locked; nothing was written, try again.',
  full: '磁盘已满，这次没有写入，请先腾出空间。 The disk is full; nothing was written, free some space.',
  read_only:
    '数据库只能读不能写，请检查文件权限。 The database is read-only; check the permissions of its file.',
  corrupt: '数据库文件损坏，请用备份恢复。 The database file is damaged; restore a backup.',
  io: '读写数据库失败，这次没有写入。 Reading or writing the database failed; nothing was written.',
  denied:
    '数据库服务器不让进：用户名、口令或库名不对。 The database server refused: check user, password and database.',
  closed: '数据库已经关闭。 The database is closed.',
};

export function storeError(code: StoreErrorCode, cause?: unknown): StoreError {
  return new StoreError(code, storeWords[code], cause);
}
