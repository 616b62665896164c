/** The program on Telegram, killed again and again: no update is lost, none is a second case, nobody reads a receipt twice. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { FakeTelegram, TOKEN } from '../../adapters/telegram/test/fake-telegram.ts';
import { hashShare } from '../../src/kernel/ids.ts';
import { onlyLoopback } from '../adapters/loopback.ts';
import { count } from './support.ts';

onlyLoopback();

const GROUP = -1_001_754_391_277;
const LIN = { id: 5_770_001, is_bot: false, first_name: '林桂香' };
const MESSAGES = 8;
const KILLS = 3;
const HUIYIN = fileURLToPath(new URL('../../bin/huiyin.mjs', import.meta.url));
const TOWNSHIP = new URL('../support/township.yaml', import.meta.url);

async function installed(root: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'huiyin-telegram-'));
  const yaml = (await readFile(TOWNSHIP, 'utf8'))
    .replace('{ bridge: u-lin }', `{ telegram: "${LIN.id}" }`)
    .replace('adapter: bridge, external: g-fl,', `adapter: telegram, external: "${GROUP}",`);
  await writeFile(join(dir, 'township.yaml'), yaml);
  const adapters = { telegram: { token: `\${TELEGRAM_TOKEN}`, apiRoot: root } };
  const config = { database: join(dir, 'bot.db'), township: join(dir, 'township.yaml'), adapters };
  await writeFile(join(dir, 'huiyin.yaml'), JSON.stringify(config));
  return dir;
}

function started(dir: string): ChildProcess {
  const env = { ...process.env, HUIYIN_LOG: 'silent', XDG_CONFIG_HOME: dir, TELEGRAM_TOKEN: TOKEN };
  const args = [HUIYIN, 'start', '--config', join(dir, 'huiyin.yaml')];
  return spawn(process.execPath, args, { cwd: dir, env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Looked at with each call that comes; a program that ends by itself is a mistake of the test. */
function until(fake: FakeTelegram, child: ChildProcess, condition: () => boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint += chunk;
  });
  child.once('exit', () => reject(new Error(`the bot ended: ${complaint}`)));
  fake.heard = () => {
    if (condition()) resolve();
  };
  return promise;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

test('updates are safe across a crash', { timeout: 120_000 }, async () => {
  const fake = await FakeTelegram.open();
  fake.me = { ...fake.me, can_read_all_group_messages: true };
  fake.members.set(String(GROUP), 'member');
  const dir = await installed(fake.root);
  try {
    const chat = { id: GROUP, type: 'supergroup' };
    for (let n = 1; n <= MESSAGES; n++) {
      const text = `#上报 3组王家桥${n}号电线杆路灯不亮`;
      fake.push({ message: { message_id: n, from: LIN, chat, date: 1_793_577_600 + n, text } });
    }
    for (let round = 1; round <= KILLS; round++) {
      const child = started(dir);
      // Some call of its own making, from its first question to the answers it gives.
      const deadly = fake.calls.length + 3 + Math.floor(hashShare(`round ${round}`, 'telegram') * 6);
      await until(fake, child, () => fake.calls.length >= deadly || fake.polling);
      await ended(child, 'SIGKILL');
    }
    const child = started(dir);
    await until(fake, child, () => fake.confirmed === MESSAGES + 1 && fake.polling);
    await ended(child, 'SIGTERM');
    const { cases, messages } = count(join(dir, 'bot.db'));
    expect(cases).toBe(MESSAGES);
    expect(messages.toSorted()).toEqual(Array.from({ length: MESSAGES }, (_, n) => String(n + 1)));
    const receipts = fake.said.filter((one) => one.chat === String(GROUP)).map(({ text }) => text);
    for (let n = 1; n <= MESSAGES; n++) {
      const read = receipts.filter((text) => text.includes(`王家桥${n}号`));
      expect(read.length, `receipts of message ${n}`).toBeLessThanOrEqual(1);
    }
    expect(receipts.length).toBeGreaterThan(0);
  } finally {
    await fake.close();
    await rm(dir, { recursive: true, force: true });
  }
});
