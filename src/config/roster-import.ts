/**
 * The four sheets → the roster part of a township file. The sheets become the same tree that YAML
 * gives and pass the same checks; each error names sheet, row and column.
 * People, villages and the rest may be referred to by id or by a name that is unique.
 */
import type { Taxonomy } from '../domain/category.ts';
import type { Result } from '../kernel/result.ts';
import { err } from '../kernel/result.ts';
import { shippedTaxonomy } from '../taxonomy/index.ts';
import type { Path, TownshipError } from './errors.ts';
import { fieldOf } from './errors.ts';
import { townshipTree } from './export.ts';
import { CHAT_WORDS, LEVELS, ROLE_WORDS, SHEETS, TIER_WORDS } from './roster-sheets.ts';
import type { Row, Table } from './roster-tables.ts';
import { cellWords, idsByName, readTables, wordList } from './roster-tables.ts';
import type { Sheet } from './spreadsheet.ts';
import { readWorkbook } from './spreadsheet.ts';
import type { Locate, TownshipFile } from './township.ts';
import { checkedTownship } from './township.ts';

interface Import {
  readonly file: string;
  readonly places: Map<string, Omit<TownshipError, 'message'>>;
  readonly errors: TownshipError[];
  readonly personId: (words: string) => string;
  readonly placeId: (words: string) => string;
}

type Fields = Record<string, unknown>;

/**
 * @param base the township as it is: its name, settings, categories, duty list and cards stay
 * @param file the name that errors show, `名册.xlsx`
 */
export function importRoster(
  sheets: readonly Sheet[],
  base: TownshipFile,
  file: string,
  taxonomy: Taxonomy = shippedTaxonomy,
): Result<TownshipFile, TownshipError[]> {
  const { tables, errors } = readTables(sheets, file);
  const [people, places, offices, chats] = [SHEETS.people, SHEETS.places, SHEETS.offices, SHEETS.chats].map(
    (name): Table => tables.get(name) ?? { name, rows: [] },
  ) as [Table, Table, Table, Table];
  const into: Import = {
    file,
    places: new Map(),
    errors: [...errors],
    personId: idsByName(people, '姓名'),
    placeId: idsByName(places, '名称'),
  };
  const tree = {
    ...townshipTree(base),
    people: people.rows.map((row, i) => person(row, ['people', i], into)),
    roles: roles(people, into),
    villages: villages(places, into),
    offices: offices.rows.map((row, i) => office(row, ['offices', i], into)),
    chats: chats.rows.map((row, i) => chat(row, ['chats', i], into)),
  };
  return checkedTownship(tree, locator(into), into.errors, taxonomy);
}

/** `importRoster` from the bytes of an .xlsx file. */
export async function importWorkbook(
  bytes: Uint8Array,
  base: TownshipFile,
  file: string,
): Promise<Result<TownshipFile, TownshipError[]>> {
  const sheets = await readWorkbook(bytes).catch(() => null);
  if (sheets !== null) return importRoster(sheets, base, file);
  return err([{ file, line: null, field: '', message: '打不开：不是 .xlsx 文件，或者文件坏了' }]);
}

/** The cell of a field, else the row of the thing around it, else the field in the township as it was. */
function locator({ places, file }: Import): Locate {
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const place = places.get(fieldOf(path.slice(0, length)));
      if (place !== undefined) return place;
    }
    return { file, line: null, field: fieldOf(path) };
  };
}

/** Puts fields into an object and remembers the cell each came from. */
function fill(
  row: Row,
  path: Path,
  columns: Readonly<Record<string, readonly [string, unknown]>>,
  into: Import,
): Fields {
  const fields: Fields = {};
  into.places.set(fieldOf(path), row.at(null));
  for (const [field, [column, value]] of Object.entries(columns)) {
    into.places.set(fieldOf([...path, field]), row.at(column));
    if (value !== null && value !== undefined) fields[field] = value;
  }
  return fields;
}

function person(row: Row, path: Path, into: Import): Fields {
  const name = row.text('姓名');
  return fill(
    row,
    path,
    {
      id: ['编号', row.text('编号') ?? name],
      name: ['姓名', name],
      phone: ['电话', row.text('电话')],
      accounts: ['账号', row.accounts()],
    },
    into,
  );
}

