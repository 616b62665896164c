/** An area's digest as its viewers get it: with the month, on demand, once, and nobody else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { areaSourceOf } from '../../src/cli/areas.ts';
import { readHuiyin } from '../../src/config/huiyin.ts';
import type { AreaPlace } from '../../src/domain/areas.ts';
import { Whole } from '../support/house.ts';

const TOWNSHIP = readFileSync(new URL('../support/township.yaml', import.meta.url), 'utf8');
const AREAS: readonly AreaPlace[] = [
  { id: 'county', name: '安化县', parent: null, townships: [], viewers: ['liuxi/ban'] },
  { id: 'west', name: '西片', parent: 'county', townships: ['qingshan', 'liuxi'], viewers: ['liuxi/wang'] },
];
const open: Whole[] = [];
afterEach(async () => {
  for (const whole of open.splice(0)) await whole.close();
});

const other = (yaml: string): string =>
  yaml.replace('id: liuxi,', 'id: qingshan,').replace('name: 柳溪镇', 'name: 青山镇');

/** Another township with a bot and a database of its own, and this one beside it. */
async function townships(
  start: string,
  areas = AREAS,
): Promise<{ ours: Whole; theirs: Whole; opened: string[] }> {
  const theirs = await new Whole({ start, township: other }).open();
  const opened: string[] = [];
  const ours = await new Whole({
    ...{ start, areas },
    source: ({ policy, store }) => ({
      open: async (township) => {
        opened.push(township);
        const close = () => undefined;
        if (township === 'liuxi') return { policy, store, close };
        return township === 'qingshan' ? { policy: theirs.policy, store: theirs.store, close } : null;
      },
    }),
  }).open();
  open.push(ours, theirs);
  return { ours, theirs, opened };
}

async function october(ours: Whole, theirs: Whole): Promise<void> {
  await ours.say('lin', '#上报 3组王家桥路灯不亮', '2026-10-20 09:00', 'g-fl');
  await theirs.say('lin', '#上报 3组王家桥路灯不亮', '2026-10-21 09:00', 'g-fl');
  await theirs.say('lin', '#上报 3组水塘边水管漏水', '2026-10-21 09:10', 'g-fl');
}

const digests = (whole: Whole, who: string) =>
  whole.to(who, 'digest').filter(({ text }) => /县|西片/u.test(text.split('\n')[0] ?? ''));

describe('with the month', () => {
  test('each viewer gets their area, township by township in the order of the file, with the sheet', async () => {
    const { ours, theirs } = await townships('2026-10-19 08:00');
    await october(ours, theirs);
    await ours.until('2026-11-03 12:00');
    const [west, ...more] = digests(ours, 'wang');
    expect(more).toEqual([]);
    expect(west?.time).toBe('2026-11-02 09:00');
    const lines = west?.text.split('\n') ?? [];
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(lines[0]).toContain('西片2026年10月月报');
    expect(lines[1]).toBe('共收到3件。');
    expect(lines.slice(5).map((line) => line.split('；')[0])).toEqual(['青山镇：收到2件', '柳溪镇：收到1件']);
    expect(west?.media.map(({ name }) => name)).toEqual(['西片2026-10民情汇总.xlsx']);
    // Named for the county, which has its townships from what lies in it.
    expect(digests(ours, 'ban').map(({ text }) => text.split('\n').slice(0, 2))).toEqual([
      ['安化县2026年10月月报（2个乡镇，按名册顺序，不排名）', '共收到3件。'],
    ]);
    for (const who of ['xiong', 'duty', 'lin', 'li']) expect(digests(ours, who), who).toEqual([]);
    // The other township's own viewers are its bot's: it names none here.
    expect(theirs.sent.filter(({ text }) => text.includes('西片'))).toEqual([]);
  });

  test('once, though the machine slept a week over it, the clock went back, and a process died in between', async () => {
    const { ours, theirs } = await townships('2026-10-19 08:00');
    await october(ours, theirs);
    await ours.until('2026-10-31 12:00');
    await ours.wakeAt('2026-11-09 11:00');
    expect(digests(ours, 'wang').map(({ time }) => time)).toEqual(['2026-11-09 11:00']);
    await ours.wakeAt('2026-11-01 09:00');
    await ours.until('2026-11-10 09:00');
    // Planned again by a process that knows nothing of the first: the same keys.
    const [job] = ours.house.due.jobs ? [ours.house.due.jobs] : [];
    await ours.store.setMeta(ours.scope, 'job:area_digest', String(ours.at('2026-10-31 12:00')));
    await job?.open(ours.clock.now());
    await ours.until('2026-11-10 20:00');
    expect(digests(ours, 'wang')).toHaveLength(1);
    expect(digests(ours, 'ban')).toHaveLength(1);
  });

  test('caught up in the night it waits for the morning', async () => {
    const { ours, theirs } = await townships('2026-10-19 08:00');
    await october(ours, theirs);
    await ours.wakeAt('2026-11-05 23:30');
    expect(digests(ours, 'wang')).toEqual([]);
    await ours.until('2026-11-06 08:00');
    expect(digests(ours, 'wang').map(({ time }) => time)).toEqual(['2026-11-06 07:30']);
  });

  test('a township that can’t be read is named, not left out in silence', async () => {
    const gone = [{ ...(AREAS[1] as AreaPlace), parent: null, townships: ['liuxi', 'nowhere'] }];
    const { ours, theirs } = await townships('2026-10-19 08:00', gone);
    await october(ours, theirs);
    await ours.until('2026-11-02 12:00');
    expect(digests(ours, 'wang')[0]?.text).toContain('没有读到数据，没算在内：nowhere。');
  });

  test('where the installation names no viewer of this township, nothing is planned', async () => {
    const foreign = AREAS.map((area) => ({ ...area, viewers: ['qingshan/wang'] }));
    const { ours, theirs, opened } = await townships('2026-10-19 08:00', foreign);
    await october(ours, theirs);
    await ours.until('2026-11-03 12:00');
    expect(opened).toEqual([]);
  });
});

