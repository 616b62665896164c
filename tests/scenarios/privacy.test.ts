import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';
import { story } from './story.ts';

describe('a sensitive matter', () => {
  story('leaves the group with one neutral line and goes on in private', async (world) => {
    await world.say('lin', '#上报 3组王大爷的低保没到账，电话13907375555', { in: 'g-fl' });
    const group = world.sent(null, 'g-fl');
    expect(group).toHaveLength(1);
    expect(group[0]?.kind).toBe('private');
    expect(group[0]?.text).not.toMatch(/低保|王大爷|0001/);
    expect(world.last('receipt', 'lin').text).toContain('#0001');
    expect(await world.case(1)).toMatchObject({ sensitive: true, assignee: 'liu', contacts: ['mobile'] });
    expect(JSON.stringify(await world.events(1))).not.toContain('13907375555');
  });

  story('is not told in a group when somebody asks how it stands', async (world) => {
    await world.say('lin', '#上报 3组王大爷的低保没到账', { in: 'g-fl' });
    const sent = await world.after(() => world.say('lin', '查询 1', { in: 'g-fl' }));
    expect(sent.map(({ kind, chat }) => `${kind} ${chat.id}`)).toEqual(['private g-fl', 'status u-lin']);
    expect(sent[0]?.text).not.toContain('低保');
  });

  story('is seen by no other head; its number does not exist for them', async (world) => {
    await world.say('lin', '#上报 3组王大爷的低保没到账', { in: 'g-fl' });
    await world.say('qiu', '查询 1');
    const answer = world.last('refused', 'qiu').text;
    await world.say('qiu', '查询 99');
    expect(world.last('refused', 'qiu').text.replaceAll('99', '01')).toBe(answer);
  });

  story('a general question in such a category is none', async (world) => {
    await world.say('lin', '请问高龄津贴怎么办理？', { in: 'g-fl' });
    expect(world.last('policy', 'g-fl').text).toContain('安化县民政局');
    expect(await world.cases()).toHaveLength(0);
  });
});

describe('a protected report', () => {
  const WORDS = '#上报 不要说是我报的：村建所的李明辉收了材料半年不办，态度恶劣';

  story('is kept under an alias, and the group is asked to recall the message', async (world) => {
    await world.say('lin', WORDS, { in: 'g-fl', id: 'm1' });
    const group = world.last('private', 'g-fl');
    expect(group.text).toContain('撤回');
    expect(group.text).not.toContain('李明辉');
    const c = await world.case(1);
    expect(c.protected).toBe(true);
    expect(c.reporters[0]?.who).toMatch(/^~/);
    const kept = JSON.stringify([c, await world.events(1)]);
    expect(kept).not.toContain('"lin"');
    expect(kept).not.toContain('u-lin');
    expect(world.last('receipt', 'lin').text).toContain('#0001');
  });

  story('never goes to the office or the person accused, whoever gives it', async (world) => {
    await world.say('lin', WORDS);
    const c = await world.case(1);
    expect(c.accused).toEqual(expect.arrayContaining(['cunjian', 'li']));
    expect(c.office).not.toBe('cunjian');
    await world.say('duty', '交办 1 村建所');
    expect(world.last('refused', 'duty').kind).toBe('refused');
    await world.say('xiong', '议定 1 村建所 11月20日前 查清楚');
    await world.say('duty', '转办 1 村建所 归你们');
    await world.say('duty', '会办 1 村建所 配合');
    expect(await world.case(1)).toMatchObject({ coOffices: [] });
    expect((await world.case(1)).office).not.toBe('cunjian');
    expect(world.sent(null, 'li')).toHaveLength(0);
    expect(world.sent(null, 'wang')).toHaveLength(0);
  });

  story('names its reporter to nobody, and the reporter still gets the answer and rates', async (world) => {
    await world.say('lin', WORDS);
    await world.say('duty', '交办 1 应急办');
    const officer = (await world.case(1)).assignee;
    await world.say(officer ?? '', '接单');
    await world.say(officer ?? '', '办结 1 已约谈，三天内办好');
    expect(world.last('resolved', 'lin').text).toContain('约谈');
    await world.say('lin', '1');
    expect(await world.case(1)).toMatchObject({ state: 'closed', rating: 'satisfied' });
    for (const { text, chat } of world.all) if (chat.id !== 'u-lin') expect(text).not.toContain('林桂香');
    const by = (await world.events(1)).map((event) => event.by);
    expect(by).not.toContain('lin');
  });

  story('may be followed up by its reporter without becoming known', async (world) => {
    await world.say('lin', WORDS);
    await world.say('duty', '交办 1 应急办');
    for (const words of ['查询', '催办 1', '补充 1 上个月也去过一次', '更正 1 是去年的事', '撤回 1'])
      await world.say('lin', words);
    expect((await world.case(1)).state).toBe('cancelled');
    expect(JSON.stringify(await world.events(1))).not.toContain('"lin"');
    for (const { text, chat } of world.all) if (chat.id !== 'u-lin') expect(text).not.toContain('林桂香');
  });

  story('recalled at our request keeps what it says for the officer', async (world) => {
    await world.say('lin', WORDS, { in: 'g-fl', id: 'm1' });
    const { summary } = await world.case(1);
    const sent = await world.after(() => world.recall('lin', 'm1', { in: 'g-fl' }));
    expect((await world.case(1)).summary).toBe(summary);
    expect(sent.filter(({ kind }) => kind === 'ask')).toHaveLength(0);
    expect(world.last('receipt', 'lin').text).toContain('#0001');
  });

  story('is seen by no head and no cadre of the village', async (world) => {
    await world.say('lin', WORDS);
    for (const who of ['qiu', 'xie', 'ma', 'long', 'zhou']) {
      await world.say(who, '查询 1');
      expect(world.last(null, who).kind).toBe('refused');
    }
  });
});

