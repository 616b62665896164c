/** The program on PostgreSQL: as people start it, beside a second one, while the server is away; what it says and what it never says. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { ask, begin, newFolder, TOWNSHIP } from './support.ts';

const PASSWORD = 'huiyin';
/** The user, the password, and nothing of ours: in no line of output may it stand. */
const SECRET = 'pä:ss/w@rd#1 x?&';

// Each of them starts the program a dozen times.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
  await server.query(`CREATE ROLE "hui yin" LOGIN PASSWORD '${SECRET}'`);
});
afterAll(() => server?.stop());

const line = (id: string, from: string, text: string, more: object = {}): string =>
  `${JSON.stringify({ type: 'message', id, chat: { id: 'g-ltw', kind: 'group' }, from: { id: from }, text, at: '2026-11-02T08:30:00+08:00', ...more })}\n`;
const report = (id: string): string => line(id, 'u-lin', '#上报 3组王家桥路灯坏了两盏');
const direct = (id: string, from: string, text: string): string =>
  line(id, from, text, { chat: { id: from, kind: 'direct' } });

const START = ['start', '--adapter', 'bridge', '--township', TOWNSHIP];
const THERE = ['--township', TOWNSHIP];

const databaseOf = ({ HUIYIN_DB }: { readonly HUIYIN_DB: string }): string =>
  new URL(HUIYIN_DB).pathname.slice(1);

interface Running {
  readonly child: ReturnType<typeof begin>;
  say(text: string): void;
  /** Resolves with the first line of output that holds all of these words. */
  line(...words: readonly string[]): Promise<string>;
  lines(): readonly string[];
  errors(): string;
  stop(): Promise<number | null>;
}

function running(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Running {
  const child = begin(args, cwd, env);
  let out = '';
  let err = '';
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (piece) => {
    out += String(piece);
  });
  child.stderr.on('data', (piece) => {
    err += String(piece);
  });
  const ended = once(child, 'exit');
  const lines = (): readonly string[] => out.split('\n').filter((one) => one !== '');
  return {
    child,
    say: (text) => void child.stdin.write(text),
    line: async (...words) => {
      for (;;) {
        const found = lines().find((one) => words.every((word) => one.includes(word)));
        if (found !== undefined) return found;
        await Promise.race([
          once(child.stdout, 'data'),
          ended.then(() => {
            throw new Error(`it ended without ${words.join(' ')}:\n${out}\n${err}`);
          }),
        ]);
      }
    },
    lines,
    errors: () => err,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      return code as number | null;
    },
  };
}

