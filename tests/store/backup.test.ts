import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupSqlite } from '../../src/store/backup.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createVault } from '../../src/vault/index.ts';
import { aCase, anEvent, numberOf, T0 } from '../support/cases.ts';
import { write } from './contract/context.ts';

let folder = '';
let store: Store;
const scope = { township: 't' };
const source = () => join(folder, 'huiyin.db');
const target = () => join(folder, 'copy.db');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huiyin-backup-'));
  store = openSqliteStore({ file: source(), now: () => T0, owner: 'a' });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const put = (serial: number) =>
  write(
    { store, scope },
    {
      cases: [{ value: aCase(serial), parts: [], nextAt: null }],
      events: [anEvent(numberOf(serial), 1), anEvent(numberOf(serial), 2)],
    },
  );

describe('a backup', () => {
  it('is a whole copy of one moment, taken while others write', async () => {
    for (let serial = 1; serial <= 300; serial += 1) await put(serial);
    const copying = backupSqlite(source(), target());
    let serial = 301;
    let done = false;
    void copying.finally(() => {
      done = true;
    });
    while (!done) await put(serial++);
    const report = await copying;
    expect(report.events).toBe(2 * report.cases);
    expect(report.cases).toBeGreaterThanOrEqual(300);
    expect(statSync(target()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
    const copy = openSqliteStore({ file: target(), now: () => T0, owner: 'b' });
    expect(await copy.cases(scope, {})).toHaveLength(report.cases);
    await copy.close();
  });

  it('holds no key and no contact in clear, and says so', async () => {
    const key = Buffer.from('0123456789abcdef0123456789abcdef');
    const vault = createVault(key, (size) => new Uint8Array(size).fill(7));
    await put(1);
    await write({ store, scope }, { vault: [vault.seal(numberOf(1), 'mobile', '13800138000')] });
    const report = await backupSqlite(source(), target());
    const bytes = readFileSync(target()).toString('latin1');
    for (const secret of [
      key.toString('latin1'),
      key.toString('base64'),
      key.toString('hex'),
      '13800138000',
    ]) {
      expect(bytes).not.toContain(secret);
    }
    expect(report.note).toMatch(/密钥.*key is not in this backup/s);
  });

  it('overwrites nothing, and leaves nothing behind that is not whole', async () => {
    writeFileSync(target(), 'mine');
    await expect(backupSqlite(source(), target())).rejects.toThrow(/已经存在.*exists/s);
    expect(readFileSync(target(), 'utf8')).toBe('mine');
    await expect(backupSqlite(join(folder, 'none.db'), join(folder, 'x.db'))).rejects.toMatchObject({
      code: 'io',
    });
    await expect(backupSqlite(source(), join(folder, 'none', 'x.db'))).rejects.toMatchObject({ code: 'io' });
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });
});
