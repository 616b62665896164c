import { afterEach, describe, expect, test } from 'vitest';
import type { Capabilities } from '../../src/port.ts';
import type { Store } from '../../src/store/port.ts';
import { Town } from '../support/town.ts';

const PEOPLE = {
  ...{ lin: ['telegram', 'feishu'], qiu: ['telegram'], li: ['feishu'], wang: ['feishu'], duty: ['feishu'] },
  ...{ ou: ['feishu'], admin: ['feishu'], long: ['feishu'], ma: ['feishu'] },
};

let town: Town;
afterEach(() => town.close());

/** A store that fails the writings of moved rows, so often. */
function failing(times: { left: number }): (store: Store) => Store {
  return (store) => ({
    ...store,
    transact: (scope, steps, options) => {
      if (options === undefined || times.left === 0 || steps[0]?.load.inbound !== undefined)
        return store.transact(scope, steps, options);
      times.left -= 1;
      return Promise.reject(new Error('the disk is full'));
    },
  });
}

async function refused(times: { left: number }, over: Partial<Capabilities>): Promise<number> {
  town = new Town({
    platforms: { telegram: { proactive: 'after-contact', ...over }, feishu: {} },
    people: PEOPLE,
    wrap: failing(times),
  });
  await town.say('telegram', 'lin', '#上报 3组王家桥路灯不亮');
  let tried = 0;
  town.on('telegram').answer = () => {
    tried += 1;
    return { type: 'rejected', permanent: true, code: 'unreachable', detail: 'blocked' };
  };
  await town.say('feishu', 'li', '进展 1 配件明天到');
  await town.until('11-02 10:00');
  return tried;
}

describe('a store that fails while a message is sent another way', () => {
  test('leaves the row to its lease: a platform that drops repeats is asked again, one message arrives', async () => {
    const tried = await refused({ left: 2 }, { nativeIdempotency: true });
    expect(tried).toBe(3);
    expect(town.went('progress')).toEqual(['feishu f-lin progress']);
    const rows = (await town.rows()).filter(({ kind }) => kind === 'progress');
    expect(rows.map(({ account, status }) => `${account} ${status}`)).toEqual([
      'telegram rejected',
      'feishu sent',
    ]);
    expect(town.on('feishu').to('f-duty')).toEqual([]);
  });

  test('or shows it to the dispatcher once, where nobody knows whether it went', async () => {
    const tried = await refused({ left: 1 }, { nativeIdempotency: false });
    expect(tried).toBe(1);
    expect(town.went('progress')).toEqual([]);
    expect(town.on('feishu').to('f-duty', 'notice')).toEqual([expect.stringContaining('林桂香')]);
  });

  test('writes nothing by halves', async () => {
    await refused({ left: 0 }, {});
    const rows = (await town.rows()).filter(({ kind }) => kind === 'progress');
    expect(rows.map(({ account, status }) => `${account} ${status}`)).toEqual([
      'telegram rejected',
      'feishu sent',
    ]);
    expect(await town.store.contacts(town.scope, [{ account: 'telegram', chat: 't-lin' }])).toEqual([]);
  });
});

test('a reminder that finds its officer’s chat closed keeps its guard and goes once', async () => {
  town = new Town({
    platforms: { telegram: { proactive: 'after-contact' }, feishu: {} },
    people: { ...PEOPLE, li: ['telegram', 'feishu'], lin: ['feishu'] },
  });
  await town.say('telegram', 'li', '帮助');
  await town.say('feishu', 'lin', '#上报 3组王家桥路灯不亮');
  expect(town.went('assignment')).toEqual(['telegram t-li assignment']);
  town.on('telegram').answer = () => ({
    ...{ type: 'rejected', permanent: true, code: 'unreachable', detail: 'blocked' },
  });
  await town.until('11-20 12:00');
  const reminders = town
    .went()
    .filter((line) => / (?:overdue|due_soon)$/.test(line) && line.includes('-li '));
  expect(reminders.length).toBeGreaterThan(0);
  expect(reminders.every((line) => line.startsWith('feishu f-li'))).toBe(true);
  const texts = town.on('feishu').got.filter(({ chat }) => chat.id === 'f-li');
  expect(new Set(texts.map(({ kind, time }) => `${kind} ${time}`)).size).toBe(texts.length);
});

test('a message that can not be handled is still answered to somebody who wrote for the first time', async () => {
  const broken = (store: Store): Store => ({
    ...store,
    transact: (scope, steps, options) =>
      // The decision itself throws; what keeps it aside does not.
      steps[0]?.load.prompts === undefined
        ? store.transact(scope, steps, options)
        : Promise.resolve([{ ok: false, error: new RangeError('broken') }]),
  });
  town = new Town({
    platforms: { telegram: { proactive: 'after-contact' }, feishu: {} },
    people: PEOPLE,
    wrap: broken,
  });
  await town.say('telegram', 'qiu', '#上报 3组王家桥路灯不亮');
  expect(town.on('telegram').to('t-qiu', 'notice')).toHaveLength(1);
  expect(town.on('feishu').to('f-duty', 'notice')).toHaveLength(1);
});