/** 值班员2 stands after 值班员1; without numbers the order of the rows counts. */
function roles(people: Table, into: Import): Fields {
  const held: { role: string; place: number; id: string }[] = [];
  const byWord = new Map(Object.entries(ROLE_WORDS).map(([role, word]) => [word as string, role]));
  for (const row of people.rows) {
    for (const words of wordList(row.text('职务'))) {
      const [, word = '', place = ''] = /^(.*?)(\d*)$/.exec(words) ?? [];
      const role = byWord.get(word);
      const message = `职务只能是 ${[...byWord.keys()].join('、')}，现在是 "${words}"`;
      if (role === undefined) into.errors.push({ ...row.at('职务'), message });
      else held.push({ role, place: Number(place), id: row.text('编号') ?? row.text('姓名') ?? '' });
    }
  }
  held.sort((a, b) => a.place - b.place);
  return Object.fromEntries(
    Object.keys(ROLE_WORDS).map((role) => [role, held.filter((h) => h.role === role).map((h) => h.id)]),
  );
}

const INSIDE = [
  [LEVELS.village, null, 'villages'],
  [LEVELS.zone, LEVELS.village, 'zones'],
  [LEVELS.group, LEVELS.zone, 'groups'],
  [LEVELS.neighborhood, LEVELS.group, 'neighborhoods'],
] as const;

interface Placed {
  readonly path: Path;
  readonly fields: Fields;
}

/** Rows in any order; level by level, each into what its 上级 names. */
function villages(places: Table, into: Import): Fields[] {
  const top: Fields = { villages: [] };
  let above = new Map<string, Placed>([['', { path: [], fields: top }]]);
  const words = INSIDE.map(([word]) => word as string);
  for (const row of places.rows) {
    const message = `层级只能是 ${words.join('、')}`;
    if (!words.includes(row.text('层级') ?? '')) into.errors.push({ ...row.at('层级'), message });
  }
  for (const [level, parentLevel, list] of INSIDE) {
    const here = new Map<string, Placed>();
    for (const row of places.rows.filter((r) => r.text('层级') === level)) {
      const parent = above.get(parentLevel === null ? '' : into.placeId(row.text('上级') ?? ''));
      const message = `找不到上级${parentLevel} "${row.text('上级') ?? ''}"`;
      if (parent === undefined) into.errors.push({ ...row.at('上级'), message });
      else place(row, parent, list, here, into);
    }
    above = here;
  }
  return top.villages as Fields[];
}

function place(row: Row, parent: Placed, list: string, here: Map<string, Placed>, into: Import): void {
  const siblings = (parent.fields[list] ?? []) as Fields[];
  parent.fields[list] = siblings;
  const path = [...parent.path, list, siblings.length];
  const name = row.text('名称');
  const head = row.text('负责人');
  const cadres = wordList(row.text('驻村干部')).map(into.personId);
  const fields = fill(
    row,
    path,
    {
      id: ['编号', row.text('编号') ?? name],
      name: ['名称', name],
      [list === 'villages' ? 'secretary' : 'head']: ['负责人', head === null ? null : into.personId(head)],
      cadres: ['驻村干部', cadres.length > 0 ? cadres : null],
      households: ['户数', row.text('户数')],
    },
    into,
  );
  siblings.push(fields);
  if (!here.has(cellWords(fields.id))) here.set(cellWords(fields.id), { path, fields });
}

function office(row: Row, path: Path, into: Import): Fields {
  const [leader, village] = [row.text('分管领导'), row.text('村')];
  return fill(
    row,
    path,
    {
      id: ['编号', row.text('编号') ?? row.text('名称')],
      name: ['名称', row.text('名称')],
      tier: ['层级', codeOf(TIER_WORDS, row.text('层级'))],
      village: ['村', village === null ? null : into.placeId(village)],
      leader: ['分管领导', leader === null ? null : into.personId(leader)],
      officers: ['承办人', wordList(row.text('承办人')).map(into.personId)],
      categories: ['类别', wordList(row.text('类别'))],
    },
    into,
  );
}

function chat(row: Row, path: Path, into: Import): Fields {
  const village = row.text('村');
  return fill(
    row,
    path,
    {
      id: ['编号', row.text('编号') ?? row.text('群号')],
      adapter: ['平台', row.text('平台')],
      external: ['群号', row.text('群号')],
      kind: ['类型', codeOf(CHAT_WORDS, row.text('类型'))],
      village: ['村', village === null ? null : into.placeId(village)],
    },
    into,
  );
}

/** The code behind a word of the sheet; a word that is none is left for the check to name. */
function codeOf(words: Readonly<Record<string, string>>, word: string | null): string | null {
  return Object.keys(words).find((code) => words[code] === word) ?? word;
}
