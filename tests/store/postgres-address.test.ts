/** Addresses of databases: a password of any kind gets to the driver whole, and is shown to nobody. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, isAddress } from '../../src/store/postgres/address.ts';

describe('an address', () => {
  it('is told from a file', () => {
    expect(['postgres://h/d', 'postgresql://h/d', 'POSTGRES://h/d'].every(isAddress)).toBe(true);
    expect(['data/huiyin.db', 'postgres.db', '/var/postgres:/x', 'mysql://h/d'].some(isAddress)).toBe(false);
  });

  it('is shown without password and parameters', () => {
    const one = addressOf('postgres://huiyin:s3cret@db.example:5433/town?sslmode=verify-full&password=other');
    expect(one).toMatchObject({
      shown: 'postgres://huiyin@db.example:5433/town',
      bare: 'postgres://huiyin@db.example:5433/town?sslmode=verify-full',
      hasPassword: true,
      host: 'db.example',
      database: 'town',
    });
    expect(addressOf('postgresql://huiyin@h/town')).toMatchObject({
      url: 'postgres://huiyin@h/town',
      hasPassword: false,
    });
  });

  it('may leave all to the environment', () => {
    expect(addressOf('postgres:///town')).toMatchObject({ url: 'postgres:///town', host: '' });
    expect(addressOf('postgres://huiyin@/town?host=/run/postgresql')).toMatchObject({
      host: '/run/postgresql',
      database: 'town',
    });
  });

  it('that makes no sense is none', () => {
    expect(addressOf('postgres://huiyin@ho st:99999999/town')).toBeNull();
  });

  it('holds whatever password there is, and shows none of it', () => {
    const word = fc.string({ minLength: 4, maxLength: 20, unit: 'grapheme' });
    // One that is escaped already is read as such.
    const password = word.filter((text) => !text.includes('%') && !'huiyin@h:5432/town'.includes(text));
    fc.assert(
      fc.property(password, (secret) => {
        const found = addressOf(`postgres://huiyin:${secret}@h:5432/town`);
        expect(decodeURIComponent(new URL(found?.url ?? '').password)).toBe(secret);
        expect(found?.shown).toBe('postgres://huiyin@h:5432/town');
        expect(found?.bare).toBe('postgres://huiyin@h:5432/town');
        const escaped = addressOf(`postgres://huiyin:${encodeURIComponent(secret)}@h:5432/town`);
        expect(escaped?.url).toBe(found?.url);
      }),
    );
  });
});
