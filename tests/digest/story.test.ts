/** Digests and the meeting as people get them: scenarios through the program itself. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { paragraphs } from './readers.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const TOWNSHIP = readFileSync(new URL('../support/township.yaml', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'digest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Sent {
  readonly chat: { readonly id: string };
  readonly kind: string;
  readonly text: string;
  readonly at: string;
  readonly media: readonly { readonly name: string; readonly path?: string }[];
}

interface Run {
  readonly raw: string;
  readonly sent: readonly Sent[];
  readonly out: string;
}

type Line = readonly [at: string, who: string, text: string, group?: string];
let runs = 0;

/** Plays lines; a line without words only moves the clock. */
function play(lines: readonly Line[], settings = '', keep = true): Run {
  const name = join(folder, String(++runs));
  writeFileSync(`${name}.yaml`, `${TOWNSHIP}\n${settings}\n`);
  const scenario = lines.map(([at, who, text, group], i) =>
    JSON.stringify(
      text === ''
        ? { type: 'clock', at: `${at}:00+08:00` }
        : {
            type: 'message',
            id: `m${i}`,
            chat: group === undefined ? { id: `u-${who}`, kind: 'direct' } : { id: group, kind: 'group' },
            from: { id: `u-${who}` },
            text,
            at: `${at}:00+08:00`,
          },
    ),
  );
  writeFileSync(`${name}.jsonl`, `${scenario.join('\n')}\n`);
  const out = `${name}-out`;
  const options = [
    'simulate',
    '--township',
    `${name}.yaml`,
    ...(keep ? ['--out', out] : []),
    `${name}.jsonl`,
  ];
  const raw = execFileSync(process.execPath, ['bin/huiyin.mjs', ...options], { cwd: ROOT, encoding: 'utf8' });
  const all = raw
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { type: string });
  return { raw, out, sent: all.filter(({ type }) => type === 'send') as unknown as Sent[] };
}

const digests = ({ sent }: Run): readonly Sent[] => sent.filter(({ kind }) => kind === 'digest');

describe('the monthly digest', () => {
  const lines: readonly Line[] = [
    ['2026-10-20T09:00', 'lin', '#上报 3组王家桥路灯不亮', 'g-fl'],
    ['2026-10-20T09:30', 'li', '办结 1 换了灯泡'],
    ['2026-10-20T10:00', 'lin', '满意'],
    ['2026-12-01T10:00', '', ''],
  ];
  const run = play(lines);

  test('comes once a month, in private, with its files under the folder', () => {
    expect(digests(run).map(({ chat, at }) => [chat.id, at])).toEqual([
      ['u-xiong', '2026-11-02T09:00:00+08:00'],
      ['u-xiong', '2026-12-01T09:00:00+08:00'],
    ]);
    for (const { media, text } of digests(run)) {
      expect(media.map(({ name }) => name.replace(/^.*\./u, ''))).toEqual([
        'docx',
        'xlsx',
        'png',
        'png',
        'png',
      ]);
      for (const { path = '' } of media)
        expect(readFileSync(join(run.out, path)).length).toBeGreaterThan(1000);
      expect(text.split('\n').length).toBeLessThanOrEqual(15);
    }
    expect(digests(run)[0]?.text).toContain('收到1件。');
  });

  test('two runs give the same lines and the same files', () => {
    const again = play(lines);
    expect(again.raw).toBe(run.raw);
    const hashes = (out: string): readonly string[] =>
      readdirSync(join(out, 'digest/2026-10'))
        .toSorted()
        .map(
          (name) =>
            `${name} ${createHash('sha256')
              .update(readFileSync(join(out, 'digest/2026-10', name)))
              .digest('hex')}`,
        );
    expect(hashes(again.out)).toEqual(hashes(run.out));
  });

  test('without a folder only names are given', () => {
    const [first] = digests(play(lines.slice(0, 1).concat([['2026-11-02T10:00', '', '']]), '', false));
    expect(first?.media).toHaveLength(5);
    for (const { name, path } of first?.media ?? []) expect([name !== '', path]).toEqual([true, undefined]);
  });

  test('none for a month that ended before the first line; on demand at once', () => {
    const fresh = play([
      ['2026-12-01T08:00', 'lin', '#上报 3组王家桥路灯不亮', 'g-fl'],
      ['2026-12-01T09:30', 'xiong', '月报 2026-12'],
      ['2026-12-01T09:40', '', ''],
    ]);
    expect(digests(fresh).map(({ chat, at }) => [chat.id, at])).toEqual([
      ['u-xiong', '2026-12-01T09:30:00+08:00'],
    ]);
    expect(digests(fresh)[0]?.text).toContain('2026年12月月报');
  });

  test('weekly by a setting', () => {
    const weekly = play(
      [lines[0] as Line, ['2026-11-02T10:00', '', '']],
      'settings: { digest: { weekly: true } }',
    );
    expect(digests(weekly).map(({ at, text }) => [at.slice(0, 16), text.split('（')[0]])).toEqual([
      ['2026-10-26T09:00', '柳溪镇2026年第43周'],
      ['2026-11-02T09:00', '柳溪镇2026年10月月报'],
      ['2026-11-02T09:00', '柳溪镇2026年第44周'],
    ]);
    // Figures and charts; papers are for the month.
    expect(digests(weekly).map(({ media }) => media.length)).toEqual([3, 5, 3]);
  });
});

