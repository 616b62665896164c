import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatErrors } from '../../src/config/errors.ts';
import { importRoster, importWorkbook } from '../../src/config/roster-import.ts';
import { exportWorkbook, rosterSheets } from '../../src/config/roster-sheets.ts';
import type { Cell, Sheet } from '../../src/config/spreadsheet.ts';
import { columnName } from '../../src/config/spreadsheet.ts';
import { townshipFiles } from './roster-arbitrary.ts';
import { good } from './samples.ts';

const base = good();

/** The sample's sheets with one cell changed; rows and columns as the sheet shows them, from 1. */
function sheets(name?: string, row = 0, column = '', value: Cell = null): Sheet[] {
  return rosterSheets(base.roster).map((sheet) => {
    if (sheet.name !== name) return sheet;
    const at = sheet.rows[0]?.indexOf(column) ?? -1;
    if (at < 0) throw new Error(`no column ${column}`);
    const rows = sheet.rows.map((cells, i) => (i === row - 1 ? cells.with(at, value) : cells));
    return { name, rows };
  });
}

function errors(given: readonly Sheet[]): string[] {
  const result = importRoster(given, base, '名册.xlsx');
  return result.ok ? [] : formatErrors(result.error).split('\n');
}

describe('the roster in a workbook', () => {
  it('comes back as it went out', async () => {
    const bytes = await exportWorkbook(base.roster);
    expect(await importWorkbook(bytes, base, '名册.xlsx')).toEqual({ ok: true, value: base });
  });

  it('says so where a file is no workbook', async () => {
    for (const bytes of [new Uint8Array(), new TextEncoder().encode('编号,姓名\n1,2')]) {
      const result = await importWorkbook(bytes, base, '名册.csv');
      expect(result.ok || formatErrors(result.error)).toBe('名册.csv: 打不开：不是 .xlsx 文件，或者文件坏了');
    }
  });

  it('comes back whatever the names', () => {
    fc.assert(
      fc.property(townshipFiles, (file) => {
        expect(importRoster(rosterSheets(file.roster), file, 'x.xlsx')).toEqual({ ok: true, value: file });
      }),
      { numRuns: 200 },
    );
  });

  it('may name people instead of giving ids, and give phones as numbers', () => {
    const given = sheets('单位', 2, '分管领导', '王志刚').map((sheet) =>
      sheet.name === '人员'
        ? { ...sheet, rows: sheet.rows.map((row, i) => (i === 4 ? row.with(2, 13_800_000_001) : row)) }
        : sheet,
    );
    expect(importRoster(given, base, '名册.xlsx')).toEqual({ ok: true, value: base });
  });

  it('takes a name as the id where none is given', () => {
    const people = {
      name: '人员',
      rows: [
        ['编号', '姓名', '电话', '职务'],
        [null, '熊丹', null, '书记、值班员'],
      ],
    };
    const places = {
      name: '组织',
      rows: [
        ['层级', '编号', '名称', '上级', '负责人', '驻村干部', '户数'],
        ['村', null, '石桥村', null, '熊丹', null, null],
      ],
    };
    const rest = rosterSheets({ ...base.roster, offices: [], chats: [] }).slice(2);
    const result = importRoster(
      [people, places, ...rest],
      { ...base, absences: [], roster: { ...base.roster, duty: [] } },
      'x',
    );
    expect(result).toMatchObject({
      ok: true,
      value: {
        roster: {
          people: [{ id: '熊丹' }],
          roles: { dispatchers: ['熊丹'] },
          villages: [{ id: '石桥村', secretary: '熊丹' }],
        },
      },
    });
  });

  it.each<[string, number, string, Cell, string]>([
    ['组织', 4, '负责人', 'nobody', '名册.xlsx[组织]:4: 负责人: 找不到人员 "nobody"，请在 people 里加上'],
    ['组织', 5, '上级', 'nowhere', '名册.xlsx[组织]:5: 上级: 找不到上级组 "nowhere"'],
    ['组织', 5, '户数', '很多', '名册.xlsx[组织]:5: 户数: 户数要写数字'],
    ['组织', 9, '层级', '县', '名册.xlsx[组织]:9: 层级: 层级只能是 村、片、组、邻'],
    ['人员', 6, '编号', 'lin', '名册.xlsx[人员]:6: 编号: 人员编号 "lin" 重复，已用在 people[3]'],
    ['人员', 5, '电话', '138', ''],
    [
      '人员',
      5,
      '电话',
      '1380000000',
      '名册.xlsx[人员]:5: 电话: 电话号码格式不对：手机 11 位，座机如 0737-8880000',
    ],
    [
      '人员',
      5,
      '职务',
      '镇长',
      '名册.xlsx[人员]:5: 职务: 职务只能是 书记、记录员、值班员、管理员，现在是 "镇长"',
    ],
    ['单位', 3, '层级', '市', '名册.xlsx[单位]:3: 层级: 只能是 village、township、county，现在是 "市"'],
    [
      '单位',
      3,
      '类别',
      'powr',
      '名册.xlsx[单位]:3: 类别: 找不到类别 "powr"，是不是 "power"？没有就请在 categories 里加上',
    ],
    ['群', 3, '类型', '网友', '名册.xlsx[群]:3: 类型: 只能是 heads、residents、officers，现在是 "网友"'],
  ])('%s row %i, %s = %s', (name, row, column, value, error) => {
    const told = errors(sheets(name, row, column, value));
    if (error === '') expect(told).toEqual([]);
    else expect(told).toContain(error);
  });

  it('names a missing sheet and a missing or strange column', () => {
    const given = sheets().filter(({ name }) => name !== '群');
    expect(errors(given)).toContain('名册.xlsx: 群: 缺少工作表"群"');
    const renamed = sheets('人员', 1, '电话', '手机');
    expect(errors(renamed)).toEqual([
      '名册.xlsx[人员]:1: 电话: 缺少这一列',
      '名册.xlsx[人员]:1: 手机: 不认识这一列',
    ]);
  });

  it('names columns as a spreadsheet does', () => {
    expect([0, 25, 26, 51, 52].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA']);
  });
});
