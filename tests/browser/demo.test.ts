/** What `npm start` opens, played in a browser: the whole program, with its month of messages behind it. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'huiyin-demo-'));
let browser: Browser;
let page: Page;
let running: ChildProcess;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await (await browser.newContext({ viewport: { width: 1360, height: 850 } })).newPage();
}, 60_000);

afterAll(async () => {
  await browser.close();
  await stop('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program and resolves with the address that it prints. */
async function start(): Promise<string> {
  const program = ['bin/huiyin.mjs', 'demo', '--serve', '--db', join(folder, 'demo.db'), '--port', '0'];
  running = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complained = '';
  running.stderr?.on('data', (part) => {
    complained += part;
  });
  return new Promise((resolve, reject) => {
    let said = '';
    running.stdout?.on('data', (part) => {
      said += part;
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said)?.[0];
      if (address) resolve(address);
    });
    running.once('exit', (code) => reject(new Error(`the demo ended with ${code}: ${complained}`)));
  });
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return;
  const ended = once(running, 'exit');
  running.kill(signal);
  await ended;
}

const become = async (name: string): Promise<void> => {
  await page.locator('#search').fill(name);
  await page.locator('.person', { hasText: name }).first().click();
  await page.locator('#search').fill('');
};
const say = async (text: string): Promise<void> => {
  await page.locator('#draft').fill(text);
  await page.locator('#send').click();
};
const last = () => page.locator('.from-bot .text').last().textContent();
const stateOf = (number: string) => page.locator(`.case[data-number$="${number}"] .state`).textContent();

test('a report goes round through the real program, and all of it outlives a kill', async () => {
  await page.goto(await start());
  await page.locator('.case').first().waitFor();
  await become('林秀英');
  await page.locator('.message').first().waitFor();
  await say('3组桥头的路灯坏了两盏，晚上老人走路看不见');
  await expect.poll(last).toContain('3组桥头路灯不亮');
  const number = /#(\d+)/.exec((await last()) ?? '')?.[1] ?? '';
  await expect.poll(() => stateOf(number)).toBe('待接单');

  await expect.poll(() => page.locator('.notice').first().textContent()).toContain('承办人');
  await page.locator('.notice-go').first().click();
  await expect.poll(last).toContain(`#${number}`);
  await page.locator('.from-bot .bubble').last().click();
  await say('接单');
  await expect.poll(() => stateOf(number)).toBe('办理中');
  await say(`办结 ${number} 换了两个灯泡，晚上试过`);
  await expect.poll(() => stateOf(number)).toBe('等评价');

  await become('林秀英');
  await page.locator('.chat-tab').last().click();
  await expect.poll(last).toContain('满意');
  await say('满意');
  await expect.poll(() => stateOf(number)).toBe('已结案');
  await expect.poll(last).toContain(`#${number}`);
  const before = await page.locator('.bubble').allTextContents();

  await stop('SIGKILL');
  await page.goto(await start());
  await become('林秀英');
  await page.locator('.chat-tab').last().click();
  await expect.poll(() => page.locator('.bubble').allTextContents()).toEqual(before);
  expect(await stateOf(number)).toBe('已结案');
}, 90_000);