describe('on a database of a server', () => {
  test('a report, an acceptance, a restart; digest, jobs, corrections, papers, codes and doctor read it', async () => {
    const cwd = newFolder();
    const env = { HUIYIN_DB: await server.createDatabase() };
    expect(ask(['doctor', ...THERE], { cwd, env }).out).toContain('还是空的');
    expect(ask(['jobs', ...THERE], { cwd, env }).code).toBe(0);
    expect(ask(['digest', '--month', '2026-11', '--out', 'out', ...THERE], { cwd, env }).err).toContain(
      '没有数据库 postgres://postgres@127.0.0.1',
    );
    const bot = running(START, cwd, env);
    bot.say(report('m1'));
    const receipt = await bot.line('"receipt"');
    const number = /LC\d{4}-\d{4}/.exec(receipt)?.[0] ?? '';
    expect(number).not.toBe('');
    bot.say(direct('m2', 'u-li', `接单 ${number}`));
    await bot.line('"u-li"', number, '"send"');
    await bot.line('"handled"', '"m2"');

    // All beside the running bot.
    const digest = ask(['digest', '--month', '2026-11', '--out', 'out', ...THERE], { cwd, env });
    expect([digest.code, digest.err]).toEqual([0, '']);
    expect(digest.out).toMatch(/收到.{0,6}1/);
    expect(readdirSync(join(cwd, 'out')).some((name) => name.endsWith('.docx'))).toBe(true);
    const jobs = ask(['jobs', ...THERE], { cwd, env });
    expect([jobs.code, jobs.out]).toEqual([0, expect.stringMatching(/monthly_digest +上次 还没有 {2}下次/)]);
    expect(ask(['corrections', ...THERE], { cwd, env }).out).toContain('还没有');
    const learnt = JSON.stringify({ text: '那盏灯', category: 'power.lamp', by: 'duty', at: 1 });
    await server.query(
      `INSERT INTO facts VALUES ('lucidu', 'correction:${number}', '${learnt}')`,
      databaseOf(env),
    );
    expect(ask(['corrections', ...THERE], { cwd, env }).out).toContain('那盏灯');
    // The bot would not hear of it.
    expect(ask(['corrections', '--remove', number, ...THERE], { cwd, env }).err).toContain('撤销改类 42');
    expect(ask(['slip', number, '--out', 'papers', ...THERE], { cwd, env }).code).toBe(0);
    const codes = ask(['roster', 'codes', '--person', 'lin', ...THERE], { cwd, env });
    expect([codes.code, codes.out]).toEqual([0, expect.stringContaining('林秀英')]);
    const doctor = ask(['doctor', ...THERE], { cwd, env });
    expect(doctor.out).toMatch(/✓ 数据库 postgres:\/\/postgres@127\.0\.0\.1.*连得上/);
    expect(doctor.out).toContain('pg_dump');

    expect(await bot.stop()).toBe(0);
    expect(ask(['corrections', '--remove', number, ...THERE], { cwd, env }).out).toContain('收回了');
    // The same line again after a restart has had its effect; the case is as it was.
    const again = ask(START, {
      cwd,
      env,
      input: `${report('m1')}${direct('m3', 'u-lin', `查询 ${number}`)}`,
    });
    expect([again.code, again.err]).toEqual([0, '']);
    expect(again.out).toContain('{"type":"handled","id":"m1"}');
    expect(again.out).not.toContain('"receipt"');
    expect(again.out).toContain('"status"');
    for (const name of readdirSync(cwd)) expect(name).not.toContain('postgres');
  });

  test('a second process on the same account is refused in words, also one after a crash waits its turn', async () => {
    const cwd = newFolder();
    const env = { HUIYIN_DB: await server.createDatabase() };
    const bot = running(START, cwd, env);
    bot.say(report('m1'));
    await bot.line('"receipt"');
    const second = ask(START, { cwd: newFolder(), env: { ...env, XDG_CONFIG_HOME: join(cwd, 'config') } });
    expect(second.code).toBe(1);
    expect(second.err).toContain('平台 bridge 正由另一个程序带着');
    expect(second.err).toContain(`process ${bot.child.pid}`);
    // The one that runs heard nothing of it.
    bot.say(direct('m2', 'u-lin', '查询 1'));
    await bot.line('"status"');
    bot.child.kill('SIGKILL');
    await once(bot.child, 'exit');
    const third = running(START, cwd, { ...env, HUIYIN_LOG: 'warn' });
    third.say(direct('m3', 'u-lin', '查询 1'));
    await expect.poll(() => third.errors()).toContain('waiting to see whether it still runs');
    expect(third.lines()).toEqual([]);
    // As if half a minute had passed without a word of the one that was killed.
    await server.query("UPDATE leases SET until = 0 WHERE name = 'account:bridge'", databaseOf(env));
    await third.line('"handled"', '"m3"');
    expect(await third.stop()).toBe(0);
  });

  test('another machine with another master key is refused before it seals anything', async () => {
    const env = { HUIYIN_DB: await server.createDatabase() };
    const cwd = newFolder();
    expect(ask(START, { cwd, env, input: report('m1') }).code).toBe(0);
    const other = ask(START, { cwd: newFolder(), env, input: report('m2') });
    expect([other.code, other.out]).toEqual([1, '']);
    expect(other.err).toContain('密钥不对');
  });

  test('backup says which three things to copy, with the exact command and no password', async () => {
    const cwd = newFolder();
    const env = { HUIYIN_DB: await server.createDatabase() };
    const { code, err, out } = ask(['backup', '备份/一.dump'], { cwd, env });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(
      /pg_dump --format=custom --file='备份\/一\.dump' --dbname=postgres:\/\/postgres@127\.0\.0\.1:\d+\/huiyin_\d+\n/,
    );
    expect(err).toContain(`cp -a ${join(cwd, 'data/media')}`);
    expect(err).toContain('master.key');
    expect(err).not.toContain(`:${PASSWORD}@`);
  });

  test('the data folder is where huiyin.yaml or the environment says', async () => {
    const cwd = newFolder();
    const env = { HUIYIN_DB: await server.createDatabase(), HUIYIN_DATA_DIR: 'own' };
    const bot = running(START, cwd, env);
    bot.say(report('m1'));
    await bot.line('"receipt"');
    expect(existsSync(join(cwd, 'own/huiyin-bridge.sock'))).toBe(true);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
    const sent = ask(['adapters', 'test', 'bridge', '--to', '林秀英', '--text', '接通了吗', ...THERE], {
      cwd,
      env,
    });
    expect([sent.code, sent.out]).toEqual([0, expect.stringContaining('发出去了')]);
    expect(await bot.line('接通了吗')).toContain('"u-lin"');
    expect(await bot.stop()).toBe(0);
    expect(existsSync(join(cwd, 'own/huiyin-bridge.sock'))).toBe(false);
  });
});