test('督办 42 提醒函: supervised once, and a draft each time it is asked for', async () => {
  const run = play([
    ['2026-11-02T09:00', 'lin', '#上报 3组王家桥路灯不亮', 'g-fl'],
    ['2026-11-25T09:00', 'xiong', '督办 1 提醒函'],
    ['2026-11-25T09:10', 'xiong', '督办 1 提醒函'],
    ['2026-11-25T09:20', 'li', '督办 1 提醒函'],
  ]);
  const letters = run.sent.filter(({ kind, media }) => kind === 'notice' && media.length > 0);
  expect(letters.map(({ chat }) => chat.id)).toEqual(['u-xiong', 'u-xiong']);
  expect(run.sent.filter(({ kind, chat }) => kind === 'supervised' && chat.id === 'u-xiong')).toHaveLength(1);
  const text = await paragraphs(
    new Uint8Array(readFileSync(join(run.out, letters[0]?.media[0]?.path ?? ''))),
  );
  expect(text.join()).toContain('群众反映枫林村3组王家桥路灯不亮');
});

test('of what is closed there is nothing to remind of: the secretary hears so, and no letter is made', async () => {
  const run = play([
    ['2026-11-02T09:00', 'lin', '#上报 3组王家桥路灯不亮', 'g-fl'],
    ['2026-11-02T09:10', 'xiong', '督办 1'],
    ['2026-11-02T10:00', 'li', '办结 1 灯换好了'],
    ['2026-11-02T11:00', 'lin', '1'],
    ['2026-11-03T09:00', 'xiong', '督办 1 提醒函'],
  ]);
  expect(run.sent.filter(({ media }) => media.length > 0)).toEqual([]);
  const answer = run.sent.filter(
    ({ chat, at }) => chat.id === 'u-xiong' && at.startsWith('2026-11-03T09:00'),
  );
  expect(answer).toHaveLength(1);
  expect(answer[0]?.text).toMatch(/已经|结案/u);
});

