import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeOver } from '../../src/store/sqlite/index.ts';
import { openDatabase } from '../../src/store/sqlite/open.ts';
import { faultyHandle } from '../support/faults.ts';
import { storeContract } from './contract.ts';

storeContract(
  'SQLite',
  async (clock, timers) => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-store-'));
    const file = join(folder, 'huiyin.db');
    const options = { now: () => clock.now(), owner: 'test', timers };
    const { handle, faults } = faultyHandle(openDatabase(file));
    const store = storeOver(handle, options, () => {});
    // In one process the side file's lock would refuse a second handle; here it is wanted.
    const second = storeOver(openDatabase(file), options, () => {});
    return {
      ...{ store, second, faults },
      close: async () => {
        await Promise.all([store.close(), second.close()]);
        rmSync(folder, { recursive: true });
      },
    };
  },
  60,
);
