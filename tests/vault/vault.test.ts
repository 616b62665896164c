import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault, VaultError } from '../../src/vault/index.ts';

/** Chance that repeats: counts upwards. */
function counting(): (size: number) => Uint8Array {
  let next = 0;
  return (size) => Uint8Array.from({ length: size }, () => next++ & 0xff);
}

const key = new Uint8Array(32).fill(7);
const vault = () => createVault(key, counting());
const code = (run: () => unknown): string => {
  try {
    run();
    return 'nothing thrown';
  } catch (error) {
    return error instanceof VaultError ? error.code : String(error);
  }
};

describe('the vault', () => {
  it('gives back what was sealed, whatever it was', () => {
    const box = vault();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(box.open(box.seal('LC2611-0001', 'mobile', plain))).toBe(plain);
      }),
    );
  });

  it('never shows the plain text in what is stored, and seals equal values differently', () => {
    const box = vault();
    const one = box.seal('LC2611-0001', 'mobile', '13800138000');
    const two = box.seal('LC2611-0001', 'mobile', '13800138000');
    expect(Buffer.from(one.ciphertext).toString('latin1')).not.toContain('13800138000');
    expect(one.ciphertext).not.toEqual(two.ciphertext);
    expect(one.wrappedKey).not.toEqual(two.wrappedKey);
  });

  it('refuses an entry moved to another case or field', () => {
    const entry = vault().seal('LC2611-0001', 'mobile', '13800138000');
    expect(code(() => vault().open({ ...entry, case: 'LC2611-0002' }))).toBe('tampered');
    expect(code(() => vault().open({ ...entry, field: 'mobile.2' }))).toBe('tampered');
  });

  it.each(['ciphertext', 'wrappedKey', 'nonce'] as const)('notices a changed bit in %s', (part) => {
    const entry = vault().seal('LC2611-0001', 'mobile', '13800138000');
    const changed = Uint8Array.from(entry[part]);
    changed[0] = (changed[0] ?? 0) ^ 1;
    expect(code(() => vault().open({ ...entry, [part]: changed }))).toBe('tampered');
    expect(code(() => vault().open({ ...entry, [part]: new Uint8Array(0) }))).toBe('tampered');
  });

  it('says so when another master key sealed it', () => {
    const entry = vault().seal('LC2611-0001', 'mobile', '13800138000');
    const other = createVault(new Uint8Array(32).fill(8), counting());
    expect(code(() => other.open(entry))).toBe('other_key');
  });

  it('blinds the same value to the same name under one key, to another under another', () => {
    const name = vault().blind('lin');
    expect(name).toMatch(/^~[a-z2-7]{16}$/);
    expect(vault().blind('lin')).toBe(name);
    expect(vault().blind('lim')).not.toBe(name);
    expect(createVault(new Uint8Array(32).fill(8), counting()).blind('lin')).not.toBe(name);
  });

  it('takes no short master key', () => {
    expect(() => createVault(new Uint8Array(16), counting())).toThrow(RangeError);
  });
});

describe('files under an entry', () => {
  const photo = Buffer.from('the bytes of a photo');

  it('are named by their content and sealed the same each time', () => {
    const files = vault().files(vault().seal('LC2611-0001', 'media', ''));
    const address = files.address(photo);
    expect(address).toMatch(/^[0-9a-f]{64}$/);
    expect(files.seal(address, photo)).toEqual(files.seal(address, photo));
    expect(Buffer.from(files.seal(address, photo)).includes('photo')).toBe(false);
    expect(Buffer.from(files.open(address, files.seal(address, photo)))).toEqual(photo);
  });

  it('of two cases have nothing in common, though the photo is the same', () => {
    const all = vault();
    const one = all.files(all.seal('LC2611-0001', 'media', ''));
    const other = all.files(all.seal('LC2611-0002', 'media', ''));
    expect(one.address(photo)).not.toBe(other.address(photo));
    const address = one.address(photo);
    expect(() => other.open(address, one.seal(address, photo))).toThrow(VaultError);
  });

  it('do not open where they were damaged or renamed', () => {
    const files = vault().files(vault().seal('LC2611-0001', 'media', ''));
    const address = files.address(photo);
    const sealed = Buffer.from(files.seal(address, photo));
    expect(() => files.open('0'.repeat(64), sealed)).toThrow(VaultError);
    sealed[3] = (sealed[3] ?? 0) ^ 1;
    expect(() => files.open(address, sealed)).toThrow(VaultError);
  });
});