describe('a matter for the discipline bodies', () => {
  const WORDS = '村支书龙建平贪污了修路款两万块，还收红包';

  for (const chat of ['g-fl', undefined])
    story(`is not ours: 12388 in private, nothing kept (${chat ?? 'in private'})`, async (world) => {
      await world.say('lin', WORDS, chat === undefined ? {} : { in: chat });
      expect(world.last('notice', 'lin').text).toContain('12388');
      expect(await world.cases()).toHaveLength(0);
      for (const { text } of world.sent(null, 'g-fl')) expect(text).not.toMatch(/龙建平|贪污|红包/);
    });

  it('leaves no trace in the database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'huiyin-story-'));
    const world = new World({ file: join(folder, 'town.db') });
    await world.say('lin', WORDS, { in: 'g-fl' });
    await world.say('lin', WORDS);
    await world.close();
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(files.length).toBeGreaterThan(0);
    for (const bytes of files) {
      for (const word of ['贪污', '红包', '修路款', '两万块'])
        expect(bytes.includes(Buffer.from(word))).toBe(false);
    }
    rmSync(folder, { recursive: true });
  });

  story('slow or rude service is ours', async (world) => {
    await world.say('lin', '便民窗口的人态度很差，办个证跑了四趟还没办好');
    expect((await world.cases()).length + world.sent('ask', 'lin').length).toBe(1);
  });
});

describe('personal numbers', () => {
  story('never reach a group, a case or an event in clear', async (world) => {
    const numbers = ['13907371234', '432326197001012345', '6222021234567890123', '湘H12345'];
    await world.say(
      'lin',
      `#上报 3组路被${numbers[3]}堵了，车主电话${numbers[0]}，身份证${numbers[1]}，卡号${numbers[2]}`,
      { in: 'g-fl' },
    );
    const kept = JSON.stringify([
      await world.cases(),
      await world.events(1),
      world.all.map(({ text, row }) => [text, row.say]),
    ]);
    for (const number of numbers) expect(kept).not.toContain(number);
  });

  story(
    'are read with 联系方式 in private, by those who work on it, each reading on record',
    async (world) => {
      await world.say('lin', '#上报 3组王家桥路灯不亮，联系电话13907375555', { in: 'g-fl' });
      await world.say('li', '联系方式 1', { in: 'g-off' });
      expect(world.last(null, 'g-off').text).not.toContain('13907375555');
      for (const who of ['lin', 'qiu', 'ma', 'gan', 'wang', 'xiong']) {
        await world.say(who, '联系方式 1');
        expect(world.last(null, who).kind).toBe('refused');
      }
      await world.say('li', '联系方式 1');
      expect(world.last('contact', 'li').text).toContain('13907375555');
      await world.say('duty', '联系方式 1');
      const readings = (await world.events(1)).filter(({ type }) => type === 'contact_read');
      expect(readings.map(({ by }) => by)).toEqual(['li', 'duty']);
    },
  );
});
