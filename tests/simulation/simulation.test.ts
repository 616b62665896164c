import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clock, play, says } from './support.ts';

const report = says('m1', 'lin', '11-02 08:30', '#上报 3组王家桥路灯坏了两盏', 'g-ltw');

/** The story of the README: reported, accepted, resolved, rated. */
const loop = [
  report,
  says('m2', 'li', '11-02 09:00', '接单'),
  says('m3', 'li', '11-03 10:00', '办结 1 换了两个灯泡'),
  says('m4', 'lin', '11-03 11:00', '满意'),
];

describe('a scenario', () => {
  test('prints sends and handled in order, then the cases, then the summary', async () => {
    const { lines, of } = await play(loop);
    const types = lines.map(({ type }) => type);
    expect(types.at(-1)).toBe('summary');
    expect(types.at(-2)).toBe('case');
    expect(of('handled').map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(of('summary')).toEqual([
      { type: 'summary', messages: 4, cases: 1, sends: of('send').length, ignored: 0 },
    ]);
    const [first] = of('send');
    expect(Object.keys(first ?? {})).toEqual([
      'type',
      'id',
      'chat',
      'replyTo',
      'text',
      'kind',
      'case',
      'at',
      'media',
    ]);
    expect(first).toMatchObject({
      chat: { id: 'g-ltw', kind: 'group' },
      replyTo: 'm1',
      kind: 'receipt',
      case: 'LC2611-0001',
      at: '2026-11-02T08:30:00+08:00',
    });
  });

  test('prints a case with its fields in their order and every event', async () => {
    const [line] = (await play(loop)).of('case');
    expect(Object.keys(line ?? {}).join(' ')).toBe(
      'type number state category urgency village group groups place office assignee reporters source level ' +
        'supervision sensitive protected outcome rating receivedAt dueAt acceptedAt resolvedAt closedAt returns ' +
        'extensions reopens households events',
    );
    expect(line).toMatchObject({
      number: 'LC2611-0001',
      state: 'closed',
      category: 'power.lamp',
      village: 'ltw',
      group: 'ltw-g3',
      groups: [],
      reporters: ['lin'],
      outcome: 'fixed',
      rating: 'satisfied',
      acceptedAt: '2026-11-02T09:00:00+08:00',
      resolvedAt: '2026-11-03T10:00:00+08:00',
      closedAt: '2026-11-03T11:00:00+08:00',
    });
    const events = line?.events as readonly { type: string; at: string; by: string; message: string }[];
    expect(events[0]).toEqual({
      type: 'case_reported',
      at: '2026-11-02T08:30:00+08:00',
      by: 'lin',
      message: 'm1',
    });
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'case_assigned',
        'case_accepted',
        'case_resolved',
        'case_rated',
        'case_closed',
      ]),
    );
  });

  test('gives the same bytes twice', async () => {
    const hidden = says('m0', 'lin', '11-02 08:00', '匿名反映：邻居在河里倒垃圾，不要说是我说的');
    const scenario = [hidden, ...loop, clock('11-20 12:00')];
    expect((await play(scenario)).text).toBe((await play(scenario)).text);
  });
});

describe('time', () => {
  test('a clock line only moves it; what is due runs with its own time', async () => {
    const { of, lines } = await play([report, clock('11-20 12:00')]);
    expect(of('handled')).toHaveLength(1);
    const reminders = of('send').filter(({ kind }) => kind === 'overdue' || kind === 'due_soon');
    expect(reminders.length).toBeGreaterThan(0);
    const times = lines.flatMap(({ type, at }) => (type === 'send' ? [String(at)] : []));
    expect(times).toEqual(times.toSorted());
    expect(times.at(-1)?.startsWith('2026-11-20T12:00')).toBe(false);
  });

  test('a line earlier than the clock is played at the clock', async () => {
    const { of } = await play([clock('11-03 09:00'), report]);
    expect(of('send')[0]?.at).toBe('2026-11-03T09:00:00+08:00');
  });

  test('ends at the last line: nothing due after it runs', async () => {
    const { of } = await play([report]);
    expect(of('send').every(({ at }) => at === '2026-11-02T08:30:00+08:00')).toBe(true);
  });

  test('a database kept in a file goes on in the next scenario', async () => {
    const db = join(await mkdtemp(join(tmpdir(), 'huiyin-db-')), 'sim.db');
    await play(loop.slice(0, 2), { db });
    const { of } = await play(loop.slice(2), { db });
    expect(of('case')).toMatchObject([{ number: 'LC2611-0001', state: 'closed' }]);
  });
});

describe('what has no effect', () => {
  test('chatter and repeats are handled and counted, bad lines are errors in their place', async () => {
    const { lines, of } = await play([
      says('m0', 'zhou', '11-02 08:00', '早上好', 'g-ltw'),
      report,
      report,
      '{"type":"message","id":"m9"}',
      '{broken',
      { type: 'ack', id: 'o1' },
    ]);
    expect(of('handled').map(({ id }) => id)).toEqual(['m0', 'm1', 'm1']);
    expect(of('error')).toEqual([
      { type: 'error', id: 'm9', code: 'bad_line', detail: 'line 4: chat is missing' },
      { type: 'error', id: null, code: 'bad_line', detail: 'line 5: not valid JSON' },
    ]);
    expect(of('summary')).toMatchObject([{ messages: 3, ignored: 2, cases: 1 }]);
    expect(lines.findIndex(({ type }) => type === 'error')).toBeGreaterThan(
      lines.findLastIndex(({ type }) => type === 'handled'),
    );
  });

  test('an empty scenario is a summary', async () => {
    expect((await play([])).lines).toEqual([
      { type: 'summary', messages: 0, cases: 0, sends: 0, ignored: 0 },
    ]);
  });
});

describe('a protected reporter', () => {
  test('stands nowhere in what is printed of the case', async () => {
    const { of } = await play([
      says('m1', 'lin', '11-02 08:30', '匿名反映：3组有人在王家桥下倒垃圾，不要说是我说的'),
    ]);
    const [line] = of('case');
    expect(line).toMatchObject({ protected: true, reporters: [] });
    expect(JSON.stringify(line)).not.toMatch(/"lin"|u-lin|~[a-z2-7]{16}/);
    const [reported] = (line?.events as readonly { by: string | null }[] | undefined) ?? [];
    expect(reported?.by).toBeNull();
  });
});
