/** The web chat in a real browser: one case from its report to its answer, as a visitor of the demo plays it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Webchat, WebchatHistory } from '../../adapters/webchat/index.ts';
import { createWebchat, openWebchatHistory } from '../../adapters/webchat/index.ts';
import { systemClock, systemTimers } from '../../src/kernel/clock.ts';
import { launchBrowser } from './chromium.ts';
import type { StubBot } from './stub-bot.ts';
import { createStubBot, DEMO_CHATS, DEMO_PEOPLE } from './stub-bot.ts';

const silent = { info() {}, warn() {}, error() {} };

let browser: Browser;
let chat: Webchat;
let bot: StubBot;
let page: Page;
let history: WebchatHistory;
/** What the page complained of; each test expects nothing. */
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

beforeEach(async () => {
  history = openWebchatHistory(':memory:');
  await start(0);
  page = await open({ width: 1360, height: 850 });
});

afterEach(async () => {
  await page.context().close();
  await chat.stop();
  history.close();
  expect(complaints).toEqual([]);
});

async function start(port: number): Promise<void> {
  chat = createWebchat({
    id: 'webchat',
    host: '127.0.0.1',
    port,
    demo: true,
    chats: DEMO_CHATS,
    people: () => DEMO_PEOPLE,
    history,
    clock: systemClock,
    timers: systemTimers,
    log: silent,
    board: () => bot.board(),
    township: '鸬鹚渡镇',
  });
  bot = createStubBot('li', systemClock, () => chat);
  await chat.start(bot);
}

async function open(viewport: { width: number; height: number }): Promise<Page> {
  complaints = [];
  const context = await browser.newContext({ viewport, hasTouch: viewport.width < 500 });
  const opened = await context.newPage();
  opened.on('pageerror', (error) => complaints.push(error.message));
  await opened.goto(chat.address());
  await opened.locator('.welcome').waitFor();
  return opened;
}

const say = async (text: string): Promise<void> => {
  await page.locator('#draft').fill(text);
  await page.locator('#send').click();
};
const pick = (name: string) => page.locator('.person', { hasText: name }).first().click();
const lastBubble = () => page.locator('.bubble .text').last();
const board = () => page.locator('.case');

describe('a case goes round', () => {
  test('from the report in the group to 满意, with a hint at each turn where to look', async () => {
    await page.getByText('从林秀英开始').click();
    await page.locator('.suggestion').first().click();
    expect(await page.locator('#draft').inputValue()).toContain('3组桥头的路灯坏了两盏');
    await page.locator('#send').click();
    await expect.poll(() => lastBubble().textContent()).toContain('记下了 #0042');
    await expect.poll(() => board().locator('.state').textContent()).toBe('待接单');

    await expect.poll(() => page.locator('.notice').textContent()).toContain('承办人李明 收到私信');
    await page.locator('.notice-go').click();
    expect(await page.locator('#who').textContent()).toBe('李明');
    await page.locator('.from-bot .bubble').last().click();
    await say('接单');
    await expect.poll(() => board().locator('.state').textContent()).toBe('办理中');
    expect(bot.received.at(-1)).toMatchObject({
      text: '接单',
      quote: { id: 'bot-o2' },
      sender: { id: 'li' },
    });
    await say('办结 换了两个灯泡，都亮');
    await expect.poll(() => board().locator('.state').textContent()).toBe('等评价');

    await page.locator('.notice-go').click();
    expect(await page.locator('#who').textContent()).toBe('林秀英');
    await expect.poll(() => lastBubble().textContent()).toContain('1 满意');
    await say('满意');
    await expect.poll(() => board().locator('.state').textContent()).toBe('已结案');
    await expect.poll(() => page.locator('#counts').textContent()).toBe('办理中 0 · 已结 1');
    await expect.poll(() => lastBubble().textContent()).toContain('结案');
  });
});

