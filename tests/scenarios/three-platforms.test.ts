/**
 * A head in a Telegram group, an officer on WeChat, a secretary on Feishu: who uses what is no matter of the case's.
 */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RISK } from '../../adapters/wechaty/words.ts';
import { onlyLoopback } from '../adapters/loopback.ts';
import { jpeg, planted } from '../media/pictures.ts';
import { told } from '../support/world.ts';
import { GROUP, LI, LIN, ThreePlatforms, XIONG } from './three-platforms.ts';

onlyLoopback();

/** A process of WeChat's, three SDKs and the month's documents: on a busy machine they take their time. */
const LONG = 180_000;

const PRIVATE = { id: LIN.id, type: 'private' };
const VILLAGE = { id: GROUP, type: 'supergroup' };
const LAMP = { caption: '#上报 3组王家桥路灯不亮', photo: [{ file_id: 'lamp', width: 1280, height: 960 }] };

let township: ThreePlatforms;
beforeEach(async () => {
  township = await ThreePlatforms.open('2026-11-02 08:29');
  expect(planted(jpeg())).not.toEqual([]);
  township.telegram.files.set('photos/lamp.jpg', jpeg());
  // Telegram lets a bot write to those alone who pressed Start.
  await township.tellTelegram(PRIVATE, { text: '/start' });
});
afterEach(() => township.close());

interface Keyboard {
  readonly inline_keyboard: readonly (readonly { readonly text: string; readonly callback_data: string }[])[];
}

test('a report goes from Telegram to WeChat and back, and a month later to Feishu', {
  timeout: LONG,
}, async () => {
  await township.until('2026-11-02 08:30');
  const report = await township.tellTelegram(VILLAGE, LAMP);
  const receipt = township.onTelegram(GROUP).at(-1);
  expect(receipt).toMatchObject({ reply_parameters: { message_id: report } });
  expect(receipt?.text).toContain('#0001');
  expect(receipt?.text).toContain('村建所');
  expect(township.onTelegram(GROUP)).toHaveLength(1);

  const [assignment, shown, photo, ...others] = township.onWechat(LI);
  expect(assignment?.text).toContain('#0001 枫林村3组王家桥路灯不亮');
  expect(assignment?.text).toContain('1份');
  expect(shown?.text).toContain('照片1张');
  // What the head photographed, and nothing of where or with what.
  const bytes = Buffer.from(photo?.file ?? '', 'base64');
  expect([bytes.subarray(0, 2).toString('hex'), planted(bytes)]).toEqual(['ffd8', []]);
  expect(others).toEqual([]);
  await township.until('2026-11-02 09:10');
  await township.tellWechat('接单');
  expect(township.onTelegram(LIN.id).at(-1)?.text).toContain('村建所');
  await township.until('2026-11-03 10:00');
  await township.tellWechat('办结 1 换了灯泡，亮了');

  const answer = township.onTelegram(LIN.id).at(-1);
  expect(answer?.text).toContain('换了灯泡');
  const buttons = (answer?.reply_markup as Keyboard | undefined)?.inline_keyboard.flat() ?? [];
  expect(buttons.map(({ text }) => text)).toEqual(['满意', '基本满意', '没解决']);
  await township.until('2026-11-03 11:00');
  await township.press(buttons[0]?.callback_data ?? '');
  expect(township.onTelegram(LIN.id).at(-1)?.text).toContain('#0001');
  expect(township.onWechat(LI).at(-1)?.text).toContain('满意');
  const [closed] = await township.store.cases(township.scope, {});
  expect(closed).toMatchObject({ state: 'closed', rating: 'satisfied', assignee: 'li', solved: true });
  expect(told(closed?.closedAt ?? null)).toBe('11-03 11:00');

  // Feishu is crowded on the hour: the digest of nine goes a little later.
  await township.until('2026-12-01 09:00');
  expect(township.onFeishu(XIONG)).toEqual([]);
  await township.until('2026-12-01 09:10');
  const [words, ...files] = township.onFeishu(XIONG);
  expect(words?.content.text).toContain('柳溪镇2026年11月月报');
  expect(words?.content.text).toContain('收到1件');
  expect(files.map(({ type }) => type)).toEqual(['file', 'file', 'image', 'image', 'image']);
  const uploads = township.feishu.called('POST /open-apis/im/v1/files').map(({ body }) => body);
  expect(uploads.map((body) => /filename="[^"]+\.(\w+)"/.exec(body)?.[1]).toSorted()).toEqual([
    'docx',
    'xlsx',
  ]);
  expect(township.health()).toEqual(['telegram online', 'wechaty online', 'feishu online']);
  const warnings = township.lines.filter((line) => /^(?:warn|error) /.test(line));
  expect(warnings).toEqual([`warn ${RISK} {}`]);
});

test('while WeChat is away the receipt goes all the same, and the assignment when it is back, once', {
  timeout: LONG,
}, async () => {
  await township.wechatDown();
  await township.tellTelegram(VILLAGE, LAMP);
  expect(township.onTelegram(GROUP)).toHaveLength(1);
  await township.until('2026-11-02 08:31');
  expect(township.onWechat(LI)).toEqual([]);
  await township.wechatUp();
  await township.until('2026-11-02 08:35');
  const about = township.onWechat(LI).map(({ text }) => text.split('\n')[0]);
  expect(about.filter((line) => line?.includes('请您办'))).toHaveLength(1);
  await township.tellWechat('接单');
  expect(township.onTelegram(LIN.id).at(-1)?.text).toContain('村建所');
});
