/** The township file for a command: read, checked, made a policy; or all that is wrong with it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buildPolicy } from '../config/policy.ts';
import { formatErrors, readTownship, type TownshipFile } from '../config/township.ts';
import type { Policy } from '../domain/policy.ts';
import type { Store } from '../store/port.ts';
import { shippedTaxonomy } from '../taxonomy/index.ts';
import { CliError } from './failure.ts';

export interface TownshipSource {
  readonly text: string;
  readonly file: TownshipFile;
}

export async function loadTownship(path: string): Promise<TownshipSource> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CliError(
      2,
      {
        what: `读不了乡镇文件 ${path}：${error instanceof Error ? error.message : '未知原因'}`,
        safe: '什么都没有改动。',
        next: '用 --township 写对路径；仓库里的 seeds/township.yaml 是一个例子。',
      },
      error,
    );
  });
  const read = readTownship(text, basename(path), shippedTaxonomy);
  if (read.ok) return { text, file: read.value };
  throw new CliError(2, {
    what: `乡镇文件有 ${read.error.length} 处要改：\n${formatErrors(read.error)}`,
    safe: '什么都没有改动，正在运行的程序不受影响。',
    next: '按上面的行号改好，再运行一次。',
  });
}

export const policyOf = ({ file }: TownshipSource, version: number): Policy => buildPolicy(file, version);

/** The township file as the policy in force; a changed file makes the next version. */
export async function policyInForce(store: Store, source: TownshipSource): Promise<Policy> {
  const scope = { township: source.file.roster.township.id };
  const kept = await store.policy(scope);
  // Only a mark of the file: it names people and their numbers, which belong in no database and no backup of one.
  const mark = `sha256:${createHash('sha256').update(source.text).digest('hex')}`;
  if (kept?.text === mark) return policyOf(source, kept.version);
  const version = (kept?.version ?? 0) + 1;
  try {
    await store.savePolicy(scope, version, mark);
    return policyOf(source, version);
  } catch (error) {
    // Two processes of a township that begin together: the other was first with the same file.
    const saved = await store.policy(scope);
    if (saved?.text !== mark) throw error;
    return policyOf(source, saved.version);
  }
}