describe('messages', () => {
  beforeEach(() => pick('林秀英'));

  test('stand as text, whatever they look like', async () => {
    await say('<img src=x onerror=alert(1)> & “引号”\n第二行');
    await expect.poll(() => lastBubble().textContent()).toBe('<img src=x onerror=alert(1)> & “引号”\n第二行');
    expect(await page.locator('.bubble img').count()).toBe(0);
  });

  test('can be changed and recalled by who wrote them', async () => {
    await say('今天赶场');
    await page.locator('.mine').last().hover();
    await page.getByRole('button', { name: '修改' }).click();
    await say('明天赶场');
    await expect.poll(() => page.locator('.mine').last().textContent()).toContain('已修改');
    await page.locator('.mine').last().hover();
    await page.getByRole('button', { name: '撤回' }).click();
    await expect.poll(() => page.locator('.recalled').textContent()).toBe('您撤回了一条消息');
    expect(bot.received.map(({ kind }) => kind)).toEqual(['message', 'edit', 'recall']);
  });

  test('carry photos', async () => {
    const buffer = await page.locator('.banner').screenshot();
    await page.locator('#photos').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer });
    await page.locator('.thumbnail').waitFor();
    await page.locator('#send').click();
    const shown = page.locator('.pictures img').last();
    const width = () => shown.evaluate((image) => (image as { naturalWidth?: number }).naturalWidth);
    await expect.poll(width).toBeGreaterThan(100);
    expect(bot.received[0]).toMatchObject({ text: '', media: [{ kind: 'image', mime: 'image/png' }] });
    const ref = bot.received[0]?.media[0]?.ref ?? '';
    expect(Buffer.from((await chat.fetchMedia(ref)).bytes).equals(buffer)).toBe(true);
  });

  test('a broken line is told, and after it nothing is missing and the draft is kept', async () => {
    await say('第一条');
    await expect.poll(() => lastBubble().textContent()).toBe('第一条');
    const port = Number(new URL(chat.address()).port);
    await chat.stop();
    await expect.poll(() => page.locator('.line').isVisible()).toBe(true);
    await say('没人收的一条');
    await expect.poll(() => page.locator('.failed').count()).toBe(1);
    await page.locator('#draft').fill('还没写完');
    await start(port);
    await expect.poll(() => page.locator('.line').isVisible(), { timeout: 15_000 }).toBe(false);
    await page.getByText('再试一次').click();
    await expect.poll(() => page.locator('.failed').count()).toBe(0);
    expect(await page.locator('.bubble .text').allTextContents()).toEqual(['第一条', '没人收的一条']);
    expect(await page.locator('#who').textContent()).toBe('林秀英');
    expect(await page.locator('#draft').inputValue()).toBe('还没写完');
  });
});

describe('for everyone', () => {
  test('on a phone nothing is wider than the screen, and each part is one tap away', async () => {
    await page.context().close();
    page = await open({ width: 375, height: 720 });
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    expect(await width()).toBe(375);
    await page.getByText('从林秀英开始').click();
    await say(`很长的一句话，没有空格${'啊'.repeat(200)}https://example.cn/${'a'.repeat(120)}`);
    await say('3组桥头路灯坏了');
    await page.locator('.notice').waitFor();
    expect(await width()).toBe(375);
    for (const pane of ['board', 'people', 'chat']) {
      await page.locator(`.tabs [data-pane=${pane}]`).click();
      expect(await page.locator(`#${pane}`).isVisible()).toBe(true);
      expect(await width()).toBe(375);
    }
  });

  test('by keyboard alone: find a person, write, send', async () => {
    await page.locator('#search').focus();
    await page.keyboard.type('丁桂');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.locator('#who').textContent()).toBe('丁桂兰');
    await page.locator('.skip').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('大家好');
    await page.keyboard.press('Enter');
    await expect.poll(() => lastBubble().textContent()).toBe('大家好');
  });

  test('in English too, and it stays so', async () => {
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('.banner-text').textContent()).toContain('people and matters are made up');
    await page.reload();
    expect(await page.locator('#people-title').textContent()).toBe('Who do you want to be?');
  });

  test('empty places say what to do next', async () => {
    expect(await page.locator('#rows').textContent()).toContain('扮演一位邻长');
    await pick('林秀英');
    await expect.poll(() => page.locator('#log').textContent()).toContain('群里还没有消息');
    await page.locator('#search').fill('没有这个人');
    expect(await page.locator('#sections').textContent()).toContain('换一个字试试');
  });
});
