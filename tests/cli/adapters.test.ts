/** `huiyin adapters`, `adapters test`, `roster codes`: alone, and beside a running bot that does it for them. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Adapters, Platform } from '../../src/cli/adapters.ts';
import { chatOf, testAdapter } from '../../src/cli/adapters-test.ts';
import { capabilityWords, healthWords, resultWords } from '../../src/cli/adapters-words.ts';
import { askRunning, isRunning } from '../../src/cli/asking.ts';
import { chosenPeople } from '../../src/cli/codes.ts';
import { type Control, controlPath, openControl } from '../../src/cli/control.ts';
import { readHuiyin } from '../../src/config/huiyin.ts';
import { readWorkbook } from '../../src/config/spreadsheet.ts';
import type { ChatAdapter, Outbound, SendResult } from '../../src/port.ts';
import { PLATFORM, testPolicy } from '../support/world.ts';
import { ask, begin, newFolder, TOWNSHIP } from './support.ts';

const CODE = /[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}/;
const START = ['start', '--adapter', 'bridge', '--township', TOWNSHIP, '--db', 'data/bot.db'];
const THERE = ['--township', TOWNSHIP, '--db', 'data/bot.db'];

const said = (id: string, from: string, text: string): string =>
  `${JSON.stringify({ type: 'message', id, chat: { id: from, kind: 'direct' }, from: { id: from }, text, at: '2026-11-02T08:30:00+08:00' })}\n`;

interface Running {
  readonly cwd: string;
  /** Resolves with the first line that holds these words. */
  line(words: string): Promise<string>;
  say(id: string, from: string, text: string): void;
  stop(): Promise<void>;
}

