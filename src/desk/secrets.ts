/** What the desk needs of the vault: to seal, to hide, and to keep something for minutes; never to read a contact. */
import { codeToHash } from '../domain/binding-code.ts';
import type { VaultEntry } from '../store/port.ts';
import type { Vault } from '../vault/index.ts';

export interface Secrets {
  seal(caseNumber: string, field: string, plain: string): VaultEntry;
  /** The same value gives the same alias, which tells nothing of it. */
  blind(value: string): string;
  /** The keyed hash under which a one-time code is kept. */
  codeHash(code: string): string;
  /** For what is needed again within minutes (a photo's reference): sealed text and back. */
  keep(plain: string): string;
  /** Null where the text can't be opened: made under another key. */
  reopen(kept: string): string | null;
}

const KEPT = 'kept';
/** More people than a township has heads and officers; who writes once and never again makes room. */
const MOST_ALIASES = 5_000;

export function secretsOf(vault: Vault): Secrets {
  const aliases = new Map<string, string>();
  return {
    seal: (number, field, plain) => vault.seal(number, field, plain),
    blind: (value) => {
      const known = aliases.get(value);
      if (known !== undefined) return known;
      if (aliases.size >= MOST_ALIASES) aliases.clear();
      const alias = vault.blind(value);
      aliases.set(value, alias);
      return alias;
    },
    codeHash: (code) => vault.blind(codeToHash(code)),
    keep: (plain) => packed(vault.seal('', KEPT, plain)),
    reopen: (kept) => {
      try {
        return vault.open(unpacked(kept));
      } catch {
        return null;
      }
    },
  };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const packed = ({ keyId, wrappedKey, nonce, ciphertext }: VaultEntry): string =>
  [keyId, base64(wrappedKey), base64(nonce), base64(ciphertext)].join('.');

function unpacked(text: string): VaultEntry {
  const [keyId = '', wrappedKey = '', nonce = '', ciphertext = ''] = text.split('.');
  const bytes = (part: string) => Buffer.from(part, 'base64');
  return {
    case: '',
    field: KEPT,
    keyId,
    wrappedKey: bytes(wrappedKey),
    nonce: bytes(nonce),
    ciphertext: bytes(ciphertext),
  };
}
