/** Sending a digest: files made once for all, each person once, and nobody lost who has no account. */
import { afterEach, expect, test } from 'vitest';
import { sendDigest } from '../../src/digest/task.ts';
import type { TaskContext } from '../../src/schedule/tasks.ts';
import type { OutboxDraft, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { at, testPolicy } from '../support/world.ts';

const NOW = at('2026-12-01 09:00');
const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

interface Bench {
  readonly context: TaskContext;
  readonly sent: OutboxDraft[];
  readonly kept: string[];
  fail: boolean;
}

function bench(township: (yaml: string) => string = (yaml) => yaml, accounts = ['bridge']): Bench {
  const policy = testPolicy({ township });
  const store = openSqliteStore({ file: ':memory:', now: () => NOW, owner: 'test' });
  stores.push(store);
  const done = new Set<string>();
  const it: Bench = {
    sent: [],
    kept: [],
    fail: false,
    context: {
      store,
      scope: { township: policy.roster.township.id },
      policy,
      now: NOW,
      accounts,
      keepFile: async (name) => {
        if (it.fail) throw new Error('disk full');
        it.kept.push(name);
        return `/files/${name}`;
      },
      commit: async (_load, decide) => {
        const { outbox = [] } = decide({} as Parameters<typeof decide>[0], NOW);
        const fresh = outbox.filter(({ chat }) => !done.has(chat.id));
        for (const { chat } of fresh) done.add(chat.id);
        it.sent.push(...fresh);
        return true;
      },
    },
  };
  return it;
}

const task = (to: string, payload: Record<string, unknown> = {}) => ({
  key: `digest:2026-11:${to}`,
  kind: 'digest',
  payload: { period: '2026-11', to, account: null, ...payload },
  runAt: NOW,
  attempts: 1,
  fence: 1,
});

test('several secretaries get the same files, made once', async () => {
  const it = bench((yaml) => yaml.replace('secretaries: [xiong]', 'secretaries: [xiong, ban]'));
  await sendDigest(task('xiong'), it.context);
  await sendDigest(task('ban'), it.context);
  expect(it.kept).toHaveLength(5);
  expect(it.sent.map(({ chat, kind }) => [chat.id, kind])).toEqual([
    ['u-xiong', 'digest'],
    ['u-ban', 'digest'],
  ]);
  expect(it.sent[0]?.media).toEqual(it.sent[1]?.media);
});

test('台账 is the register alone', async () => {
  const it = bench();
  await sendDigest(task('xiong', { want: 'register' }), it.context);
  expect(it.sent.map(({ media }) => media.map(({ name }) => name))).toEqual([['柳溪镇2026-11民情台账.xlsx']]);
});

test('asked on an account, it answers there', async () => {
  const it = bench(
    (yaml) => yaml.replace('bridge: u-xiong', 'bridge: u-xiong, second: s-xiong'),
    ['bridge', 'second'],
  );
  await sendDigest(task('xiong', { account: 'second' }), it.context);
  expect(it.sent.map(({ account, chat }) => [account, chat.id])).toEqual([['second', 's-xiong']]);
});

test('a secretary without an account: the dispatcher is told what it says', async () => {
  const it = bench((yaml) => yaml.replace('name: 熊书远, accounts: { bridge: u-xiong }', 'name: 熊书远'));
  await sendDigest(task('xiong'), it.context);
  expect(it.sent.map(({ chat, kind, say }) => [chat.id, kind, say.template])).toEqual([
    ['u-duty', 'notice', 'bot_cannot_reach'],
  ]);
});

test('what failed is made anew, not remembered', async () => {
  const it = bench();
  it.fail = true;
  await expect(sendDigest(task('xiong'), it.context)).rejects.toThrow('disk full');
  it.fail = false;
  await sendDigest(task('xiong'), it.context);
  expect(it.sent).toHaveLength(1);
});

test('a payload that names no period is a bug and throws', async () => {
  const it = bench();
  await expect(sendDigest(task('xiong', { period: 'soon' }), it.context)).rejects.toThrow(
    'soon is no period',
  );
  await expect(sendDigest(task('xiong', { period: 7 }), it.context)).rejects.toThrow('needs a period');
});
