/** Opens what a running bot needs: database, policy, key. Refuses databases that were made for trying out. */
import { chmod, mkdir } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import type { Clock } from '../kernel/clock.ts';
import { log } from '../kernel/log.ts';
import type { Store } from '../store/port.ts';
import { openSqliteStore } from '../store/sqlite/index.ts';
import type { Vault } from '../vault/index.ts';
import { createVault } from '../vault/index.ts';
import { loadMasterKey, randomBytes } from '../vault/key.ts';
import { CliError } from './failure.ts';
import type { Place } from './place.ts';

/** What a database was made for: `demo`, `simulation`; real ones say nothing. */
export const KIND = 'kind';

export const owner = (): string => `${hostname()}, process ${process.pid}`;

export async function openStore(
  { db, dataDir }: Pick<Place, 'db' | 'dataDir'>,
  clock: Clock,
): Promise<Store> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return openSqliteStore({ file: db, now: () => clock.now(), owner: owner() });
}

/** Throws where the database is a demonstration's or a simulation's. */
export async function refuseTried(store: Store, township: string, db: string): Promise<void> {
  const kind = await store.meta({ township }, KIND);
  if (kind === null) return;
  const made = kind === 'demo' ? '演示' : '模拟';
  throw new CliError(2, {
    what: `${db} 是${made}用的数据库，不能拿来正式运行。`,
    safe: '什么都没有改动。',
    next:
      kind === 'demo'
        ? '用 huiyin demo --serve 打开它；正式运行请用 --db 换一个文件。'
        : '正式运行请用 --db 换一个文件。',
  });
}

export async function openVault(place: Place): Promise<Vault> {
  const env =
    place.config.keyFile === null ? process.env : { HUIYIN_KEY_FILE: place.config.keyFile, ...process.env };
  const master = loadMasterKey({ env, platform: process.platform, home: homedir() });
  if (master.created) log.warn('a master key was made; keep a copy in a safe place', { path: master.path });
  if (master.exposed) {
    log.warn('others on this machine could read the master key; its file is now its owner’s alone', {
      path: master.path,
    });
    await chmod(master.path, 0o600).catch(() => undefined);
  }
  return createVault(master.key, randomBytes);
}
