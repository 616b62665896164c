/** 月通报 as an office's leader gets it: the office's own matters, once a month, in private, or not at all. */
import { afterEach, describe, expect, test } from 'vitest';
import { Whole } from '../support/house.ts';

const open: Whole[] = [];
afterEach(async () => {
  for (const whole of open.splice(0)) await whole.close();
});

async function started(township: (yaml: string) => string = (yaml) => yaml): Promise<Whole> {
  const whole = await new Whole({ start: '2026-09-07 08:00', township }).open();
  open.push(whole);
  return whole;
}

/** Of September: 1 is answered in October, 2 is late, 3 is the water station's; of October: 4 is late, 5 in time. */
async function autumn(whole: Whole): Promise<void> {
  await whole.say('lin', '#上报 3组王家桥路灯不亮', '2026-09-21 09:00', 'g-fl');
  await whole.say('lin', '#上报 5组李家坳路灯不亮', '2026-09-21 09:10', 'g-fl');
  await whole.say('lin', '#上报 3组水塘边水管漏水', '2026-09-21 09:20', 'g-fl');
  await whole.say('li', '办结 1 换了灯泡', '2026-10-12 09:00');
  await whole.say('duty', '代接 2 李师傅电话', '2026-10-12 09:10');
  await whole.say('lin', '#上报 3组祠堂边路灯不亮', '2026-10-13 09:00', 'g-fl');
  await whole.say('lin', '#上报 3组学校门口路灯不亮', '2026-10-14 09:00', 'g-fl');
  await whole.say('duty', '代办结 5 李师傅电话说换好了', '2026-10-15 09:00');
}

const bulletins = (whole: Whole, who: string) => whole.to(who).filter(({ text }) => text.includes('通报'));

describe('with the monthly digest', () => {
  test('each leader gets the own office’s matters, last month’s first, with owner and date', async () => {
    const whole = await started();
    await autumn(whole);
    await whole.until('2026-11-02 12:00');
    const [mine, ...more] = bulletins(whole, 'wang').filter(({ time }) => time.startsWith('2026-11'));
    expect(more).toEqual([]);
    expect([mine?.time, mine?.chat.kind]).toEqual(['2026-11-02 09:00', 'direct']);
    const lines = mine?.text.split('\n') ?? [];
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(lines).toEqual([
      '村建所2026年10月通报（截至10月31日，只发您单位）：',
      '上期没办完的：',
      '#0001 枫林村3组王家桥路灯不亮，李明辉：已答复，10月12日',
      // Mid-Autumn lies between.
      '#0002 枫林村5组李家坳路灯不亮，陈立刚：超期未答复，原定9月29日',
      '本期超期或退回重办的：',
      '#0004 枫林村3组祠堂边的路灯不亮，李明辉：超期未答复，原定10月20日',
      '只列事项和日期。哪件不对，请回值班员。',
    ]);
    expect(bulletins(whole, 'deng').at(-1)?.text).toContain('#0003');
    // Another office's matters, marks and ranks stand in none; nor does an office with nothing left get one.
    for (const { text } of bulletins(whole, 'deng')) expect(text).not.toMatch(/村建所|路灯|排名|分数|%/u);
    for (const who of ['hu', 'peng', 'hao']) expect(bulletins(whole, who), who).toEqual([]);
    for (const who of ['lin', 'li', 'xiong', 'ban']) expect(bulletins(whole, who), who).toEqual([]);
    expect(whole.sent.filter(({ chat, text }) => chat.kind === 'group' && text.includes('通报'))).toEqual([]);
  });

  test('the month after says what became of it', async () => {
    const whole = await started();
    await autumn(whole);
    await whole.say('duty', '代办结 2 李师傅电话说换好了', '2026-11-10 09:00');
    await whole.until('2026-12-01 12:00');
    const december = bulletins(whole, 'wang').at(-1)?.text ?? '';
    expect(december).toMatch(/#0002 .*已答复，11月10日/u);
    expect(december).not.toContain('#0001');
  });

  test('once, though the machine slept a week over it and the job is planned again', async () => {
    const whole = await started();
    await autumn(whole);
    await whole.until('2026-10-31 12:00');
    const before = bulletins(whole, 'wang').length;
    await whole.wakeAt('2026-11-09 11:00');
    await whole.store.setMeta(whole.scope, 'job:office_bulletins', String(whole.at('2026-10-31 12:00')));
    await whole.house.due.jobs.open(whole.clock.now());
    await whole.until('2026-11-10 12:00');
    const sent = bulletins(whole, 'wang').slice(before);
    expect(sent.map(({ time }) => time)).toEqual(['2026-11-09 11:00']);
    // Late as it is, it tells of the month it is about.
    expect(sent[0]?.text).toContain('截至10月31日');
  });

  test('to the deputy of a leader who is away, to the officers where there is no leader, to the desk where nobody is reached', async () => {
    const whole = await started((yaml) =>
      yaml
        .replace('leader: deng, officers: [gan]', 'officers: [gan]')
        .replace('name: 胡海波, accounts: { bridge: u-hu }', 'name: 胡海波')
        .replace('categories: [road, house, power.lamp]', 'categories: [road, house]'),
    );
    await whole.say('lin', '#上报 3组水塘边水管漏水', '2026-09-21 09:20', 'g-fl');
    await whole.say('lin', '#上报 3组王家桥路灯不亮', '2026-09-21 09:30', 'g-fl');
    await whole.say('lin', '#上报 3组村口路面塌了个坑', '2026-09-21 09:40', 'g-fl');
    await whole.say('wang', '请假 11月2日到11月6日 由班文秀代', '2026-10-30 09:00');
    await whole.until('2026-11-02 12:00');
    const november = (who: string) => bulletins(whole, who).filter(({ time }) => time.startsWith('2026-11'));
    expect(november('wang')).toEqual([]);
    expect(november('ban').map(({ text }) => text.split('\n')[0])).toEqual([
      '村建所2026年10月通报（截至10月31日，只发您单位）：',
    ]);
    expect(november('gan')).toHaveLength(1);
    expect(november('duty').map(({ text }) => /胡海波/u.test(text))).toEqual([true]);
  });

  test('not at all where the setting says so', async () => {
    const whole = await started((yaml) => `${yaml}\nsettings: { digest: { bulletin: false } }\n`);
    await autumn(whole);
    await whole.until('2026-11-03 12:00');
    expect(whole.sent.filter(({ text }) => text.includes('通报'))).toEqual([]);
    expect(whole.to('xiong', 'digest').length).toBeGreaterThan(0);
  });
});
