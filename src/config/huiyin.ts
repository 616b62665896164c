/**
 * `huiyin.yaml` and the environment: where this installation keeps its data and which adapters run.
 * The environment wins over the file, so that one file serves several machines.
 */
import { z } from 'zod';
import type { Result } from '../kernel/result.ts';
import { err, ok } from '../kernel/result.ts';
import { areaErrors } from './areas.ts';
import type { FileError } from './errors.ts';
import { fieldOf, inFileOrder } from './errors.ts';
import type { Finding } from './issues.ts';
import { findings } from './issues.ts';
import { resolveReferences } from './secrets.ts';
import type { YamlTree } from './yaml-tree.ts';
import { readYaml } from './yaml-tree.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One adapter as configured; `options` are checked by the adapter's own schema. */
export interface AdapterConfig {
  /** The folder in adapters/: `telegram`. Two entries may share one type. */
  readonly type: string;
  readonly enabled: boolean;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A county or 片区 above townships; an area may stand in another. */
export interface Area {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
  readonly townships: readonly string[];
  /** Who may see its figures, as `<township id>/<person id>`. */
  readonly viewers: readonly string[];
}

export interface HuiyinConfig {
  /** A file for SQLite, or an address `postgres://…`. */
  readonly database: string;
  /** Files, photos, adapters' own state; `null`: beside the database file, `data` where that is on a server. */
  readonly dataDir: string | null;
  /** `null`: the key is made once, beside the data folder. */
  readonly keyFile: string | null;
  /** Township files. */
  readonly townships: readonly string[];
  readonly adapters: Readonly<Record<string, AdapterConfig>>;
  readonly areas: readonly Area[];
  /** Databases of other townships, by township id, that areas are read from; those not named lie in `database`. */
  readonly databases: Readonly<Record<string, string>>;
  /** All values that came from `${…}`: the log and every page leave them out. */
  readonly secrets: readonly string[];
}

const text = z.string().trim().min(1, '不能是空的');
const adapter = z
  .looseObject({ type: text.exactOptional(), enabled: z.boolean().default(true) })
  .nullable()
  .transform((given) => given ?? { enabled: true });
const area = z.strictObject({
  id: text,
  name: text,
  parent: text.nullable().default(null),
  townships: z.array(text).default([]),
  viewers: z.array(text.regex(/^[^/]+\/[^/]+$/, '写成 乡镇编号/人员编号')).default([]),
});

const schema = z.strictObject({
  database: text.default('data/huiyin.db'),
  dataDir: text.nullable().default(null),
  keyFile: text.nullable().default(null),
  township: text.exactOptional(),
  townships: z.array(text).min(1, '至少写一个乡镇文件').exactOptional(),
  adapters: z.record(text, adapter).default({}),
  areas: z.array(area).default([]),
  databases: z.record(text, text).default({}),
});

type FileConfig = z.output<typeof schema>;

const KEYS = 'database dataDir keyFile township townships adapters areas databases'.split(' ');

/** @param yaml `null` where there is no file: the environment and the defaults are enough to start. */
export function readHuiyin(
  yaml: string | null,
  file: string,
  env: Environment,
): Result<HuiyinConfig, FileError[]> {
  const tree = readYaml(yaml ?? '{}', file, () => true);
  if (tree.errors.length > 0) return err([...tree.errors]);
  const { value, secrets, found } = resolveReferences(tree.value ?? {}, env);
  const parsed = schema.safeParse(value, { reportInput: true });
  const misshapen = parsed.success ? areaErrors(parsed.data.areas) : findings(parsed.error.issues, KEYS);
  const fromEnv = readEnvironment(env);
  const errors = inFileOrder(located([...found, ...misshapen], file, tree));
  if (!parsed.success || errors.length > 0) return err(errors);
  return ok({ ...combined(parsed.data, fromEnv), secrets });
}

function located(found: readonly Finding[], file: string, tree: YamlTree): FileError[] {
  return found.map(({ path, message }) => ({ file, line: tree.lineOf(path), field: fieldOf(path), message }));
}

interface FromEnvironment {
  readonly database: string | undefined;
  readonly dataDir: string | undefined;
  readonly keyFile: string | undefined;
  readonly townships: readonly string[] | undefined;
}

function readEnvironment(env: Environment): FromEnvironment {
  return {
    database: env.HUIYIN_DB || undefined,
    dataDir: env.HUIYIN_DATA_DIR || undefined,
    keyFile: env.HUIYIN_KEY_FILE || undefined,
    townships: env.HUIYIN_TOWNSHIP ? [env.HUIYIN_TOWNSHIP] : undefined,
  };
}

function combined(file: FileConfig, env: FromEnvironment): Omit<HuiyinConfig, 'secrets'> {
  const written = file.townships ?? [file.township ?? 'township.yaml'];
  return {
    database: env.database ?? file.database,
    dataDir: env.dataDir ?? file.dataDir,
    keyFile: env.keyFile ?? file.keyFile,
    townships: env.townships ?? written,
    adapters: Object.fromEntries(
      Object.entries(file.adapters).map(([id, given]) => [id, adapterConfig(id, given)]),
    ),
    areas: file.areas,
    databases: file.databases,
  };
}

function adapterConfig(id: string, given: FileConfig['adapters'][string]): AdapterConfig {
  const { type, enabled, ...options } = given;
  return { type: type ?? id, enabled, options };
}
