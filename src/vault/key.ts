/**
 * Where the master key lives: outside the data folder, so that a copy of the data, and every backup of
 * it, is worth nothing without it. Whoever loses it loses the contacts, and only those.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, posix, win32 } from 'node:path';
import { MASTER_KEY_BYTES } from './index.ts';

export { randomBytes };

/** What decides on the place: `process.env`, `process.platform`, `os.homedir()`. */
export interface KeyEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
}

export interface KeyPlace {
  readonly path: string;
  /** Only where nobody named a place: a key that should be there and is not is never replaced by a new one. */
  readonly mayCreate: boolean;
}

export interface MasterKey {
  readonly key: Uint8Array;
  readonly path: string;
  /** Made just now: say so, and that it needs a copy in a safe place. */
  readonly created: boolean;
  /** Others on this machine can read the file. Containers mount secrets so; elsewhere it is a mistake. */
  readonly exposed: boolean;
}

export type KeyErrorCode = 'missing' | 'malformed' | 'unreadable';

export class KeyError extends Error {
  readonly code: KeyErrorCode;

  constructor(code: KeyErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'KeyError';
    this.code = code;
  }
}

/** HUIYIN_KEY_FILE, else systemd's credential, else the user's own configuration folder. */
export function keyPlace({ env, platform, home }: KeyEnvironment): KeyPlace {
  if (env.HUIYIN_KEY_FILE) return { path: env.HUIYIN_KEY_FILE, mayCreate: false };
  // systemd.exec(5): LoadCredential=huiyin.key:… puts the file into this folder.
  if (env.CREDENTIALS_DIRECTORY) {
    return { path: posix.join(env.CREDENTIALS_DIRECTORY, 'huiyin.key'), mayCreate: false };
  }
  if (platform === 'win32') {
    const folder = env.APPDATA || win32.join(home, 'AppData', 'Roaming');
    return { path: win32.join(folder, 'huiyin', 'master.key'), mayCreate: true };
  }
  const folder = env.XDG_CONFIG_HOME || posix.join(home, '.config');
  return { path: posix.join(folder, 'huiyin', 'master.key'), mayCreate: true };
}

/** 32 raw bytes, or as hexadecimal or base64 on one line. */
function parseKey(content: Buffer, path: string): Buffer {
  if (content.length === MASTER_KEY_BYTES) return content;
  const text = content.toString('latin1').trim();
  const encoding = /^[0-9a-f]{64}$/i.test(text)
    ? 'hex'
    : /^[A-Za-z0-9+/]{43}=?$/.test(text)
      ? 'base64'
      : null;
  if (encoding) return Buffer.from(text, encoding);
  throw new KeyError(
    'malformed',
    `${path}：不是 32 字节的密钥（原始字节、十六进制或 base64）。 Not a key of 32 bytes (raw, hexadecimal or base64).`,
  );
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

function read({ path }: KeyPlace): MasterKey | null {
  try {
    const key = parseKey(readFileSync(path), path);
    return { key, path, created: false, exposed: (statSync(path).mode & 0o077) !== 0 };
  } catch (error) {
    if (error instanceof KeyError) throw error;
    if (hasCode(error, 'ENOENT')) return null;
    throw new KeyError('unreadable', `${path}：读不了密钥文件。 The key file can't be read.`, error);
  }
}

/** Made by whoever comes first; a second process at the same moment reads the first one's. */
function create(place: KeyPlace): MasterKey {
  const { path } = place;
  const key = randomBytes(MASTER_KEY_BYTES);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, `${key.toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true });
    return { key, path, created: true, exposed: false };
  } catch (error) {
    const other = hasCode(error, 'EEXIST') ? read(place) : null;
    if (other) return other;
    throw new KeyError('unreadable', `${path}：无法创建密钥文件。 The key file can't be made.`, error);
  }
}

/** Reads the master key, or makes it the first time. Throws `KeyError` with words for whoever runs the program. */
export function loadMasterKey(environment: KeyEnvironment): MasterKey {
  const place = keyPlace(environment);
  const known = read(place);
  if (known) return { ...known, exposed: known.exposed && environment.platform !== 'win32' };
  if (place.mayCreate) return create(place);
  throw new KeyError('missing', `${place.path}：找不到密钥文件。 The key file is not there.`);
}

/** For simulations and demonstrations in memory: what it seals is unreadable once the process has ended. */
export function ephemeralKey(): Uint8Array {
  return randomBytes(MASTER_KEY_BYTES);
}
