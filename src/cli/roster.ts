/** `huiyin roster`: the township file and the spreadsheets that townships keep, into one another. */
import { copyFile, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { exportTownship } from '../config/export.ts';
import { importWorkbook } from '../config/roster-import.ts';
import { exportWorkbook } from '../config/roster-sheets.ts';
import { formatErrors, type TownshipFile } from '../config/township.ts';
import { CliError } from './failure.ts';
import { loadTownship } from './township.ts';

export interface ImportOptions {
  readonly file: string;
  readonly township: string;
  readonly dryRun?: boolean;
}

/** Lays the roster over the township file; the file before is kept beside it. */
export async function importRosterFile({ file, township, dryRun = false }: ImportOptions): Promise<void> {
  const base = (await loadTownship(township)).file;
  const next = isWorkbook(file) ? await fromWorkbook(file, base) : (await loadTownship(file)).file;
  for (const line of differences(base, next)) process.stdout.write(`${line}\n`);
  if (dryRun) {
    process.stdout.write('只检查，没有写文件。\n');
    return;
  }
  await copyFile(township, `${township}.bak`);
  await replace(township, exportTownship(next));
  process.stdout.write(`写好了：${township}（原来的在 ${township}.bak）。重新启动后生效。\n`);
}

export interface ExportOptions {
  readonly file: string;
  readonly township: string;
}

export async function exportRosterFile({ file, township }: ExportOptions): Promise<void> {
  if ((await stat(file).catch(() => null)) !== null) {
    throw new CliError(2, {
      what: `${file} 已经有了，不覆盖。`,
      safe: '什么都没有改动。',
      next: '换一个文件名。',
    });
  }
  const source = (await loadTownship(township)).file;
  const content = isWorkbook(file) ? await exportWorkbook(source.roster) : exportTownship(source);
  await writeFile(file, content, { mode: 0o600 });
  process.stdout.write(`写好了：${file}。里面有姓名和电话，请收好。\n`);
}

const isWorkbook = (file: string): boolean => extname(file).toLowerCase() === '.xlsx';

async function fromWorkbook(file: string, base: TownshipFile): Promise<TownshipFile> {
  const read = await importWorkbook(await readFile(file), base, basename(file));
  if (read.ok) return read.value;
  throw new CliError(2, {
    what: `名册有 ${read.error.length} 处要改：\n${formatErrors(read.error)}`,
    safe: '乡镇文件没有改动。',
    next: '按上面的表和行改好，再导入一次。',
  });
}

/** Who came and who left, so that a slip of the sheet is seen before it counts. */
function differences(before: TownshipFile, after: TownshipFile): readonly string[] {
  const names = ({ roster }: TownshipFile) => new Map(roster.people.map(({ id, name }) => [id, name]));
  const [old, now] = [names(before), names(after)];
  const missing = (from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>) =>
    [...from].filter(([id]) => !to.has(id)).map(([, name]) => name);
  const listed = (people: readonly string[]) =>
    people.length === 0
      ? '无'
      : `${people.slice(0, 20).join('、')}${people.length > 20 ? `等 ${people.length} 人` : ''}`;
  return [
    `人员 ${old.size} → ${now.size}；新增：${listed(missing(now, old))}；去掉：${listed(missing(old, now))}`,
    `单位 ${before.roster.offices.length} → ${after.roster.offices.length}；村 ${before.roster.villages.length} → ${after.roster.villages.length}`,
  ];
}

/** Whole or not at all: a cut-off township file would stop the next start. */
async function replace(file: string, content: string): Promise<void> {
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}
