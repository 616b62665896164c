/** Several processes over one database: whoever is bound in one is known in all, from the next message or step on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDesk, type Desk } from '../../src/desk/index.ts';
import { issueCodes } from '../../src/desk/issuing.ts';
import { printedCode } from '../../src/domain/binding-code.ts';
import { ManualClock } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import type { Inbound } from '../../src/port.ts';
import type { Store } from '../../src/store/port.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createVault } from '../../src/vault/index.ts';
import { secrets } from '../support/joining.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { at, countingBytes, KEY, MONDAY, testPolicy } from '../support/world.ts';

const policy = testPolicy();
const scope = { township: policy.roster.township.id };
const clock = new ManualClock(at(MONDAY));
const options = { now: () => clock.now() };

const deskOver = (store: Store): Desk =>
  createDesk({
    store,
    township: scope.township,
    policy: () => policy,
    clock,
    vault: createVault(KEY, countingBytes()),
    accounts: () => ['bridge', 'telegram'],
    log: createLogger(() => undefined),
  });

let ids = 0;
const line = (sender: string, text: string): Inbound => ({
  eventKey: `m:${++ids}`,
  kind: 'message',
  account: 'telegram',
  chat: { id: sender, kind: 'direct' },
  sender: { id: sender, name: null, isSelf: false, isBot: false },
  messageId: `${ids}`,
  text,
  mentionsBot: false,
  quote: null,
  media: [],
  platformTime: null,
  address: {},
});

let drawn = 0;
const randomBytes = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (++drawn * 29 + i) % 256);

async function code(store: Store, person: string): Promise<string> {
  const [one] = await issueCodes([person], { store, scope, secrets, randomBytes });
  return printedCode(one?.code ?? '');
}

/** What one process says in private to a chat. */
const saidTo = async (store: Store, chat: string): Promise<readonly string[]> =>
  (await store.outbox(scope, {})).filter((row) => row.chat.id === chat).map(({ say }) => say?.template ?? '');

function processes(
  open: () => Promise<{ readonly one: Store; readonly two: Store; close(): Promise<void> }>,
): void {
  it('know in the next message whom another has bound, and forget whom it has unbound', async () => {
    const { one, two, close } = await open();
    const [first, second] = [deskOver(one), deskOver(two)];
    await second.receive(line('501', '在吗'));
    expect(await saidTo(two, '501')).toEqual(['stranger']);
    await first.receive(line('501', `绑定 ${await code(one, 'wen')}`));
    await second.receive(line('501', '水塘边路灯不亮'));
    const [made] = await two.cases(scope, {});
    expect(made?.reporters[0]?.who).toBe('wen');
    // The clock of the other process reaches them there as well.
    await first.receive({ ...line('u-admin', '解绑 文五爹'), account: 'bridge' });
    await second.receive(line('501', '5组水管漏水'));
    expect(await two.cases(scope, {})).toHaveLength(1);
    await close();
  });

  it('bind one account by one code, whichever of them it is sent to', async () => {
    const { one, two, close } = await open();
    const [first, second] = [deskOver(one), deskOver(two)];
    const word = `绑定 ${await code(one, 'jing')}`;
    await Promise.all(
      ['701', '702', '703', '704'].map((sender, i) =>
        (i % 2 === 0 ? first : second).receive(line(sender, word)),
      ),
    );
    const bound = (await two.bindings(scope, -1))?.all.filter(
      (row) => row.kind === 'person' && row.person === 'jing',
    );
    expect(bound).toHaveLength(1);
    await close();
  });

  it('know after a restart what was bound before', async () => {
    const { one, two, close } = await open();
    await deskOver(one).receive(line('801', `绑定 ${await code(one, 'wen')}`));
    await deskOver(two).receive(line('801', '水塘边路灯不亮'));
    const cases = await two.cases(scope, {});
    expect(cases.map(({ reporters }) => reporters[0]?.who)).toEqual(['wen']);
    await close();
  });
}

describe('two desks over one database on SQLite', () => {
  processes(async () => {
    const store = openSqliteStore({ ...options, file: ':memory:', owner: 'test' });
    return { one: store, two: store, close: () => store.close() };
  });
});

describe('two processes over one database on PostgreSQL', () => {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  }, 30_000);
  afterAll(() => server?.stop());
  processes(async () => {
    if (!server) throw new Error('the server did not start');
    const url = await server.createDatabase();
    const one = await openPostgresStore({ ...options, url });
    const two = await openPostgresStore({ ...options, url });
    return { one, two, close: async () => void (await Promise.all([one.close(), two.close()])) };
  });
});