describe('the password', () => {
  /** A database of the user with the hard password, and its address up to the password. */
  async function owned(): Promise<{ before: string; after: string; database: string }> {
    const url = new URL(await server.createDatabase());
    const database = url.pathname.slice(1);
    await server.query(`ALTER DATABASE ${database} OWNER TO "hui yin"`);
    return { before: 'postgres://hui%20yin', after: `@${url.host}/${database}`, database };
  }

  test('comes from the address, PGPASSWORD or .pgpass, and from a reference in huiyin.yaml', async () => {
    const { before, after, database } = await owned();
    const bare = `${before}${after}`;
    const cwd = newFolder();
    const says = (env: Readonly<Record<string, string>>, args: readonly string[] = []) =>
      ask(['doctor', ...THERE, ...args], { cwd, env: { HUIYIN_LOG: 'debug', ...env } });
    const good = expect.stringContaining('连得上');
    expect(says({ HUIYIN_DB: bare, PGPASSWORD: SECRET }).out).toEqual(good);
    expect(says({ HUIYIN_DB: `${before}:${SECRET}${after}` }).out).toEqual(good);
    expect(says({ HUIYIN_DB: `${before}:${encodeURIComponent(SECRET)}${after}` }).out).toEqual(good);
    const pass = join(cwd, 'pgpass');
    writeFileSync(pass, `127.0.0.1:*:${database}:hui yin:${SECRET.replaceAll(':', '\\:')}\n`, {
      mode: 0o600,
    });
    expect(says({ HUIYIN_DB: bare, PGPASSFILE: pass }).out).toEqual(good);
    writeFileSync(join(cwd, 'huiyin.yaml'), `database: "${before}:\${DB_SECRET}${after}"\n`);
    expect(says({ DB_SECRET: SECRET }).out).toEqual(good);
    // Written in clear it is refused, with its line.
    for (const clear of [`${before}:clear${after}`, `${bare}?password=clear`]) {
      writeFileSync(join(cwd, 'huiyin.yaml'), `database: "${clear}"\n`);
      const { out } = says({});
      expect(out).toMatch(/huiyin\.yaml:1: database/);
      expect(out).not.toContain('clear');
    }
  });

  test('stands in no output, log or list of processes', async () => {
    const { before, after } = await owned();
    const cwd = newFolder();
    const address = `${before}:${encodeURIComponent(SECRET)}${after}`;
    const bot = running([...START, '--db', address], cwd, { HUIYIN_LOG: 'trace' });
    bot.say(report('m1'));
    await bot.line('"receipt"');
    if (process.platform === 'linux')
      expect(readFileSync(`/proc/${bot.child.pid}/cmdline`, 'latin1')).not.toMatch(/w@rd|w%40rd/);
    await server.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'huiyin'",
    );
    await expect.poll(() => bot.errors()).toContain('the database is back');
    expect(await bot.stop()).toBe(0);
    expect(bot.errors()).toContain('stood on the command line');
    const wrong = ask([...START], {
      cwd,
      env: { HUIYIN_DB: `${before}:${encodeURIComponent(`not ${SECRET}`)}${after}`, HUIYIN_LOG: 'trace' },
    });
    expect(wrong.code).toBe(1);
    for (const said of [bot.errors(), ...bot.lines(), wrong.err, wrong.out])
      expect(said).not.toMatch(/w@rd|w%40rd/);
  });
});

