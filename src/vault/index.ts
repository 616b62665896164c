/**
 * Contacts at rest: what an officer needs to call is kept encrypted, and read on record.
 *
 * AES-256-GCM. Every entry has a key of its own, wrapped by the master key, which is not in the database
 * nor in its backups. Erasing a case's entries (ChangeSet.eraseVault) takes their keys away; the events
 * beside them stay whole. Case and field are authenticated: an entry moved to another case does not open.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { VaultEntry } from '../store/port.ts';

export const MASTER_KEY_BYTES = 32;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** 80 bits: sixteen letters exactly, and no two persons of a county alike. */
const BLIND_BYTES = 10;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

export type VaultErrorCode =
  /** Sealed under another master key than the one given. */
  | 'other_key'
  /** Damaged, or moved from another case or field. */
  | 'tampered';

export class VaultError extends Error {
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string) {
    super(message);
    this.name = 'VaultError';
    this.code = code;
  }
}

export interface Vault {
  seal(number: string, field: string, plain: string): VaultEntry;
  /** Throws `VaultError`. */
  open(entry: VaultEntry): string;
  /** A keyed hash, `~` and 16 letters: tells whether two values are the same and nothing more. */
  blind(value: string): string;
  /** Files under the entry's own key: with the entry erased none of them opens. Throws `VaultError`. */
  files(entry: VaultEntry): FileVault;
}

/** Sealed files that lie outside the database, under the key of one vault entry. */
export interface FileVault {
  /** A keyed hash of the content, 64 hexadecimal digits: who knows a picture can't look whether it is here. */
  address(content: Uint8Array): string;
  /** The same content gives the same bytes, so that writing it twice changes nothing. */
  seal(address: string, content: Uint8Array): Uint8Array;
  /** Throws `VaultError`. */
  open(address: string, sealed: Uint8Array): Uint8Array;
}

interface Keys {
  readonly id: string;
  readonly wrapping: Buffer;
  readonly blinding: Buffer;
}

/** One key a purpose, so that no two uses of the master key can be played against each other. */
function deriveKeys(masterKey: Uint8Array): Keys {
  if (masterKey.length !== MASTER_KEY_BYTES) {
    throw new RangeError(`the master key has ${masterKey.length} bytes, not ${MASTER_KEY_BYTES}`);
  }
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', masterKey, 'huiyin', purpose, MASTER_KEY_BYTES));
  return {
    id: derive('key id').toString('hex').slice(0, 16),
    wrapping: derive('wrap'),
    blinding: derive('blind'),
  };
}

/** Ciphertext with its tag behind it. */
function encrypt(key: Uint8Array, nonce: Uint8Array, about: string, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(Buffer.from(about));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, nonce: Uint8Array, about: string, sealed: Uint8Array): Buffer {
  try {
    const cipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(about));
    cipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    return Buffer.concat([cipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), cipher.final()]);
  } catch {
    throw new VaultError('tampered', `the vault entry ${about} is damaged or belongs to another case`);
  }
}

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => BASE32.charAt(Number.parseInt(five, 2))).join('');
}

/** What binds an entry to its place; JSON, so that no two pairs read alike. */
const aboutOf = (number: string, field: string): string => JSON.stringify([number, field]);

function unwrapped(keys: Keys, { case: number, field, keyId, wrappedKey }: VaultEntry): Buffer {
  const about = aboutOf(number, field);
  if (keyId !== keys.id) {
    throw new VaultError(
      'other_key',
      `the vault entry ${about} was sealed under key ${keyId}, not ${keys.id}`,
    );
  }
  const wrapNonce = wrappedKey.subarray(0, NONCE_BYTES);
  return decrypt(keys.wrapping, wrapNonce, about, wrappedKey.subarray(NONCE_BYTES));
}

/** Keys of their own, apart from the one that seals the entry's value. */
function filesUnder(entryKey: Uint8Array): FileVault {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', entryKey, 'huiyin', purpose, MASTER_KEY_BYTES));
  const [key, naming, noncing] = [derive('file'), derive('file address'), derive('file nonce')];
  // From the address, which is from the content: no nonce ever serves two contents.
  const nonceOf = (address: string): Buffer =>
    createHmac('sha256', noncing).update(address).digest().subarray(0, NONCE_BYTES);
  return {
    address: (content) => createHmac('sha256', naming).update(content).digest('hex'),
    seal: (address, content) => encrypt(key, nonceOf(address), address, content),
    open: (address, sealed) => decrypt(key, nonceOf(address), address, sealed),
  };
}

/** The vault under a master key of 32 bytes; chance comes in, so that tests can do without. */
export function createVault(masterKey: Uint8Array, randomBytes: (size: number) => Uint8Array): Vault {
  const keys = deriveKeys(masterKey);
  return {
    seal: (number, field, plain) => {
      const about = aboutOf(number, field);
      const entryKey = randomBytes(MASTER_KEY_BYTES);
      const nonce = randomBytes(NONCE_BYTES);
      const wrapNonce = randomBytes(NONCE_BYTES);
      const wrappedKey = Buffer.concat([wrapNonce, encrypt(keys.wrapping, wrapNonce, about, entryKey)]);
      const ciphertext = encrypt(entryKey, nonce, about, Buffer.from(plain));
      return { case: number, field, keyId: keys.id, wrappedKey, nonce, ciphertext };
    },
    open: (entry) => {
      const entryKey = unwrapped(keys, entry);
      return decrypt(entryKey, entry.nonce, aboutOf(entry.case, entry.field), entry.ciphertext).toString();
    },
    files: (entry) => filesUnder(unwrapped(keys, entry)),
    blind: (value) => {
      const hash = createHmac('sha256', keys.blinding).update(value).digest();
      return `~${base32(hash.subarray(0, BLIND_BYTES))}`;
    },
  };
}