describe('the sentiment meeting', () => {
  const settings = 'settings: { meeting: { date: { kind: dates, dates: ["2026-11-20"] } } }';
  const run = play(
    [
      ['2026-11-02T09:00', 'lin', '#上报 3组王家桥路灯不亮', 'g-fl'],
      ['2026-11-02T09:10', 'li', '接单'],
      ['2026-11-12T09:00', 'lin', '#上报 5组水管漏水', 'g-fl'],
      ['2026-11-16T09:00', 'li', '进展 1 灯具在路上，11月25日装好'],
      ['2026-11-18T10:00', 'wang', '确认'],
      ['2026-11-20T10:00', 'xiong', '议定 1 村建所 12月10日前 换成LED灯'],
      ['2026-11-26T10:00', '', ''],
    ],
    settings,
  );
  const meeting = run.sent.filter(({ kind, text }) => kind === 'notice' && /分析会|会上议定/u.test(text));
  const on = (day: string): readonly Sent[] =>
    meeting.filter(({ at }) => at.startsWith(`2026-11-${day}T09:00`));

  test('five working days before: a sheet for each office, of what was open when the list was frozen', () => {
    expect(on('13').map(({ chat }) => chat.id)).toEqual(['u-wang']);
    expect(on('13')[0]?.text).toContain('#0001 枫林村3组王家桥路灯不亮');
    expect(on('13')[0]?.text).not.toContain('#0002');
  });

  test('the sheet has two blanks a matter', async () => {
    const { path = '' } = on('13')[0]?.media[0] ?? {};
    const text = await paragraphs(new Uint8Array(readFileSync(join(run.out, path))));
    expect(text).toContain('怎么办，哪天办好');
    expect(text).toContain('办不了：为什么，谁去说明');
  });

  test('two days before: the leader reads what the office has said', () => {
    expect(on('18').map(({ chat }) => chat.id)).toEqual(['u-wang']);
    expect(on('18')[0]?.text).toMatch(/灯具在路上[，,]11月25日装好/u);
  });

  test('the day before: the secretary’s page', () => {
    expect(on('19').map(({ chat }) => chat.id)).toEqual(['u-xiong']);
    expect(on('19')[0]?.text).toContain('分管领导看过1家，都看过了。');
    const thanked = run.sent.filter(
      ({ chat, text }) => chat.id === 'u-wang' && text.includes('就按这个上会'),
    );
    expect(thanked.map(({ at }) => at)).toEqual(['2026-11-18T10:00:00+08:00']);
  });

  test('the day after: draft minutes to recorder and secretary', async () => {
    expect(on('23').map(({ chat }) => chat.id)).toEqual(['u-ban', 'u-xiong']);
    const { path = '' } = on('23')[0]?.media[0] ?? {};
    const text = await paragraphs(new Uint8Array(readFileSync(join(run.out, path))));
    expect(text).toContain('换成LED灯');
    expect(text).toContain('草稿，待审定。');
  });

  test('three days after: all have heard', () => {
    expect(on('25').map(({ chat, text }) => [chat.id, text])).toEqual([
      ['u-xiong', '会上议定的1件，反映人都告诉到了。'],
    ]);
  });

  test('the deputy of a leader who is away has the sheet and confirms it; what nobody has is the desk’s', async () => {
    const away = play(
      [
        ['2026-11-02T09:00', 'lin', '#上报 3组王家桥路灯不亮', 'g-fl'],
        ['2026-11-02T09:10', 'lin', '#上报 3组超市乱涨价', 'g-fl'],
        ['2026-11-12T09:00', 'wang', '请假 11月12日到11月19日 由班文秀代'],
        ['2026-11-16T09:00', 'li', '进展 1 灯具在路上，11月25日装好'],
        ['2026-11-18T10:00', 'ban', '确认'],
        ['2026-11-19T10:00', '', ''],
      ],
      settings,
    );
    const papers = away.sent.filter(({ kind, text }) => kind === 'notice' && text.includes('民情分析会'));
    expect(papers.map(({ chat, at }) => [at.slice(8, 10), chat.id])).toEqual([
      ['13', 'u-ban'],
      ['13', 'u-duty'],
      ['18', 'u-ban'],
      ['19', 'u-xiong'],
    ]);
    const [, desk] = papers;
    expect(desk?.text).toContain('还有1件没有交办');
    expect(desk?.text).toContain('回“交办 2 单位”');
    const text = await paragraphs(new Uint8Array(readFileSync(join(away.out, desk?.media[0]?.path ?? ''))));
    expect(text).toContain('交给哪个单位，哪天办好');
    expect(papers.at(-1)?.text).toContain('分管领导看过1家，都看过了。');
  });

  test('never to a head, never in a group, and without the setting never at all', () => {
    expect(meeting.filter(({ chat }) => chat.id === 'u-lin' || chat.id.startsWith('g-'))).toEqual([]);
    const none = play([
      ['2026-11-02T09:00', 'lin', '#上报 3组王家桥路灯不亮', 'g-fl'],
      ['2026-11-26T10:00', '', ''],
    ]);
    expect(none.raw).not.toContain('分析会');
  });
});