describe('a server that lets nobody in', () => {
  /** Five seconds, and the start of the program itself on a busy machine; without an end it would be minutes. */
  const SOON_MS = 45_000;

  async function silent(): Promise<{ port: number; close: () => void }> {
    const listener = createServer(() => undefined);
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { port: address.port, close: () => listener.close() };
  }

  test('is told of in words, what to do next, and soon', async () => {
    const url = new URL(await server.createDatabase());
    const { port, close } = await silent();
    const at = (change: (one: URL) => void): string => {
      const one = new URL(url);
      change(one);
      return one.href;
    };
    const cases: readonly (readonly [string, string])[] = [
      [at((one) => (one.password = 'wrong')), '用户名或口令不对'],
      [at((one) => (one.password = '')), '用户名或口令不对'],
      [at((one) => (one.username = 'nobody')), '用户名或口令不对'],
      [at((one) => (one.pathname = '/missing')), 'createdb --encoding=UTF8 missing'],
      [at((one) => (one.port = '1')), '没有数据库服务器在听'],
      [at((one) => (one.port = String(port))), '没有回答'],
      ['postgres://a@b c:x/d', '数据库地址看不懂'],
      ['mysql://root:wrong@h/d', '不认识 mysql:// 这样的数据库'],
    ];
    for (const [address, words] of cases) {
      const began = performance.now();
      const { code, err, out } = ask(START, { env: { HUIYIN_DB: address }, input: report('m1') });
      expect([err, out]).toEqual([expect.stringContaining(words), '']);
      expect(code).toBeGreaterThan(0);
      expect(err).toContain('下一步：');
      expect(err).not.toContain(':wrong@');
      expect(performance.now() - began).toBeLessThan(SOON_MS);
    }
    const doctor = ask(['doctor', ...THERE], { env: { HUIYIN_DB: at((one) => (one.password = 'wrong')) } });
    expect(doctor.code).toBe(1);
    expect(doctor.out.split('\n').filter((one) => one.startsWith('✗'))).toEqual([
      expect.stringContaining('用户名或口令不对'),
    ]);
    close();
  });

  test('a database that can’t hold Chinese, or that is not the user’s, is told before anything is written', async () => {
    await server.query("CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
    const url = new URL(await server.createDatabase());
    url.pathname = '/ascii';
    expect(ask(START, { env: { HUIYIN_DB: url.href } }).err).toContain('存不了中文');
    const foreign = new URL(await server.createDatabase());
    foreign.username = 'hui%20yin';
    foreign.password = encodeURIComponent(SECRET);
    expect(ask(START, { env: { HUIYIN_DB: foreign.href } }).err).toContain('没有权限');
  });

  test('demo and simulate take files alone', async () => {
    const address = 'postgres://a:wrong@127.0.0.1:1/d';
    for (const args of [
      ['simulate', '--township', TOWNSHIP, '--db', address, '-'],
      ['demo', '--db', address],
    ]) {
      const { code, err } = ask(args);
      expect([code, err]).toEqual([2, expect.stringContaining('只用数据库文件')]);
    }
  });
});

describe('a server that goes away while lines come', () => {
  test('loses nothing, acknowledges nothing that is not committed, says so, and goes on', async () => {
    const cwd = newFolder();
    const env = { HUIYIN_DB: await server.createDatabase(), HUIYIN_LOG: 'info' };
    const bot = running(START, cwd, env);
    bot.say(report('m0'));
    await bot.line('"handled"', '"m0"');
    await expect.poll(() => bot.errors()).toContain('"started"');
    await server.pause();
    await expect.poll(() => bot.errors()).toContain('the database is away');
    expect(ask(['adapters', ...THERE], { cwd, env }).out).toMatch(/✗ 数据库从 \d\d:\d\d 起连不上/);
    // A short outage is waited out: this one is taken when the server is back.
    bot.say(line('m1', 'u-lin', '#上报 5组水管爆了，路上全是水'));
    await server.resume();
    await bot.line('"handled"', '"m1"');
    await expect.poll(() => bot.errors()).toContain('the database is back');
    expect(ask(['adapters', ...THERE], { cwd, env }).out).not.toContain('连不上');

    await server.pause();
    const sent = new Set<string>();
    for (let i = 2; i < 5; i++) {
      sent.add(`m${i}`);
      bot.say(line(`m${i}`, 'u-lin', `#上报 ${i}组垃圾没人清，堆了${i}天`));
    }
    // A long one is not: whoever sent is told that nothing was recorded.
    await bot.line('"not_taken"', '"m2"');
    expect(bot.lines().some((one) => one.includes('"handled"') && /"m[234]"/.test(one))).toBe(false);
    await bot.line('"not_taken"', '"m4"');
    await server.resume();
    await expect.poll(() => bot.errors().match(/the database is back/g)?.length, { timeout: 60_000 }).toBe(2);
    for (const id of sent)
      bot.say(line(id, 'u-lin', `#上报 ${id.slice(1)}组垃圾没人清，堆了${id.slice(1)}天`));
    for (const id of sent) await bot.line('"handled"', `"${id}"`);
    // Five reports, five cases, each once.
    bot.say(direct('m9', 'u-lin', '查询'));
    await bot.line('"handled"', '"m9"');
    const numbers = new Set(bot.lines().flatMap((one) => one.match(/LC2611-\d{4}/g) ?? []));
    expect(numbers.size).toBe(5);
    expect(await bot.stop()).toBe(0);
  });

  test('in the middle of many lines: what is acknowledged is in the database, the rest is said to come again', async () => {
    const url = await server.createDatabase();
    const bot = running(START, newFolder(), { HUIYIN_DB: url, HUIYIN_LOG: 'info' });
    const reports = Array.from(
      { length: 600 },
      (_, i) => [`b${i}`, `#上报 ${i + 1}组路灯坏了${i + 1}盏`] as const,
    );
    bot.say(report('first'));
    await bot.line('"handled"', '"first"');
    await expect.poll(() => bot.errors()).toContain('"started"');
    bot.say(reports.map(([id, text]) => line(id, 'u-lin', text)).join(''));
    await bot.line('"handled"', '"b3"');
    const said = (type: string): ReadonlySet<string> =>
      new Set(
        bot
          .lines()
          .map((one) => JSON.parse(one) as { type: string; id?: string })
          .flatMap((one) => (one.type === type ? (one.id ?? []) : [])),
      );
    await server.pause();
    const before = said('handled').size;
    expect(before).toBeLessThan(reports.length);
    await server.resume();
    const answered = () => reports.filter(([id]) => said('handled').has(id) || said('error').has(id)).length;
    await expect.poll(answered).toBe(reports.length);
    const known = await server.query('SELECT key FROM inbound', new URL(url).pathname.slice(1));
    const keys = known.map(({ key }) => key);
    for (const id of said('handled')) expect(keys).toContain(`m:${id}`);
    bot.say(
      reports.flatMap(([id, text]) => (said('handled').has(id) ? [] : [line(id, 'u-lin', text)])).join(''),
    );
    await expect.poll(() => reports.every(([id]) => said('handled').has(id))).toBe(true);
    expect(await bot.stop()).toBe(0);
  });

  test('it can be stopped while the server is away', async () => {
    const cwd = newFolder();
    const bot = running(START, cwd, { HUIYIN_DB: await server.createDatabase(), HUIYIN_LOG: 'info' });
    bot.say(report('m1'));
    await bot.line('"handled"', '"m1"');
    await expect.poll(() => bot.errors()).toContain('"started"');
    await server.pause();
    await expect.poll(() => bot.errors()).toContain('the database is away');
    bot.say(line('m2', 'u-lin', '#上报 5组水管爆了，路上全是水'));
    expect([await bot.stop(), bot.errors()]).toEqual([0, expect.stringContaining('line 2 was not taken')]);
    expect(bot.lines().some((one) => one.includes('"handled"') && one.includes('"m2"'))).toBe(false);
    await server.resume();
  });
});
