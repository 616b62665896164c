/** The files of a month, opened by readers that did not write them. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildDigest, type Digest, type DigestInput } from '../../src/digest/build.ts';
import { FONT_FILE, pngOf } from '../../src/digest/charts/png.ts';
import { draw } from '../../src/digest/charts/svg.ts';
import { reminderLetter } from '../../src/digest/documents/letter.ts';
import { assignmentSlip } from '../../src/digest/documents/slip.ts';
import { seenOf } from '../../src/digest/history.ts';
import { pastOf, spansOf } from '../../src/digest/past.ts';
import { REGISTER_COLUMNS } from '../../src/digest/register.ts';
import { wordsContext } from '../../src/replies/context.ts';
import { at, testPolicy } from '../support/world.ts';
import { paragraphs, part, pixels, serialDay, sheet, unzip } from './readers.ts';
import { answered, DAY, dated, event, HOUR, many, period, plain, selfHandled, withdrawn } from './support.ts';

const policy = testPolicy();
const VILLAGE = { village: 'fl', groups: ['fl-g3'], neighborhood: 'fl-g3-2' } as const;

const first = dated(1, {
  ...VILLAGE,
  households: 3,
  summary: '路灯坏了两盏，淹了2亩',
  coOffices: ['gongdian'],
  assignee: 'li',
  source: '12345',
  external: 'GD20261102001',
});
const cases = [
  answered(2, DAY, {
    ...VILLAGE,
    answer: '换了灯泡',
    receivedAt: at('12-30 23:30'),
    dueAt: at('12-31 23:45'),
  }),
  dated(3, {
    ...VILLAGE,
    sensitive: true,
    place: '王大爷家',
    summary: '低保没到账',
    category: 'welfare.dibao',
    office: 'minzheng',
  }),
  dated(4, {
    ...VILLAGE,
    protected: true,
    external: 'XF-0042',
    place: '桥头',
    summary: '书记家占地',
    category: 'house.illegal',
    reporters: [{ who: '~abc', message: null, behalf: null, via: null }],
  }),
  selfHandled(5, { ...VILLAGE, summary: '自己清了沟' }),
  withdrawn(6),
  dated(7, {
    ...VILLAGE,
    state: 'deferred',
    pause: { why: 'deferred', since: at('12-06 09:00'), until: null },
    reviewAt: at('2027-03-31 17:30'),
    cost: 120_000,
  }),
  dated(9, {
    ...VILLAGE,
    office: null,
    state: 'reported',
    category: 'gov.other',
    summary: '分不清归谁管',
    receivedAt: at('11-20 09:00'),
    dueAt: at('2027-02-01 17:30'),
  }),
  // Words as people paste them: a formula, a control character, XML, an emoji.
  dated(8, { ...VILLAGE, summary: '=1+1 <b>&"\u000b路😀', place: '3组"桥"' }),
];
const records = [
  {
    value: {
      ...first,
      decided: {
        office: 'cunjian',
        dueAt: at('2027-01-10 17:30'),
        text: '先立警示牌',
        by: 'xiong',
        at: at('12-20 09:00'),
      },
    },
    events: [
      event(first, 1, 'case_progressed', at('12-06 09:00'), { text: '看过现场' }),
      event(first, 2, 'case_progressed', at('12-08 09:00'), { text: '材料到了' }),
    ],
  },
  ...plain(cases),
];

const input: DigestInput = {
  drawn: true,
  period: period('2026-12'),
  asOf: at('2027-01-04 09:00'),
  roster: policy.roster,
  taxonomy: policy.taxonomy,
  pageMatters: 8,
  incidents: policy.settings.incidents,
  records,
  before: [],
  past: pastOf(
    records.map(({ value }) => seenOf(value)),
    spansOf(period('2026-12'), period('2026-12').to, policy.roster.township.timezone),
  ),
};

let digest: Digest;
const bytesOf = (ending: string): Uint8Array => {
  const file = digest.files.find(({ name }) => name.endsWith(ending));
  if (file === undefined) throw new Error(ending);
  return file.bytes;
};
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

beforeAll(async () => {
  digest = await buildDigest(input);
});

test('where no files are kept they have their names, and nothing is drawn', async () => {
  const plain = await buildDigest({ ...input, drawn: false });
  expect(plain.lines).toEqual(digest.lines);
  expect(plain.files.map(({ name, mime }) => [name, mime])).toEqual(
    digest.files.map(({ name, mime }) => [name, mime]),
  );
  expect(plain.files.every(({ bytes }) => bytes.length === 0)).toBe(true);
});

test('two runs give the same bytes, whatever the machine’s zone', async () => {
  const zone = process.env.TZ;
  process.env.TZ = 'America/New_York';
  try {
    const again = await buildDigest(input);
    expect(again.files.map(({ name, bytes }) => [name, hash(bytes)])).toEqual(
      digest.files.map(({ name, bytes }) => [name, hash(bytes)]),
    );
    expect(again.lines).toEqual(digest.lines);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('nor do seconds show: asked twice within a minute, the files are the same', async () => {
  const again = await buildDigest({ ...input, asOf: input.asOf + 47_011 });
  expect(again.files.map(({ bytes }) => hash(bytes))).toEqual(digest.files.map(({ bytes }) => hash(bytes)));
});

test('at most fifteen plain lines, each rate with its parts', () => {
  expect(digest.lines.length).toBeLessThanOrEqual(14);
  expect(digest.lines[0]).toBe('柳溪镇2026年12月月报（在办件截至1月4日09:00）');
  expect(digest.lines).toContain(
    '到期5件：按时答复1件（20.0%），已办结1件（20.0%）。不算在内：撤回、重复或不归镇里1、邻长自办1、挂账1。',
  );
  for (const word of ['王大爷', '低保没', '占地']) expect(digest.lines.join()).not.toContain(word);
});

test('of more matters than a meeting goes through the pack says that the register has them, and no cell grows without end', async () => {
  const twin = { ...VILLAGE, place: '王家桥', groups: ['ltw.3'], category: 'power.lamp' };
  const crowd = plain(
    many(600, 1, (serial) =>
      dated(serial, { ...twin, receivedAt: at('12-01 00:00') + serial * HOUR, dueAt: at('12-28 17:30') }),
    ),
  );
  const { past, ...rest } = input;
  const seen = crowd.map(({ value }) => seenOf(value));
  const large = await buildDigest({
    ...{ ...rest, records: crowd },
    past: { ...past, spans: pastOf(seen, past.spans).spans },
  });
  const [pack, register] = large.files;
  const text = await paragraphs(pack?.bytes ?? new Uint8Array());
  expect(text.filter((words) => words === '还有400件，见台账。')).toHaveLength(2);
  expect(Math.max(...text.map((words) => words.length))).toBeLessThan(400);
  const { rows } = await sheet(register?.bytes ?? new Uint8Array(), 1);
  const again = rows.map((row) => String(row[REGISTER_COLUMNS.indexOf('重复')]));
  expect(again).toHaveLength(601);
  expect(again[1]).toMatch(/^LC2611-0002、.*、LC2611-0013等599件$/u);
  expect(large.lines.join('\n').length).toBeLessThan(1_000);
});

describe('the meeting pack', () => {
  test('is a Word file with three pictures, dated by the clock', async () => {
    const files = await unzip(bytesOf('.docx'));
    expect([...files.keys()].filter((name) => name.endsWith('.png'))).toHaveLength(3);
    expect([...files.keys()][0]).toBe('[Content_Types].xml');
    const core = await part(bytesOf('.docx'), 'docProps/core.xml');
    expect(core.match(/2027-01-04T01:00:00Z/gu)).toHaveLength(2);
    expect(core).not.toContain('Un-named');
  });

  test('has one row a matter with its office and date, and nothing private', async () => {
    const text = await paragraphs(bytesOf('.docx'));
    for (const number of [1, 3, 4, 7, 8]) expect(text).toContain(`LC2611-000${number}`);
    expect(text).toContain('村建所（会办：供电所）');
    // Nobody's yet: apart, so that the meeting can say whose.
    expect(text.slice(text.indexOf('未交办'))).toContain('LC2611-0009');
    expect(text).toContain('挂账，3月31日再看');
    expect(text).toContain('约需12万元');
    const all = text.join('\n');
    expect(all).toContain('=1+1 <b>&"');
    for (const word of ['王大爷', '低保没到账', '占地', '桥头', '~abc', '林桂香'])
      expect(all).not.toContain(word);
  });

  test('speaks English where the township does', async () => {
    const { roster } = testPolicy({ locale: 'en' });
    const english = await buildDigest({ ...input, roster });
    expect(english.lines[0]).toContain('digest 2026-12');
    expect(english.lines.length).toBeLessThanOrEqual(14);
    expect(english.lines.slice(1).join(' ')).not.toMatch(/undefined|NaN|null/u);
  });
});

describe('the register', () => {
  test('has the township’s columns in their order, one row a case', async () => {
    const { rows } = await sheet(bytesOf('.xlsx'), 1);
    expect(rows[0]?.join(' ')).toBe(
      '序号 编号 来源 外部编号 反映日期 村 片 组 邻 转报人 事项 类别 户数 亩数 主办 协办 时限 首次联系 核实情况 进展 结果 所需资金及来源 答复方式 答复日期 答复人 是否解决 评价 重复 上次议定 备注',
    );
    expect(rows).toHaveLength(1 + records.length);
    expect(rows.slice(1).map((row) => row[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('says of a case what the paper register says', async () => {
    const { rows } = await sheet(bytesOf('.xlsx'), 1);
    const row = new Map(REGISTER_COLUMNS.map((name, i) => [name, rows[1]?.[i] ?? null]));
    expect(Object.fromEntries(row)).toMatchObject({
      编号: 'LC2611-0001',
      来源: '12345',
      外部编号: 'GD20261102001',
      村: '枫林村',
      片: '前片',
      组: '3组',
      邻: '2邻',
      转报人: '林桂香',
      户数: 3,
      亩数: 2,
      主办: '村建所',
      协办: '供电所',
      核实情况: '看过现场',
      进展: '在办：材料到了',
      上次议定: '村建所，2027-01-10前，先立警示牌',
    });
  });

  test('holds dates as dates of the township’s wall, with a format', async () => {
    const { rows, xml } = await sheet(bytesOf('.xlsx'), 1);
    const day = REGISTER_COLUMNS.indexOf('反映日期');
    // 23:30 in Shanghai is that day, whatever the day is in UTC.
    expect(serialDay(Number(rows[2]?.[day]))).toBe('2026-12-30T23:30');
    expect(xml).toMatch(/<c r="E2"[^>]* s="\d+"/u);
    const styles = await part(bytesOf('.xlsx'), 'xl/styles.xml');
    expect(styles).toContain('yyyy-mm-dd');
    expect(styles).toContain('yyyy-mm-dd hh:mm');
  });

  test('keeps its header in sight, filters, has widths and prints on its side', async () => {
    const { xml } = await sheet(bytesOf('.xlsx'), 1);
    expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/u);
    expect(xml).toContain('<autoFilter ref="A1:AD10"');
    expect(xml.match(/<col /gu)?.length).toBe(30);
    expect(xml).toMatch(/orientation="landscape"/u);
  });

  test('leaves out what is private, and a formula stays a text', async () => {
    const strings = await part(bytesOf('.xlsx'), 'xl/sharedStrings.xml');
    for (const word of ['王大爷', '低保没到账', '占地', '~abc', '桥头', 'XF-0042'])
      expect(strings).not.toContain(word);
    const { rows, xml } = await sheet(bytesOf('.xlsx'), 1);
    expect(rows[8]?.[REGISTER_COLUMNS.indexOf('事项')]).toContain('=1+1');
    expect(xml).not.toContain('<f>');
  });

  test('a second sheet has the figures', async () => {
    const { rows } = await sheet(bytesOf('.xlsx'), 2);
    expect(rows[0]).toEqual(['项目', '件数', '比例', '不算在内']);
    expect(rows.find(([name]) => name === '按时答复÷到期')?.slice(1, 3)).toEqual(['1÷5', '20.0%']);
  });
});

describe('charts', () => {
  test('are three pictures wide enough for print', () => {
    const charts = digest.files.filter(({ name }) => name.endsWith('.png'));
    expect(charts).toHaveLength(3);
    for (const { bytes } of charts) expect(pixels(bytes)).toMatchObject({ width: 1600, height: 1024 });
  });

  test('draw Chinese letters, not nothing and not boxes', () => {
    const inkOf = (text: string): { ink: number; png: Uint8Array } => {
      const png = pngOf(draw({ title: { text, left: 24, top: 18, textStyle: { fontSize: 30 } } }));
      return { png, ink: pixels(png).dark(30, 20, 400, 110) };
    };
    const [nothing, one, two] = [inkOf(''), inkOf('一一'), inkOf('鑫鬱'.replace('鬱', '圫'))];
    expect(nothing.ink).toBe(0);
    // A box for a missing letter has the same ink whatever the letter is.
    expect(one.ink).toBeGreaterThan(50);
    expect(two.ink).toBeGreaterThan(2 * one.ink);
    expect(hash(inkOf('路灯').png)).not.toBe(hash(inkOf('停水').png));
  });

  test('the font is small enough to ship and knows every word of the taxonomy', () => {
    expect(statSync(FONT_FILE).size).toBeLessThan(3_000_000);
    const letters = [...new Set(policy.taxonomy.categories.flatMap(({ zh, short }) => [...zh, ...short]))];
    const known = gb2312();
    expect(letters.filter((letter) => !known.has(letter) && letter.charCodeAt(0) > 0x2fff)).toEqual([]);
  });
});

/** The characters the font was cut down to. */
function gb2312(): ReadonlySet<string> {
  const decode = new TextDecoder('gb18030');
  const all = new Set<string>();
  for (let high = 0xa1; high <= 0xf7; high++) {
    for (let low = 0xa1; low <= 0xfe; low++) all.add(decode.decode(Uint8Array.of(high, low)));
  }
  return all;
}