describe('on demand', () => {
  test('月报 gives a viewer the area, the secretary the township, and who is both both', async () => {
    const both = AREAS.map((area) =>
      area.id === 'west' ? { ...area, viewers: ['liuxi/wang', 'liuxi/xiong'] } : area,
    );
    const { ours, theirs } = await townships('2026-10-19 08:00', both);
    await october(ours, theirs);
    await ours.say('wang', '月报 2026-10', '2026-10-22 09:00');
    expect(ours.to('wang', 'digest').map(({ text }) => text.split('（')[0])).toEqual(['西片2026年10月月报']);
    await ours.say('xiong', '月报 2026-10', '2026-10-22 09:10');
    expect(
      ours.to('xiong', 'digest').map(({ text }) => text.split('（')[0]?.replace(/\n[\s\S]*/u, '')),
    ).toEqual(['西片2026年10月月报', '柳溪镇2026年10月月报']);
  });

  test('who sees the county may ask for what lies in it by name; another one hears a polite no', async () => {
    const { ours, theirs } = await townships('2026-10-19 08:00');
    await october(ours, theirs);
    await ours.say('ban', '月报 2026-10 西片', '2026-10-22 09:00');
    expect(ours.to('ban', 'digest').map(({ text }) => text.split('（')[0])).toEqual(['西片2026年10月月报']);
    for (const [who, words] of [
      ['xiong', '月报 2026-10 西片'],
      ['wang', '月报 2026-10 安化县'],
      ['lin', '月报 2026-10'],
      ['li', '月报 2026-10'],
    ] as const) {
      await ours.say(who, words, ours.clock.now() + 60_000);
      expect(ours.to(who, 'digest'), who).toEqual([]);
      expect(ours.to(who, 'refused').at(-1)?.text, who).toBeTruthy();
    }
  });

  test('asked twice by one message, it is one answer', async () => {
    const { ours, theirs } = await townships('2026-10-19 08:00');
    await october(ours, theirs);
    await ours.say('wang', '月报 2026-10', '2026-10-22 09:00');
    await ours.until('2026-10-22 09:30');
    expect(ours.to('wang', 'digest')).toHaveLength(1);
  });

  test('a month that has not come is refused', async () => {
    const { ours } = await townships('2026-10-19 08:00');
    await ours.say('wang', '月报 2026-12', '2026-10-22 09:00');
    expect(ours.to('wang', 'refused')).toHaveLength(1);
  });
});

describe('where the townships are read', () => {
  test('their own databases, else the one that holds several; what is not there is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'areas-'));
    try {
      const [here, there] = [join(folder, 'a.db'), join(folder, 'b.db')];
      for (const [name, yaml] of [
        ['a.yaml', TOWNSHIP],
        ['b.yaml', other(TOWNSHIP)],
        ['broken.yaml', 'township: ['],
      ] as const)
        writeFileSync(join(folder, name), yaml);
      const theirs = await new Whole({ start: '2026-10-19 08:00', township: other, file: there }).open();
      await theirs.say('lin', '#上报 3组王家桥路灯不亮', '2026-10-21 09:00', 'g-fl');
      const ours = await new Whole({ start: '2026-10-19 08:00', file: here }).open();
      open.push(ours, theirs);
      const files = ['broken', 'a', 'b'].map((name) => JSON.stringify(join(folder, `${name}.yaml`))).join();
      const yaml = (databases: string) =>
        `townships: [${files}]\nareas: [{ id: w, name: 西片, townships: [qingshan] }]\n${databases}`;
      const source = (databases: string) => {
        const read = readHuiyin(yaml(databases), 'huiyin.yaml', {});
        if (!read.ok) throw new Error(JSON.stringify(read.error));
        return areaSourceOf({ config: read.value, db: here }, { policy: ours.policy, store: ours.store });
      };
      const first = async (from: ReturnType<typeof source>) => {
        const one = await from?.open('qingshan');
        const at = (await one?.store.firstReceived({ township: 'qingshan' })) ?? null;
        one?.close();
        return one === null ? 'missing' : at;
      };
      expect(await first(source(`databases: { qingshan: ${JSON.stringify(there)} }`))).toBe(
        theirs.at('2026-10-21 09:00'),
      );
      // In ours there is nothing of theirs yet.
      expect(await first(source(''))).toBeNull();
      expect((await source('')?.open('qingshan'))?.store).toBe(ours.store);
      expect(await first(source('databases: { qingshan: nowhere.db }'))).toBe('missing');
      expect(await source('')?.open('elsewhere')).toBeNull();
      expect((await source('')?.open('liuxi'))?.store).toBe(ours.store);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('without areas there is nothing to read', () => {
    const read = readHuiyin('township: a.yaml', 'huiyin.yaml', {});
    if (!read.ok) throw new Error('unreadable');
    expect(areaSourceOf({ config: read.value, db: 'x.db' }, null)).toBeNull();
  });
});
