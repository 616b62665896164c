/**
 * What may import what. The imports are read from the files themselves by a small parser of ours, which
 * counts what it has read: a tool that can't parse a file passes silently with nothing in it.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Import {
  readonly file: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

interface Rule {
  /** Why: what would break if it were otherwise. */
  readonly why: string;
  readonly rooms: readonly string[];
  /** Only types of these: they leave nothing at run time. */
  readonly types?: readonly string[];
  readonly npm: readonly string[] | 'any';
  readonly node: boolean;
}

/** Each room, with the rooms it may look into; itself always. */
const RULES: Readonly<Record<string, Rule>> = {
  kernel: {
    why: 'everything stands on it, so it stands on nothing',
    rooms: [],
    npm: ['chinese-days', 'pino'],
    node: true,
  },
  kit: {
    why: 'adapters of others use it: it stands on nothing but the contract',
    rooms: [],
    types: ['port'],
    npm: [],
    node: true,
  },
  port: { why: 'adapters of others build on it alone', rooms: [], npm: [], node: false },
  domain: {
    why: 'decisions are pure: no I/O, no clock, no library',
    rooms: ['kernel'],
    npm: [],
    node: false,
  },
  taxonomy: { why: 'words as data', rooms: ['domain', 'kernel'], npm: [], node: false },
  intake: {
    why: 'understanding is pure; roster and taxonomy come in as values',
    rooms: ['domain', 'kernel', 'taxonomy'],
    // zod reads the lines of `huiyin parse`.
    npm: ['opencc-js', 'pinyin-pro', 'zod'],
    node: false,
  },
  replies: { why: 'words are pure', rooms: ['domain', 'kernel'], npm: [], node: false },
  vault: {
    why: 'secrets know the store only by its rows',
    rooms: ['kernel'],
    types: ['store'],
    npm: [],
    node: true,
  },
  store: {
    why: 'keeps values of the domain and decides nothing',
    rooms: ['domain', 'kernel', 'port'],
    npm: 'any',
    node: true,
  },
  assist: {
    why: 'one I/O of one kind: a second reader asked over HTTP, which proposes and decides nothing',
    rooms: ['intake', 'kernel'],
    npm: ['zod'],
    node: false,
  },
  desk: {
    why: 'brings message, decision and store together, and never sees a handle',
    rooms: ['domain', 'intake', 'kernel'],
    types: ['store', 'vault', 'port'],
    npm: [],
    node: false,
  },
  outbox: {
    why: 'sends what was decided',
    rooms: ['domain', 'kernel', 'port'],
    types: ['store'],
    npm: [],
    node: false,
  },
  media: {
    why: 'files are sealed and cleaned without knowing whose they are; cases are the schedule’s',
    rooms: ['kernel'],
    types: ['store', 'vault', 'port'],
    npm: [],
    node: true,
  },
  schedule: {
    why: 'the one table that names every job',
    rooms: ['domain', 'kernel', 'digest', 'media'],
    types: ['store', 'port', 'vault'],
    npm: ['node-cron'],
    node: true,
  },
  config: { why: 'files to values', rooms: ['domain', 'kernel', 'taxonomy'], npm: 'any', node: true },
  digest: {
    why: 'figures to documents; a job says what it is, the table of jobs runs it',
    rooms: ['domain', 'kernel', 'replies', 'config'],
    types: ['store', 'port', 'schedule'],
    npm: 'any',
    node: true,
  },
  simulation: {
    why: 'the program itself, with another clock',
    rooms: ['domain', 'kernel', 'schedule'],
    types: ['store', 'port'],
    npm: [],
    node: false,
  },
  console: {
    why: 'reads, and gives commands like a chat',
    rooms: ['domain', 'kernel', 'replies'],
    types: ['store', 'port'],
    npm: 'any',
    node: true,
  },
};

/** Wires everything: the composition root and the command line. */
const ROOTS = new Set(['main', 'cli']);

