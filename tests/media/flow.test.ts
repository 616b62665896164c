/** From a message with a photo to the officer who sees it, and every way in which that can fail. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { mediaBeside } from '../../src/cli/media.ts';
import { HOUR, MINUTE } from '../../src/kernel/zone.ts';
import { FETCH_TIMEOUT_MS } from '../../src/media/platforms.ts';
import { sniff } from '../../src/media/sniff.ts';
import { Bot, type BotOptions } from './bot.ts';
import { heic, jpeg, page, planted, png, program, webp } from './pictures.ts';

const LAMP = '#上报 3组王家桥路灯不亮';
const GROUP = { in: 'g-fl' };
const bots: Bot[] = [];
const folders: string[] = [];
function bot(options: BotOptions = {}): Bot {
  const made = new Bot(options);
  bots.push(made);
  return made;
}
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'huiyin-media-'));
  folders.push(made);
  return made;
}
afterEach(async () => {
  for (const one of bots.splice(0)) await one.store.close();
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});

describe('a photo with a report', () => {
  it('comes to the officer after the assignment, as a copy without where it was taken', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    world.behind.set('b', png());
    await world.say('lin', LAMP, { ...GROUP, media: ['a', 'b'] });
    expect(world.to('li').map(({ kind }) => kind)).toEqual(['assignment', 'notice']);
    expect(world.to('li')[1]).toMatchObject({
      text: '#0001 现场照片2张',
      case: 'LX2611-0001',
      media: [
        { name: '照片1.jpg', mime: 'image/jpeg' },
        { name: '照片2.png', mime: 'image/png' },
      ],
    });
    expect(world.copies.size).toBe(2);
    for (const copy of world.copies.values()) {
      expect(planted(copy)).toEqual([]);
      expect(sniff(copy)).not.toBeNull();
    }
    expect(world.to('g-fl').flatMap(({ media }) => media)).toEqual([]);
  });

  it('lies sealed, for its owner alone, under a name that tells nothing', async () => {
    const data = folder();
    const world = bot({ media: mediaBeside(data), file: join(data, 'town.db') });
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    const [path = ''] = world.pathsTo('li');
    expect(planted(readFileSync(path))).toEqual([]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const media = join(data, 'media');
    const files = readdirSync(media, { recursive: true, encoding: 'utf8' })
      .map((name) => join(media, name))
      .filter((name) => statSync(name).isFile());
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/kept\/([0-9a-f]{2})\/([0-9a-f]{2})\/\1\2[0-9a-f]{60}$/);
    expect(planted(readFileSync(files[0] ?? ''))).toEqual([]);
    expect(sniff(readFileSync(files[0] ?? ''))).toBeNull();
    expect(statSync(files[0] ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(join(media, 'kept')).mode & 0o777).toBe(0o700);
    // Nothing of it in the database either.
    for (const name of readdirSync(data).filter((one) => one.startsWith('town.db')))
      expect(planted(readFileSync(join(data, name)))).toEqual([]);
  });

  it('sent twice is one file and one picture to look at', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    world.behind.set('b', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a', 'b'] });
    expect(await world.kept()).toBe(1);
    expect(world.shown('li')).toEqual(['#0001 现场照片1张']);
  });

  it('of two cases is two files: one can be erased without the other', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.say('lin', '#上报 3组水井边下水道堵了', { ...GROUP, media: ['a'] });
    expect(await world.kept()).toBe(2);
  });

  it('is fetched at most nine of a message', async () => {
    const world = bot();
    const refs = Array.from({ length: 12 }, (_, i) => `p${i}`);
    for (const ref of refs) world.behind.set(ref, png());
    await world.say('lin', LAMP, { ...GROUP, media: refs });
    expect(world.fetched).toHaveLength(9);
  });

  it('waits out the night with an assignment that does, and follows it', async () => {
    const world = bot({ start: '2026-11-02 22:30' });
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    expect(world.to('li')).toEqual([]);
    await world.until('2026-11-03 08:00');
    expect(world.to('li').map(({ kind }) => kind)).toEqual(['assignment', 'notice']);
    expect(world.to('li')[1]?.media).toHaveLength(1);
  });

  it('goes to the dispatcher while nobody has the case, then to whoever gets it', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.say('li', '退回 1 不归我们管');
    await world.say('duty', '交办 1 供电所');
    const officer = (await world.case(1)).assignee ?? '';
    expect(officer).not.toBe('li');
    expect(world.shown(officer)).toEqual(['#0001 现场照片1张']);
    expect(world.shown('li')).toHaveLength(1);
  });

  it('comes to the deputy of an officer who is away by then', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, GROUP);
    expect((await world.case(1)).assignee).toBe('li');
    const { store, scope } = world;
    const away = JSON.stringify({ person: 'li', from: '2026-11-02', to: '2026-11-04', deputy: 'chen' });
    await store.transact(scope, [
      { load: {}, decide: () => ({ answer: null, facts: { 'absence:li': away } }) },
    ]);
    await world.say('lin', '', { ...GROUP, media: ['a'] });
    expect([world.shown('li'), world.shown('chen').at(-1)]).toEqual([[], '#0001 现场照片1张']);
  });

  it('comes to a later officer once, however often the case goes to and fro', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.say('li', '转办 1 供电所 归他们');
    const other = (await world.case(1)).assignee ?? '';
    await world.say(other, '转办 1 村建所 归他们');
    expect(world.shown('li')).toHaveLength(1);
    expect(world.shown(other)).toHaveLength(1);
  });
});

describe('a file that is not what it says', () => {
  it.each([
    ['a web page', page()],
    ['a program', program()],
    ['nothing', new Uint8Array()],
  ])('is not kept, and its sender hears it in one line: %s', async (_, bytes) => {
    const world = bot();
    world.behind.set('a', bytes);
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    expect(await world.kept()).toBe(0);
    expect(world.shown('lin')).toEqual([
      expect.stringMatching(/^#0001 您发的附件没有收：.*照常办.*直接发来。$/),
    ]);
    expect(world.to('li').map(({ kind }) => kind)).toEqual(['assignment']);
  });

  it('is told of only where nothing else came', async () => {
    const world = bot();
    world.behind.set('a', page());
    world.behind.set('b', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a', 'b'] });
    expect(world.shown('lin')).toEqual([]);
    expect(world.shown('li')).toEqual(['#0001 现场照片1张']);
  });

  it('may not be larger than the township says', async () => {
    const large = Buffer.concat([jpeg(), Buffer.alloc(2_000_001)]);
    const world = bot({ township: (yaml) => `${yaml}\nsettings: { cases: { mediaMegabytes: 2 } }\n` });
    world.behind.set('a', large);
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    expect(world.shown('lin')[0]).toContain('超过2兆');
    expect(await world.kept()).toBe(0);
  });

  it('that can not be cleaned is kept and not shown, which is said', async () => {
    const world = bot();
    world.behind.set('a', heic());
    world.behind.set('b', jpeg().subarray(0, 60));
    world.behind.set('c', webp());
    await world.say('lin', LAMP, { ...GROUP, media: ['a', 'b', 'c'] });
    expect(await world.kept()).toBe(3);
    expect(world.shown('li')[0]).toMatch(/^#0001 现场照片1张\n另有2份附件不能转/);
    expect(world.pathsTo('li')).toHaveLength(1);
  });
});

describe('a platform that fails', () => {
  it('twice and then gives the photo is asked again within the five minutes', async () => {
    const world = bot();
    world.behind.set('a', ['fails', 'fails', jpeg()]);
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    expect(world.shown('li')).toEqual([]);
    await world.until(world.clock.now() + MINUTE);
    expect(world.fetched).toHaveLength(3);
    expect(world.shown('li')).toEqual(['#0001 现场照片1张']);
    expect(world.shown('duty')).toEqual([]);
  });

  it('for good is given up, and the dispatcher hears it once a case, the admins nothing', async () => {
    const world = bot();
    world.behind.set('a', 'fails');
    world.behind.set('b', 'fails');
    await world.say('lin', LAMP, { ...GROUP, media: ['a', 'b'] });
    await world.until(world.clock.now() + 3 * HOUR);
    expect(world.shown('duty')).toEqual([
      expect.stringMatching(/^#0001 有照片没有取到.*照常办.*再发一次。$/),
    ]);
    expect(world.to('admin')).toEqual([]);
    expect(world.fetched).toHaveLength(16);
    for (const { text } of world.sent) expect(text).not.toMatch(/token|example/);
    const before = world.fetched.length;
    await world.until(world.clock.now() + 24 * HOUR);
    expect(world.fetched).toHaveLength(before);
  });

  it('holds up the other photos for two minutes, not for an hour', async () => {
    const world = bot();
    world.behind.set('a', ['fails', 'fails', 'fails', 'fails', 'fails', 'fails', jpeg()]);
    world.behind.set('b', png());
    await world.say('lin', LAMP, { ...GROUP, media: ['a', 'b'] });
    await world.until(world.clock.now() + 2 * MINUTE);
    expect(world.shown('li')).toEqual([expect.stringMatching(/^#0001 现场照片1张\n还有1份没取完/)]);
    await world.until(world.clock.now() + HOUR);
    expect(world.shown('li')).toHaveLength(2);
    expect(world.pathsTo('li').map((path) => path.slice(-3))).toEqual(['png', 'jpg']);
  });

  it('that never answers is let go of, while pages and reminders go on', async () => {
    const world = bot({ beside: true });
    world.behind.set('a', ['hangs', jpeg()]);
    await world.hear('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.settle();
    // The loop came back though the platform has not.
    await world.say('li', '接单');
    expect((await world.case(1)).state).toBe('in_progress');
    world.timers.advanceBy(FETCH_TIMEOUT_MS);
    await world.house.due.tasks.idle();
    await world.until(world.clock.now() + MINUTE);
    await world.house.due.tasks.idle();
    await world.settle();
    await world.house.dispatcher.flush();
    expect(world.shown('li')).toEqual(['#0001 现场照片1张']);
  });

  it('is not waited for at the end: the file is fetched after the next start', async () => {
    const file = join(folder(), 'town.db');
    const world = bot({ beside: true, file });
    world.behind.set('a', 'hangs');
    await world.hear('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.settle();
    await world.house.release();
    await bots.pop()?.store.close();
    const again = bot({ file, start: '2026-11-02 09:01' });
    again.behind.set('a', jpeg());
    await again.settle();
    expect(again.shown('li')).toEqual(['#0001 现场照片1张']);
  });
});

describe('a process that dies', () => {
  it('between the commit and the download fetches after its start', async () => {
    const file = join(folder(), 'town.db');
    const world = bot({ file });
    await world.hear('lin', LAMP, { ...GROUP, media: ['a'] });
    expect(world.fetched).toEqual([]);
    await bots.pop()?.store.close();
    const again = bot({ file, start: '2026-11-02 09:02' });
    again.behind.set('a', jpeg());
    await again.settle();
    expect(again.shown('li')).toEqual(['#0001 现场照片1张']);
  });

  it('between storing and recording stores the same file again', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.hear('lin', LAMP, { ...GROUP, media: ['a'] });
    const { transact } = world.store;
    let writes = 0;
    // The key is made, the file is written; then the record fails.
    world.store.transact = (...given) => {
      if (++writes === 2) return Promise.reject(new Error('the disk is full'));
      return transact(...given);
    };
    await world.house.due.tasks.run();
    expect(await world.kept()).toBe(1);
    world.store.transact = transact;
    await world.until(world.clock.now() + 2 * MINUTE);
    expect(await world.kept()).toBe(1);
    expect(world.shown('li')).toEqual(['#0001 现场照片1张']);
  });
});

describe('a photo before its report', () => {
  it('is fetched at once and belongs to the report, though its address is dead by then', async () => {
    const world = bot();
    world.behind.set('a', [jpeg()]);
    await world.say('lin', '', { ...GROUP, media: ['a'] });
    expect([await world.waiting(), await world.kept()]).toEqual([1, 0]);
    await world.until(world.clock.now() + 4 * MINUTE);
    await world.say('lin', LAMP, GROUP);
    expect(world.fetched).toEqual(['a']);
    expect(world.shown('li')).toEqual(['#0001 现场照片1张']);
    expect([await world.waiting(), await world.kept()]).toEqual([0, 1]);
  });

  it('without a report is erased when its minutes are over', async () => {
    const data = folder();
    const world = bot({ media: mediaBeside(data), file: join(data, 'town.db') });
    world.behind.set('a', jpeg());
    await world.say('lin', '', { ...GROUP, media: ['a'] });
    expect(await world.waiting()).toBe(1);
    await world.until(world.clock.now() + 5 * MINUTE);
    expect(await world.waiting()).toBe(1);
    await world.until(world.clock.now() + MINUTE);
    expect(await world.waiting()).toBe(0);
    await world.say('lin', LAMP, GROUP);
    expect(world.shown('li')).toEqual([]);
    expect(await world.kept()).toBe(0);
  });

  it('lies sealed, and no row says where from', async () => {
    const data = folder();
    const world = bot({ media: mediaBeside(data), file: join(data, 'town.db') });
    world.behind.set('https://wecom.example/secret-address', jpeg());
    await world.say('lin', '', { ...GROUP, media: ['https://wecom.example/secret-address'] });
    const all = readdirSync(data, { recursive: true, encoding: 'utf8' }).map((name) => join(data, name));
    for (const path of all.filter((name) => statSync(name).isFile())) {
      expect(planted(readFileSync(path))).toEqual([]);
      expect(readFileSync(path).includes('secret-address')).toBe(false);
    }
  });

  it('of a platform that does not answer in its minutes is let go of', async () => {
    const world = bot({ beside: true });
    world.behind.set('a', 'hangs');
    await world.hear('lin', '', { ...GROUP, media: ['a'] });
    await world.settle();
    world.timers.advanceBy(6 * MINUTE);
    await world.house.due.tasks.idle();
    await world.settle();
    expect(await world.waiting()).toBe(0);
  });

  it('of somebody who may not report is not even fetched', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('u-stranger', '', { ...GROUP, media: ['a'] });
    expect(world.fetched).toEqual([]);
  });

  it('after its report within the minutes is attached and shown', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, GROUP);
    await world.until(world.clock.now() + 2 * MINUTE);
    await world.say('lin', '', { ...GROUP, media: ['a'] });
    expect(world.shown('li').at(-1)).toBe('#0001 现场照片1张');
  });
});

describe('what is taken back', () => {
  it('照片发错了: the file is erased and shown to nobody any more', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.say('lin', '照片发错了');
    expect((await world.case(1)).media).toEqual([]);
    expect(await world.kept()).toBe(0);
    await world.say('li', '照片 1');
    expect(world.shown('li').at(-1)).toBe('#0001 没有能看的照片');
  });

  it('while it is still being fetched: it never arrives', async () => {
    const world = bot();
    world.behind.set('a', ['fails', jpeg()]);
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.say('lin', '照片发错了');
    await world.until(world.clock.now() + 10 * MINUTE);
    expect([await world.kept(), world.shown('li')]).toEqual([0, []]);
  });

  it('recalled with its message', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a'], id: 'm77' });
    await world.recall('lin', 'm77', GROUP);
    expect(await world.kept()).toBe(0);
    expect((await world.case(1)).media).toEqual([]);
  });

  it('an erased case leaves files that nobody can open, and soon none', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    const { number } = await world.case(1);
    await world.store.transact(world.scope, [
      { load: {}, decide: () => ({ answer: null, eraseVault: [number] }) },
    ]);
    await world.say('li', '照片 1');
    expect(world.shown('li').at(-1)).toBe('#0001 没有能看的照片');
    await world.say('lin', '补充 1 又坏了一盏', { media: ['a'] });
    await world.until(world.clock.now() + 50 * HOUR);
    expect(await world.kept()).toBe(0);
    expect([...(await world.store.facts(world.scope, 'media:'))]).toEqual([]);
  });
});

describe('照片 42', () => {
  async function reported(words: string, options: BotOptions = {}): Promise<Bot> {
    const world = bot(options);
    world.behind.set('a', jpeg());
    await world.say('lin', words, { media: ['a'] });
    return world;
  }

  const readings = async (world: Bot, file: string): Promise<readonly unknown[]> => {
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(file, { readonly: true });
    const rows = db.prepare(`SELECT "by", what FROM audit WHERE what LIKE 'media_%' ORDER BY id`).all();
    db.close();
    expect(world.sent.length).toBeGreaterThan(0);
    return rows;
  };

  it('sends them again to who may see the case, each reading on record', async () => {
    const file = join(folder(), 'town.db');
    const world = await reported(LAMP, { file });
    for (const words of ['照片 1', '照片1', '照片 #0001', '看照片 LX2611-0001']) await world.say('li', words);
    await world.say('duty', '照片 1');
    expect(world.shown('li')).toEqual(new Array(5).fill('#0001 现场照片1张'));
    expect(world.shown('duty')).toEqual(['#0001 现场照片1张']);
    expect(await readings(world, file)).toEqual([
      { by: 'clock', what: 'media_shown' },
      ...new Array(4).fill({ by: 'li', what: 'media_read' }),
      { by: 'duty', what: 'media_read' },
    ]);
  });

  it('is answered to others as if there were no such case', async () => {
    const world = await reported('#上报 3组王大爷的低保没到账');
    await world.say('qiu', '照片 1');
    const answer = world.to('qiu').at(-1)?.text ?? '';
    await world.say('qiu', '照片 99');
    expect(world.to('qiu').at(-1)?.text.replaceAll('99', '01')).toBe(answer);
    expect(world.pathsTo('qiu')).toEqual([]);
  });

  it('is silent in a group, where the words are the caption of a photo', async () => {
    const world = await reported(LAMP);
    const before = world.sent.length;
    await world.say('li', '照片 1', { in: 'g-off' });
    await world.say('lin', '照片 1', GROUP);
    expect(world.sent).toHaveLength(before);
  });

  it('says so where there are none, and where the platform takes none', async () => {
    const world = await reported(LAMP, { capabilities: { mediaOut: false } });
    expect(world.shown('li')).toEqual([]);
    await world.say('li', '照片 1');
    expect(world.shown('li')).toEqual([expect.stringContaining('这里发不了图片')]);
    expect(world.copies.size).toBe(0);
    await world.say('lin', '#上报 3组水井边下水道堵了');
    await world.say('duty', '照片 2');
    expect(world.shown('duty').at(-1)).toBe('#0002 没有能看的照片');
  });

  it('while one is on its way says when to ask again', async () => {
    const world = bot();
    world.behind.set('a', 'fails');
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.until(world.clock.now() + 3 * MINUTE);
    await world.say('li', '照片 1');
    expect(world.shown('li').at(-1)).toMatch(/^#0001 的照片正在取\n还有1份没取完，过几分钟再回“照片 1”。$/);
  });
});

describe('a private matter', () => {
  const ACCUSES = '#上报 不要说是我报的：村建所的李明辉收了材料半年不办，态度恶劣';

  it('of a protected reporter: only the dispatcher and who gets the case, never the accused, never a group', async () => {
    const file = join(folder(), 'town.db');
    const world = bot({ file });
    world.behind.set('a', jpeg());
    await world.say('lin', ACCUSES, { ...GROUP, media: ['a'] });
    const officer = (await world.case(1)).assignee;
    const readers = officer === null ? ['duty'] : [officer];
    for (const who of readers) expect(world.shown(who)).toEqual(['#0001 现场照片1张']);
    const withFiles = world.sent.filter(({ media }) => media.length > 0);
    expect(new Set(withFiles.map(({ chat }) => chat.id))).toEqual(new Set(readers.map((who) => `u-${who}`)));
    for (const who of ['li', 'wang', 'qiu', 'ma', 'xie']) {
      await world.say(who, '照片 1');
      expect(world.pathsTo(who)).toEqual([]);
    }
    // The reporter may see the own ones; no row names her for it.
    await world.say('lin', '照片 1');
    expect(world.shown('lin')).toEqual(['#0001 现场照片1张']);
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(file, { readonly: true });
    const about = JSON.stringify([
      db.prepare(`SELECT * FROM audit WHERE what LIKE 'media_%'`).all(),
      db.prepare(`SELECT * FROM tasks WHERE kind LIKE 'media%'`).all(),
      db.prepare(`SELECT * FROM facts WHERE key LIKE 'media%'`).all(),
    ]);
    db.close();
    expect(about).not.toMatch(/"lin"|u-lin/);
  });

  it('that is refused reaches a protected reporter through the alias', async () => {
    const world = bot();
    world.behind.set('a', program());
    await world.say('lin', ACCUSES, { media: ['a'] });
    expect(world.shown('lin')).toEqual([expect.stringContaining('您发的附件没有收')]);
  });

  it('recalled from the group at our request keeps its photos for the officer', async () => {
    const world = bot();
    world.behind.set('a', jpeg());
    await world.say('lin', ACCUSES, { ...GROUP, media: ['a'], id: 'm9' });
    await world.recall('lin', 'm9', GROUP);
    expect(await world.kept()).toBe(1);
  });
});

describe('a run that keeps no files', () => {
  it('fetches nothing and says nothing more', async () => {
    const world = bot({ media: null });
    world.behind.set('a', jpeg());
    await world.say('lin', '', { ...GROUP, media: ['a'] });
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.until(world.clock.now() + HOUR);
    expect(world.fetched).toEqual([]);
    expect(world.shown('li')).toEqual([]);
    await world.say('li', '照片 1');
    expect(world.shown('li')).toEqual(['#0001 没有能看的照片']);
  });

  it.each([
    ['a simulation whose path leads nowhere', { media: { absentIsNothing: true } }],
    ['a platform that gives none', { capabilities: { mediaIn: false } }],
  ] as const)('%s: not a word more either', async (_, options) => {
    const world = bot(options);
    await world.say('lin', LAMP, { ...GROUP, media: ['a'] });
    await world.until(world.clock.now() + 3 * HOUR);
    expect([...world.shown('li'), ...world.shown('lin'), ...world.shown('duty')]).toEqual([]);
  });
});
