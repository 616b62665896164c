/** What belongs to a report beside its words: fetched, checked, sealed, shown without metadata. */
import type { VaultEntry } from '../store/port.ts';
import type { Vault } from '../vault/index.ts';
import type { Outgoing } from './outgoing.ts';
import type { MediaPlatforms } from './platforms.ts';
import type { MediaFiles } from './store.ts';

/** All that the work on media needs of a run; null in a run that keeps no files. */
export interface Media {
  readonly files: MediaFiles;
  readonly outgoing: Outgoing;
  readonly platforms: MediaPlatforms;
  readonly vault: Pick<Vault, 'seal' | 'files'>;
  /** Opens what the desk sealed for minutes; null where it was sealed under another key. */
  readonly reopen: (kept: string) => string | null;
}

/** The vault's field whose key seals a case's files: erasing the case's vault erases them. */
export const CASE_FILES = 'media';

const WAITING_FILES = 'waiting';

/** A file that belongs to no case yet carries its own wrapped key: gone with it, it is gone. */
export async function putWaiting(media: Media, name: string, bytes: Uint8Array, at: number): Promise<void> {
  const entry = media.vault.seal('', WAITING_FILES, '');
  const head = [entry.keyId, ...[entry.wrappedKey, entry.nonce, entry.ciphertext].map(base64)].join('.');
  const sealed = media.vault.files(entry).seal(name, bytes);
  await media.files.put('waiting', name, Buffer.concat([Buffer.from(`${head}\n`), sealed]), at);
}

/** Null where none waits under this name. Throws `VaultError` where it was damaged. */
export async function readWaiting(media: Media, name: string): Promise<Uint8Array | null> {
  const file = await media.files.read('waiting', name);
  if (file === null) return null;
  const end = file.indexOf(0x0a);
  const [keyId = '', ...parts] = Buffer.from(file.subarray(0, end)).toString('latin1').split('.');
  const [wrappedKey, nonce, ciphertext] = parts.map((part) => Buffer.from(part, 'base64'));
  const none = Buffer.alloc(0);
  const entry: VaultEntry = {
    case: '',
    field: WAITING_FILES,
    keyId,
    wrappedKey: wrappedKey ?? none,
    nonce: nonce ?? none,
    ciphertext: ciphertext ?? none,
  };
  return media.vault.files(entry).open(name, file.subarray(end + 1));
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