/** Words kept as data: their length is no complexity. */
const DATA = new Set(['src/taxonomy/danger.ts', 'src/taxonomy/examples.ts']);

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (name === 'node_modules' || name === 'test' || name.startsWith('.')) return [];
    if (statSync(join(ROOT, path)).isDirectory()) return filesIn(path);
    return /\.ts$/.test(name) && !/(?:\.test|testing)\.ts$/.test(name) ? [path] : [];
  });
}

const SOURCES = filesIn('src');
const ADAPTERS = filesIn('adapters');

/** Comments hold no imports, but words like "from 'x'"; a quoted `//` is no comment. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|(^|[\s;{}(,])\/\/[^\n]*/g, '$1');

const STATEMENT =
  /(?:^|[\n;])\s*(import|export)\s+(type\s+)?((?:\*(?:\s+as\s+\w+)?|[\w$]+|\{[^}]*\})(?:\s*,\s*\{[^}]*\})?)\s*from\s*['"]([^'"]+)['"]/g;
const BARE = /(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]/g;
const DYNAMIC = /\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)/g;
const OPAQUE = /\bimport\s*\(\s*(?!['"])/g;

function importsOf(file: string): readonly Import[] {
  const text = withoutComments(readFileSync(join(ROOT, file), 'utf8'));
  const named = [...text.matchAll(STATEMENT)].map(([, , type, names = '', from = '']) => ({
    file,
    from,
    typeOnly: type !== undefined || /^\{(?:\s*type\s+[^,}]+,?)+\s*\}$/.test(names),
  }));
  const others = [...text.matchAll(BARE), ...text.matchAll(DYNAMIC)];
  return [...named, ...others.map(([, from = '']) => ({ file, from, typeOnly: false }))];
}

/** `src/desk/index.ts` → desk; `src/main.ts` → main. */
function roomOf(file: string): string {
  const [, room = '', ...rest] = file.split('/');
  return rest.length === 0 ? room.replace(/\.ts$/, '') : room;
}

const targetOf = ({ file, from }: Import): string => relative(ROOT, resolve(ROOT, dirname(file), from));
const packageOf = (from: string): string => from.split('/', from.startsWith('@') ? 2 : 1).join('/');

/** What is wrong with one import, in words; null where it may be. */
function wrong(one: Import): string | null {
  const room = roomOf(one.file);
  if (ROOTS.has(room)) return null;
  const rule = RULES[room];
  if (rule === undefined) return `${one.file}: the room ${room} has no rule`;
  const said = `${one.file} imports ${one.from} (${room}: ${rule.why})`;
  if (one.from.startsWith('node:')) return rule.node ? null : said;
  if (!one.from.startsWith('.'))
    return rule.npm === 'any' || rule.npm.includes(packageOf(one.from)) ? null : said;
  const target = targetOf(one);
  const other = roomOf(target);
  if (other === room || rule.rooms.includes(other)) return null;
  return one.typeOnly && (rule.types ?? []).includes(other) ? null : said;
}

describe('the rooms of the house', () => {
  const imports = SOURCES.flatMap(importsOf);

  it('were all read', () => {
    expect(SOURCES.length).toBeGreaterThan(100);
    expect(ADAPTERS.length).toBeGreaterThan(10);
    expect(imports.length).toBeGreaterThan(3 * SOURCES.length);
    // Whoever says import says it in a form that the parser knows.
    for (const file of [...SOURCES, ...ADAPTERS]) {
      const text = withoutComments(readFileSync(join(ROOT, file), 'utf8'));
      const said = [...text.matchAll(/(?:^|\n)import\s/g)].length;
      const read = importsOf(file).filter(({ from }) => from !== '').length;
      expect(read, `${file} has imports that were not understood`).toBeGreaterThanOrEqual(said);
    }
  });

  it('look only where they may', () => {
    expect(imports.map(wrong).filter((one) => one !== null)).toEqual([]);
  });

  it('have a rule each', () => {
    const rooms = new Set(SOURCES.map(roomOf));
    expect([...rooms].filter((room) => !ROOTS.has(room) && RULES[room] === undefined)).toEqual([]);
  });

  it('name files with their ending and lead somewhere', () => {
    const ours = imports.filter(({ from }) => from.startsWith('.'));
    for (const one of ours) {
      expect(one.from, one.file).toMatch(/\.(?:ts|json)$/);
      expect(statSync(join(ROOT, targetOf(one))).isFile(), `${one.file} → ${one.from}`).toBe(true);
    }
  });

  it('name adapters only at the root', () => {
    const naming = imports.filter((one) => one.from.startsWith('.') && targetOf(one).startsWith('adapters/'));
    expect([...new Set(naming.map(({ file }) => roomOf(file)))].every((room) => ROOTS.has(room))).toBe(true);
  });

  it('know the store by its port, never by its database', () => {
    const inside = imports.filter((one) => {
      const room = roomOf(one.file);
      return (
        room !== 'store' &&
        !ROOTS.has(room) &&
        /^src\/store\/(?:sqlite|postgres)/.test(one.from.startsWith('.') ? targetOf(one) : '')
      );
    });
    expect(inside).toEqual([]);
  });

  it('compute no path of an import', () => {
    const opaque = SOURCES.filter(
      (file) => !ROOTS.has(roomOf(file)) && OPAQUE.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(opaque).toEqual([]);
  });
});

const FIVE = ['index.ts', 'connect.ts', 'decode.ts', 'encode.ts', 'config.ts'];

describe('adapters', () => {
  it('know of the core its port, its kit and nothing else', () => {
    const astray = ADAPTERS.flatMap(importsOf).filter((one) => {
      if (one.from.startsWith('@huiyin/')) return !/^@huiyin\/core\/(?:port|kit)$/.test(one.from);
      if (!one.from.startsWith('.')) return false;
      const [, own] = one.file.split('/');
      return !targetOf(one).startsWith(`adapters/${own}/`);
    });
    expect(astray).toEqual([]);
  });

  it('have the same five files', () => {
    const names = new Set(ADAPTERS.map((file) => file.split('/')[1] ?? ''));
    expect(names.size).toBeGreaterThan(1);
    const missing = [...names].flatMap((name) =>
      FIVE.map((file) => `adapters/${name}/${file}`).filter((file) => !ADAPTERS.includes(file)),
    );
    expect(missing).toEqual([]);
  });

  it('have a template of five files and few lines, for writers to copy and in no user’s way', () => {
    const template = ADAPTERS.filter((file) => file.startsWith('adapters/template/'));
    expect(template.map((file) => file.split('/').at(-1)).toSorted()).toEqual(FIVE.toSorted());
    const lines = template.flatMap((file) => readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n'));
    expect(lines.length).toBeLessThanOrEqual(300);
    expect(readFileSync(join(ROOT, 'src/main.ts'), 'utf8')).not.toContain('adapters/template');
  });
});

describe('each file', () => {
  it('is short enough to be read at once', () => {
    const long = [...SOURCES, ...ADAPTERS].filter(
      (file) => !DATA.has(file) && readFileSync(join(ROOT, file), 'utf8').split('\n').length > 301,
    );
    expect(long).toEqual([]);
  });

  it('leaves nothing for later', () => {
    const later = [...SOURCES, ...ADAPTERS].filter((file) =>
      /\b(?:TODO|FIXME|XXX)\b/.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(later).toEqual([]);
  });
});

describe('the parser', () => {
  it('reads every form of import, and no words that only look like one', () => {
    const text =
      "// import a from './no.ts'\nimport { b } from './b.ts';\nimport type { C } from './c.ts';\nimport {\n  type D,\n  type E,\n} from './d.ts';\nimport * as f from 'f';\nexport { g } from './g.ts';\nimport 'h';\nconst i = await import('i');\nconst no = \"x // from 'y'\";\n";
    const found = [...withoutComments(text).matchAll(STATEMENT)].map(([, , , , from]) => from);
    expect(found).toEqual(['./b.ts', './c.ts', './d.ts', 'f', './g.ts']);
    expect([...text.matchAll(BARE)].map(([, from]) => from)).toEqual(['h']);
    expect([...text.matchAll(DYNAMIC)].map(([, from]) => from)).toEqual(['i']);
  });
});
