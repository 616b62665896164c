/**
 * The encryption of callbacks and of files: AES-256-CBC, the vector is the key's beginning, padding to 32 bytes.
 * https://developer.work.weixin.qq.com/document/path/90968
 */
import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

const BLOCK = 32;
const RANDOM = 16;
const LENGTH = 4;

/** 43 characters of base64, without the padding. Null where it is no key. */
export function keyOf(base64: string): Buffer | null {
  const key = Buffer.from(base64, 'base64');
  return key.length === 32 ? key : null;
}

/** Null where it was not encrypted with this key. */
export function decrypt(key: Buffer, encrypted: Uint8Array): Buffer | null {
  if (encrypted.length === 0 || encrypted.length % 16 !== 0) return null;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
  // Node takes off padding to 16 bytes only, and calls 17 to 32 an error.
  decipher.setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > BLOCK || padding > padded.length) return null;
  const text = padded.subarray(0, padded.length - padding);
  return padded.subarray(text.length).every((byte) => byte === padding) ? text : null;
}

export function encrypt(key: Buffer, text: Uint8Array): Buffer {
  const padding = BLOCK - (text.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16));
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(text), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]);
}

/** 16 random bytes, the length, the message, for whom it is. */
export interface Sealed {
  readonly message: string;
  readonly receiver: string;
}

export function open(key: Buffer, base64: string): Sealed | null {
  const plain = decrypt(key, Buffer.from(base64, 'base64'));
  if (plain === null || plain.length < RANDOM + LENGTH) return null;
  const end = RANDOM + LENGTH + plain.readUInt32BE(RANDOM);
  if (end > plain.length) return null;
  return {
    message: plain.subarray(RANDOM + LENGTH, end).toString('utf8'),
    receiver: plain.subarray(end).toString('utf8'),
  };
}

/** @param random 16 bytes */
export function seal(key: Buffer, { message, receiver }: Sealed, random: Uint8Array): string {
  const words = Buffer.from(message);
  const length = Buffer.alloc(LENGTH);
  length.writeUInt32BE(words.length);
  return encrypt(key, Buffer.concat([random, length, words, Buffer.from(receiver)])).toString('base64');
}

export const signatureOf = (token: string, timestamp: string, nonce: string, encrypted: string): string =>
  createHash('sha1').update([token, timestamp, nonce, encrypted].toSorted().join('')).digest('hex');

/** In the same time whatever was sent: hashes have one length. */
export function isSame(given: string, wanted: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(wanted));
}
