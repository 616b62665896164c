/**
 * What every adapter must do, as one suite. An adapter's own test gives a harness that plays its
 * platform's side and calls `describeAdapter`.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChatAdapter, ChatRef, Inbound, Outbound, Sink, Taken } from '../../src/port.ts';

export interface SpokenMessage {
  readonly id: string;
  readonly chat: ChatRef;
  readonly from: { readonly id: string; readonly name: string };
  readonly text: string;
}

/** A platform in miniature. */
export interface PlatformHarness {
  readonly adapter: ChatAdapter;
  /** A person writes; resolves when the platform has handed it over. */
  say(message: SpokenMessage): Promise<void>;
  /** What people see of the bot, in order; a repeat that the platform drops is seen once. */
  seen(): readonly { readonly chat: string; readonly text: string }[];
  /** Releases what the harness holds, after the adapter stopped. */
  close(): Promise<void>;
}

export const spoken = (id: string, over: Partial<SpokenMessage> = {}): SpokenMessage => ({
  id,
  chat: { id: 'g-1', kind: 'group' },
  from: { id: 'u-1', name: '林秀英' },
  text: '3组王家桥路灯坏了两盏',
  ...over,
});

export const outbound = (id: string, account: string, over: Partial<Outbound> = {}): Outbound => ({
  id,
  account,
  chat: { id: 'g-1', kind: 'group' },
  address: null,
  replyTo: null,
  text: '记下了 #0042：路灯不亮。\n转村建办。',
  kind: 'receipt',
  case: 'LC2611-0042',
  cases: [],
  media: [],
  buttons: [],
  at: Date.UTC(2026, 10, 2, 0, 30),
  ...over,
});

/** A sink that remembers; `fail` lets the next event throw as a broken store would. */
class RecordingSink implements Sink {
  readonly received: Inbound[] = [];
  fail = false;

  async receive(inbound: Inbound): Promise<Taken> {
    if (this.fail) {
      this.fail = false;
      throw new Error('the store is away');
    }
    this.received.push(inbound);
    return { outcome: 'done', flushed: Promise.resolve() };
  }
}

/** Waits until a condition holds, by turns of the event loop and without a delay of its own. */
export async function until(condition: () => boolean, turns = 2_000): Promise<void> {
  for (let turn = 0; turn < turns && !condition(); turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(condition(), 'waited in vain').toBe(true);
}

export function describeAdapter(name: string, create: () => Promise<PlatformHarness>): void {
  describe(`${name} keeps the adapter contract`, () => {
    let harness: PlatformHarness;
    let sink: RecordingSink;

    beforeEach(async () => {
      harness = await create();
      sink = new RecordingSink();
      await harness.adapter.start(sink);
    });

    afterEach(async () => {
      await harness.adapter.stop();
      await harness.close();
    });

    test('declares what its platform can do without contradiction', () => {
      const { capabilities, id } = harness.adapter;
      expect(id).not.toBe('');
      expect(capabilities.windowMs !== null).toBe(capabilities.proactive === 'window');
      expect(capabilities.maxTextBytes).toBeGreaterThan(100);
      for (const limit of [capabilities.limits.perChat, capabilities.limits.global]) {
        if (limit) expect(Math.min(limit.count, limit.perMs)).toBeGreaterThan(0);
      }
      const { jitterMs } = capabilities.limits;
      if (jitterMs) expect(jitterMs.max).toBeGreaterThanOrEqual(jitterMs.min);
    });

    test('brings what a person wrote, with who, where and a stable key', async () => {
      await harness.say(spoken('m1'));
      await until(() => sink.received.length === 1);
      const [inbound] = sink.received;
      expect(inbound).toMatchObject({
        eventKey: 'm:m1',
        kind: 'message',
        account: harness.adapter.id,
        messageId: 'm1',
        text: '3组王家桥路灯坏了两盏',
        chat: { kind: 'group' },
        sender: { isSelf: false },
      });
      expect(JSON.parse(JSON.stringify(inbound?.address))).toEqual(inbound?.address);
    });

    test('gives one key to one message, however often it comes, and different keys to different ones', async () => {
      await harness.say(spoken('m1'));
      await harness.say(spoken('m1'));
      await harness.say(spoken('m2'));
      await until(() => sink.received.some(({ eventKey }) => eventKey === 'm:m2'));
      expect([...new Set(sink.received.map(({ eventKey }) => eventKey))]).toEqual(['m:m1', 'm:m2']);
    });

    test('goes on after an event that could not be taken', async () => {
      sink.fail = true;
      await harness.say(spoken('m1'));
      await until(() => !sink.fail);
      await harness.say(spoken('m2'));
      await until(() => sink.received.some(({ eventKey }) => eventKey === 'm:m2'));
    });

    test('shows people what the bot says, in its words', async () => {
      const message = outbound('o1', harness.adapter.id);
      expect(await harness.adapter.send(message)).toMatchObject({ type: 'sent' });
      await until(() => harness.seen().length === 1);
      expect(harness.seen()[0]).toEqual({ chat: 'g-1', text: message.text });
    });

    test('shows a message once that is sent again with its id, where it promises so', async () => {
      if (!harness.adapter.capabilities.nativeIdempotency) return;
      await harness.adapter.send(outbound('o1', harness.adapter.id));
      await harness.adapter.send(outbound('o1', harness.adapter.id));
      await harness.adapter.send(outbound('o2', harness.adapter.id, { text: '第二条' }));
      await until(() => harness.seen().some(({ text }) => text === '第二条'));
      expect(harness.seen()).toHaveLength(2);
    });

    test('sends nothing after it stopped, and says so without throwing', async () => {
      await harness.adapter.stop();
      const before = harness.seen().length;
      const result = await harness.adapter.send(outbound('o9', harness.adapter.id));
      expect(result.type).not.toBe('sent');
      expect(harness.seen()).toHaveLength(before);
      expect(harness.adapter.health().state).toBe('stopped');
    });

    test('stops twice without complaint', async () => {
      await harness.adapter.stop();
      await harness.adapter.stop();
    });
  });
}