describe('papers about one case', () => {
  const ctx = wordsContext(policy, at('2027-01-04 09:00'), false);
  const paper = { roster: policy.roster, ctx };

  test('the slip has the facts and room for signatures', async () => {
    const [record] = records;
    if (record === undefined) throw new Error('no case');
    const text = await paragraphs(await assignmentSlip({ ...paper, record }));
    for (const words of [
      '柳溪镇民情交办单',
      '编号 LC2611-0001',
      '枫林村3组2邻',
      '村建所',
      '3户，2亩',
      '2026年12月5日',
      'GD20261102001',
      '承办单位签收',
      '办理结果',
    ])
      expect(text).toContain(words);
    expect(text.join()).toContain('会上议定：先立警示牌');
  });

  test('the slip stays one page, however long the report is', async () => {
    const record = { value: { ...first, summary: '路灯坏了。'.repeat(400) }, events: [] };
    const text = await paragraphs(await assignmentSlip({ ...paper, record }));
    expect(text.join('').length).toBeLessThan(800);
  });

  test('the slip of a protected report says nothing of the matter', async () => {
    const record = plain(cases)[2];
    if (record === undefined) throw new Error('no case');
    const text = (await paragraphs(await assignmentSlip({ ...paper, record }))).join();
    for (const word of ['占地', '桥头', '枫林', '~abc']) expect(text).not.toContain(word);
  });

  test('the reminder is a draft without a document number and counts working days', async () => {
    const record = {
      value: dated(9, { ...VILLAGE, place: '王家桥', unsatisfied: 1, supervision: 'yellow' }),
      events: [],
    };
    const bytes = await reminderLetter({ ...paper, late: 20, record });
    const text = await paragraphs(bytes);
    expect(text[1]).toBe('（草稿，待审定签发；不编文号）');
    expect(text).toContain('村建所：');
    expect(text.join()).toContain(
      '12月5日，群众反映枫林村3组王家桥路灯不亮（编号LC2611-0009），由你单位承办。',
    );
    expect(text.join()).toMatch(/现已超过\d+个工作日/u);
    expect(text.join()).toContain('群众1次表示没有解决');
    expect(text.join()).not.toMatch(/〔20\d\d〕/u);
    expect(hash(await reminderLetter({ ...paper, late: 20, record }))).toBe(hash(bytes));
  });
});
