/** Opens what a running bot needs: database, policy, key. Refuses databases that were made for trying out. */
import { chmod, mkdir } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import type { Clock } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import type { Instant } from '../kernel/zone.ts';
import type { Loaded, Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite/index.ts';
import type { Vault } from '../vault/index.ts';
import { createVault } from '../vault/index.ts';
import { keyPlace, loadMasterKey, randomBytes } from '../vault/key.ts';
import { isAddress, shownDb } from './database.ts';
import { CliError } from './failure.ts';
import type { Place } from './place.ts';
import { serverFacts } from './reader.ts';
import { serverFailure } from './server-words.ts';

/** What a database was made for: `demo`, `simulation`; real ones say nothing. */
export const KIND = 'kind';

export const owner = (): string => `${hostname()}, process ${process.pid}`;

export async function openStore(
  { db, dataDir }: Pick<Place, 'db' | 'dataDir'>,
  clock: Clock,
  noticed: (awaySince: Instant | null) => void = () => undefined,
): Promise<Store> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return isAddress(db)
    ? openServerStore(db, clock, noticed)
    : openSqliteStore({ file: db, now: () => clock.now(), owner: owner() });
}

/** Who has what is decided by clocks, each process by its own. */
const APART_MS = 2_000;

async function openServerStore(
  db: string,
  clock: Clock,
  noticed: (awaySince: Instant | null) => void,
): Promise<Store> {
  const { encoding, now } = await serverFacts(db);
  if (encoding !== 'UTF8') throw notUnicode(db, encoding);
  const apart = Math.abs(now - clock.now());
  if (apart > APART_MS) log.warn('this machine and the database server differ in time', { apartMs: apart });
  const { openPostgresStore } = await import('../store/postgres/index.ts');
  const of = (error: Error & { readonly code?: unknown }) => ({ code: error.code, why: error.message });
  return openPostgresStore({
    url: db,
    now: () => clock.now(),
    problem: (error) => log.debug('a connection to the database broke', of(error)),
    watching: {
      lost: (error) => {
        noticed(clock.now());
        const database = shownDb(db);
        log.error('the database is away; nothing is acknowledged until it is back', {
          database,
          ...of(error),
        });
      },
      back: () => {
        noticed(null);
        log.info('the database is back', { database: shownDb(db) });
      },
    },
  }).catch((error: unknown) => {
    throw serverFailure(error, db);
  });
}

function notUnicode(db: string, encoding: string): CliError {
  return new CliError(1, {
    what: `数据库 ${shownDb(db)} 的编码是 ${encoding}，存不了中文。`,
    safe: '什么都没有改动。',
    next: '另建一个库：createdb --template=template0 --encoding=UTF8 库名。',
  });
}

/** Throws where the database is a demonstration's or a simulation's. */
export async function refuseTried(store: Store, township: string, db: string): Promise<void> {
  const kind = await store.meta({ township }, KIND);
  if (kind === null) return;
  const made = kind === 'demo' ? '演示' : '模拟';
  throw new CliError(2, {
    what: `${shownDb(db)} 是${made}用的数据库，不能拿来正式运行。`,
    safe: '什么都没有改动。',
    next:
      kind === 'demo'
        ? '用 huiyin demo --serve 打开它；正式运行请用 --db 换一个文件。'
        : '正式运行请用 --db 换一个文件。',
  });
}

/** On the database of a server: which master key it goes by, as a keyed hash, which tells nothing of it. */
const KEY_MARK = 'master_key';

/**
 * Several machines write to one database: with another key one would seal what the others can't open.
 * @throws CliError where this machine's is another
 */
export async function refuseOtherKey(
  store: Store,
  township: string,
  vault: Vault,
  { db, config }: Place,
): Promise<void> {
  if (!isAddress(db)) return;
  const own = vault.blind(KEY_MARK);
  const step = {
    load: { facts: [KEY_MARK] },
    decide: ({ facts }: Pick<Loaded, 'facts'>) => {
      const known = facts.get(KEY_MARK);
      return known === undefined ? { answer: true, facts: { [KEY_MARK]: own } } : { answer: known === own };
    },
  };
  const [result] = await store.transact({ township }, [step]);
  if (!result?.ok) throw result?.error ?? new Error('nothing was written');
  if (result.answer) return;
  const { path } = keyPlace(keyEnvironment(config.keyFile));
  throw new CliError(1, {
    what: `密钥不对：这个数据库用的不是 ${path}。`,
    safe: '什么都没有启动。',
    next: `把第一台机器的密钥文件拷过来换掉它。原来的密钥真的丢了，照 docs/operations.md 的“密钥”办。`,
  });
}

export const keyEnvironment = (keyFile: string | null) => ({
  env: keyFile === null ? process.env : { HUIYIN_KEY_FILE: keyFile, ...process.env },
  platform: process.platform,
  home: homedir(),
});

export async function openVault(place: Place): Promise<Vault> {
  const master = loadMasterKey(keyEnvironment(place.config.keyFile));
  if (master.created) log.warn('a master key was made; keep a copy in a safe place', { path: master.path });
  if (master.exposed) {
    log.warn('others on this machine could read the master key; its file is now its owner’s alone', {
      path: master.path,
    });
    await chmod(master.path, 0o600).catch(() => undefined);
  }
  return createVault(master.key, randomBytes);
}