async function running(township = TOWNSHIP): Promise<Running> {
  const cwd = newFolder();
  const child = begin(
    START.map((word) => (word === TOWNSHIP ? township : word)),
    cwd,
  );
  let out = '';
  child.stdout.on('data', (piece) => {
    out += String(piece);
  });
  const line = async (words: string): Promise<string> => {
    for (;;) {
      const found = out.split('\n').find((one) => one.includes(words));
      if (found !== undefined) return found;
      await once(child.stdout, 'data');
    }
  };
  child.stdin.write(said('m0', 'u-lin', '帮助'));
  await line('"m0"');
  return {
    cwd,
    line,
    say: (id, from, text) => void child.stdin.write(said(id, from, text)),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** As huiyin.yaml says it. */
function configOf(adapters: Readonly<Record<string, object>>) {
  const read = readHuiyin(JSON.stringify({ adapters }), 'huiyin.yaml', {});
  if (!read.ok) throw new Error('the test writes its configuration wrongly');
  return read.value;
}

describe('roster codes', () => {
  test('prints one for each person, and a spreadsheet that is the owner’s alone', async () => {
    const cwd = newFolder();
    const { code, out, err } = ask(['roster', 'codes', '--village', '龙塘湾村', '--all', ...THERE], { cwd });
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(new Set(lines.map((line) => CODE.exec(line)?.[0])).size).toBe(lines.length);
    expect(err).toContain('14 天');
    const sheet = ask(['roster', 'codes', '--person', 'lin', '--out', 'slips.xlsx', ...THERE], { cwd });
    expect([sheet.code, sheet.out]).toEqual([0, '']);
    expect(statSync(join(cwd, 'slips.xlsx')).mode & 0o077).toBe(0);
    const [{ rows } = { rows: [] }] = await readWorkbook(readFileSync(join(cwd, 'slips.xlsx')));
    expect(rows[1]?.[0]).toBe('林秀英');
    expect(String(rows[1]?.[2])).toMatch(CODE);
    // Nothing of it stands in the database.
    const db = readFileSync(join(cwd, 'data/bot.db')).toString('latin1');
    for (const line of lines) {
      const [plain = ''] = CODE.exec(line) ?? [];
      expect(db).not.toContain(plain);
      expect(db).not.toContain(plain.replace('-', ''));
    }
  });

  test('asked wrongly makes none', () => {
    const cwd = newFolder();
    for (const args of [
      ['--person', 'nobody'],
      ['--village', '没有村'],
    ]) {
      const { code, err, out } = ask(['roster', 'codes', ...args, ...THERE], { cwd });
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('没有发新的码');
    }
    writeFileSync(join(cwd, 'old.xlsx'), '');
    expect(ask(['roster', 'codes', '--person', 'lin', '--out', 'old.xlsx', ...THERE], { cwd }).code).toBe(2);
    expect(existsSync(join(cwd, 'data/bot.db'))).toBe(false);
  });

  test('are those of a village, of people by name, or of whoever has no account', () => {
    const policy = testPolicy();
    const NONE = configOf({});
    expect(chosenPeople({ person: [] }, policy, NONE)).toEqual(['wen', 'jing']);
    expect(chosenPeople({ person: [], village: '白水村' }, policy, NONE)).toEqual(['wen']);
    expect(chosenPeople({ person: ['林桂香'] }, policy, NONE)).toEqual(['lin']);
    expect(chosenPeople({ person: [], village: 'bs', all: true }, policy, NONE)).toEqual([
      'gu',
      'tan',
      'luo',
      'wen',
    ]);
    expect(() => chosenPeople({ person: ['林'] }, policy, NONE)).toThrow('名册上没有');
  });

  test('are also for those whose account is on a platform that was given up', () => {
    const policy = testPolicy();
    const moved = configOf({ bridge: { enabled: false }, telegram: { enabled: true } });
    expect(chosenPeople({ person: [] }, policy, moved)).toHaveLength(policy.roster.people.length);
    const both = configOf({ bridge: { enabled: true }, telegram: { enabled: true } });
    expect(chosenPeople({ person: [] }, policy, both)).toEqual(['wen', 'jing']);
  });
});

describe('beside a running bot', () => {
  test('codes are made by it and hold at once; adapters tell its state; a test message goes through it', async () => {
    const bot = await running();
    const { cwd } = bot;
    const list = ask(['adapters', ...THERE], { cwd });
    expect([list.code, list.out]).toEqual([0, expect.stringContaining('正在运行')]);
    const made = ask(['roster', 'codes', '--person', 'lin', ...THERE], { cwd });
    expect(made.code).toBe(0);
    const [code = ''] = CODE.exec(made.out) ?? [];
    // Its person has an account on this platform: a code can't move it. Only who made it could know.
    bot.say('m1', 'u-new', `绑定 ${code}`);
    expect(await bot.line('请找管理员')).toContain('u-new');
    const sent = ask(['adapters', 'test', 'bridge', '--to', '林秀英', '--text', '接通了吗', ...THERE], {
      cwd,
    });
    expect([sent.code, sent.out]).toEqual([0, expect.stringContaining('发出去了')]);
    expect(await bot.line('接通了吗')).toContain('"u-lin"');
    expect(statSync(join(cwd, 'data/bot.db.sock')).mode & 0o077).toBe(0);
    await bot.stop();
    expect(existsSync(join(cwd, 'data/bot.db.sock'))).toBe(false);
    expect(ask(['adapters', ...THERE], { cwd }).out).toContain('没有在运行');
  });
});

describe('a person bound while the bot runs', () => {
  test('is known at once, and after a restart', async () => {
    const township = join(mkdtempSync(join(tmpdir(), 'huiyin-who-')), 'township.yaml');
    const yaml = readFileSync(TOWNSHIP, 'utf8');
    const without = yaml.replace(/(id: lin, [^\n]*?), accounts: \{[^}]*\}/, '$1');
    expect(without).not.toBe(yaml);
    writeFileSync(township, without);
    const bot = await running(township);
    const there = ['--township', township, '--db', 'data/bot.db'];
    const made = ask(['roster', 'codes', ...there], { cwd: bot.cwd });
    expect(made.out).toContain('林秀英');
    bot.say('m1', 'u-phone', `绑定 ${CODE.exec(made.out)?.[0]}`);
    expect(await bot.line('登记好了')).toContain('u-phone');
    bot.say('m2', 'u-phone', '#上报 3组王家桥路灯坏了两盏');
    expect(await bot.line('"receipt"')).toContain('u-phone');
    expect(ask(['roster', 'codes', ...there], { cwd: bot.cwd }).out).toContain('没有人要发');
    await bot.stop();
    const args = ['start', '--adapter', 'bridge', ...there];
    const again = ask(args, { cwd: bot.cwd, input: said('m3', 'u-phone', '查询 1') });
    expect(again.out).toContain('"status"');
    // Whoever leaves the roster is nobody from the next start on.
    writeFileSync(township, without.replaceAll(/\blin\b/g, 'other').replace('林秀英', '另一位'));
    const gone = ask(args, { cwd: bot.cwd, input: said('m4', 'u-phone', '查询 1') });
    expect(gone.out).not.toContain('"status"');
    expect(gone.out).toContain('不在名单上');
  });
});

const folder = (): string => mkdtempSync(join(tmpdir(), 'huiyin-ask-'));
const idle: Control = {
  health: () => [],
  awaySince: () => null,
  issue: async () => ({ codes: [], unknown: [] }),
  send: async () => null,
};

describe('the socket beside the database', () => {
  test('answers what it knows, refuses the rest, and takes the place of one left over', async () => {
    const db = join(folder(), 'bot.db');
    const path = controlPath(db, 'linux') ?? '';
    writeFileSync(path, '');
    const close = await openControl(path, {
      ...idle,
      issue: async (people) => ({ codes: [], unknown: people }),
    });
    expect(await askRunning({ db }, { op: 'health' })).toEqual({ state: 'answered', value: [] });
    expect(await askRunning({ db }, { op: 'issue', people: ['x'] })).toMatchObject({
      value: { unknown: ['x'] },
    });
    await expect(askRunning({ db }, { op: 'nonsense' } as never)).rejects.toThrow('bad_request');
    await close();
    expect(await askRunning({ db }, { op: 'health' })).toEqual({ state: 'nobody' });
  });

  test('says nothing of why something failed but its name', async () => {
    const db = join(folder(), 'bot.db');
    const failing = async () => {
      throw new TypeError('token 123 in words');
    };
    const close = await openControl(controlPath(db, 'linux') ?? '', { ...idle, send: failing });
    const asked = askRunning(
      { db },
      { op: 'send', account: 'a', chat: { id: 'b', kind: 'direct' }, text: 'c' },
    );
    await expect(asked).rejects.toThrow(/TypeError/);
    await expect(asked).rejects.not.toThrow(/token/);
    await close();
  });

  test('has no name where the system takes none so long, and one on Windows', () => {
    expect(controlPath(`/${'a'.repeat(120)}`, 'linux')).toBeNull();
    expect(controlPath(`C:\\${'a'.repeat(120)}`, 'win32')).toMatch(/^\\\\\.\\pipe\\huiyin-[0-9a-f]{24}$/);
  });

  test('of whoever runs and does not answer is told from nobody there', async () => {
    const cwd = newFolder();
    const child = begin(START, cwd);
    child.stdin.write(said('m0', 'u-lin', '帮助'));
    await once(child.stdout, 'data');
    expect(await isRunning(join(cwd, 'data/bot.db'))).toBe(true);
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(await isRunning(join(cwd, 'data/bot.db'))).toBe(false);
  });
});

interface Played {
  readonly registry: Adapters;
  readonly sent: Outbound[];
  readonly calls: string[];
}

/** A platform of one's own, to which the test message goes. */
function played(result: SendResult): Played {
  const sent: Outbound[] = [];
  const calls: string[] = [];
  const adapter: ChatAdapter = {
    id: 'telegram',
    capabilities: PLATFORM,
    start: async (sink) => {
      calls.push('start');
      await expect(sink.receive({} as never)).rejects.toThrow();
    },
    send: async (message) => {
      sent.push(message);
      return result;
    },
    stop: async () => void calls.push('stop'),
    fetchMedia: async () => ({ bytes: new Uint8Array(), mime: null }),
    health: () => ({ state: 'online', lastInboundAt: null, lastError: null, qr: null }),
  };
  const platform: Platform = { open: () => adapter, checkup: async () => [] };
  const registry = { notes: [], platforms: { telegram: async () => platform } } as unknown as Adapters;
  return { registry, sent, calls };
}

async function tried(result: SendResult, to: string, more: { group?: boolean } = {}) {
  const cwd = folder();
  writeFileSync(join(cwd, 'huiyin.yaml'), 'adapters: { telegram: {} }\n');
  const play = played(result);
  const place = { config: join(cwd, 'huiyin.yaml'), township: TOWNSHIP, db: join(cwd, 'bot.db') };
  return { ...play, code: await testAdapter({ id: 'telegram', to, ...more, ...place }, play.registry) };
}

describe('adapters test', () => {
  test('opens the adapter, sends one message, takes nothing in, and closes it', async () => {
    const { code, sent, calls } = await tried({ type: 'sent', messageId: '1' }, '501');
    expect([code, calls]).toEqual([0, ['start', 'stop']]);
    expect(sent.map(({ chat }) => chat)).toEqual([{ id: '501', kind: 'direct' }]);
    expect((await tried({ type: 'sent', messageId: null }, '-100', { group: true })).sent[0]?.chat.kind).toBe(
      'group',
    );
  });

  test.each<SendResult>([
    { type: 'deferred', retryAfterMs: 3_000 },
    { type: 'rejected', permanent: true, code: 'unreachable', detail: 'blocked' },
    { type: 'unknown', detail: 'cut off' },
  ])('ends with 1 where it was $type', async (result) => {
    expect((await tried(result, '501')).code).toBe(1);
    expect(resultWords(result).sent).toBe(false);
  });

  test('finds people and bound groups of the roster, and guesses nobody', () => {
    const policy = testPolicy();
    expect(chatOf({ id: 'bridge', to: '林桂香' }, policy)).toEqual({ id: 'u-lin', kind: 'direct' });
    expect(chatOf({ id: 'bridge', to: 'g-fl' }, policy)).toEqual({ id: 'g-fl', kind: 'group' });
    expect(chatOf({ id: 'bridge', to: 'c-fl' }, policy)).toEqual({ id: 'g-fl', kind: 'group' });
    expect(() => chatOf({ id: 'bridge', to: '文五爹' }, policy)).toThrow('还没有账号');
  });

  test('of an adapter that is not configured says so', () => {
    const { code, err } = ask(['adapters', 'test', 'telegram', '--to', '501', '--township', TOWNSHIP]);
    expect(code).toBe(2);
    expect(err).toContain('不认识的平台：telegram');
  });
});

describe('the words about an adapter', () => {
  test('say in short what it can do', () => {
    const words = capabilityWords({
      ...PLATFORM,
      groupVisibility: 'mention',
      proactive: 'window',
      windowMs: 24 * 3_600_000,
      limits: { perChat: { count: 20, perMs: 60_000 }, global: null, jitterMs: null },
    });
    expect(words).toContain('群里只看得到@它的话');
    expect(words).toContain('对方说话后 24 小时内能私信');
    expect(words).toContain('每个聊天每 60 秒最多 20 条');
    expect(capabilityWords({ ...PLATFORM, dm: false })).toContain('不能私信');
  });

  test('say plainly why a test message can not go where nobody may write', () => {
    for (const code of ['unreachable', 'window_closed'] as const) {
      const refused = { type: 'rejected', permanent: true, code, detail: 'no road leads there' } as const;
      const { sent, words } = resultWords(refused);
      expect([sent, words]).toEqual([false, expect.stringContaining('请对方先对机器人说一句话')]);
      expect(words).not.toMatch(/[a-z]/);
    }
  });

  test('say how it stands', () => {
    const health = {
      state: 'kicked',
      lastInboundAt: Date.UTC(2026, 10, 2, 0, 30),
      lastError: '另一处登录',
      qr: null,
    } as const;
    expect(healthWords(health, 'Asia/Shanghai')).toBe(
      '下线了，要人处理；上次收到话 2026-11-02 08:30；另一处登录',
    );
  });
});

test('a socket that hangs up is nobody', async () => {
  const db = join(folder(), 'bot.db');
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(controlPath(db, 'linux') ?? '', done));
  expect(await askRunning({ db }, { op: 'health' })).toEqual({ state: 'nobody' });
  await new Promise((done) => server.close(done));
});
