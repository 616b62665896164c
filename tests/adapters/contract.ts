/**
 * What every adapter must do, as one suite. An adapter's own test gives a harness that plays its
 * platform's side and calls `describeAdapter`.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Capabilities, ChatAdapter, ChatRef, Outbound } from '../../src/port.ts';
import { eventually, RecordingSink } from './support.ts';

export interface SpokenMessage {
  readonly id: string;
  readonly chat: ChatRef;
  readonly from: { readonly id: string; readonly name: string };
  readonly text: string;
  /** The message it answers, as the platform shows it. */
  readonly quote?: { readonly id: string; readonly text: string };
  readonly photo?: Uint8Array;
}

export interface Seen {
  readonly chat: string;
  readonly text: string;
  /** Names or contents of the files that came with it. */
  readonly files?: readonly unknown[];
  /** Labels of the buttons under it. */
  readonly buttons?: readonly string[];
}

/** How the platform answers the next send: it asks to wait, refuses for good, or takes it and never answers. */
export type PlatformAnswer = 'throttled' | 'refused' | 'lost';

/** A platform in miniature. */
export interface PlatformHarness {
  readonly adapter: ChatAdapter;
  /** A person writes; resolves when the platform has handed it over. */
  say(message: SpokenMessage): Promise<void>;
  /** What people see of the bot, in order; a repeat that the platform drops is seen once. */
  seen(): readonly Seen[];
  /** Releases what the harness holds, after the adapter stopped. */
  close(): Promise<void>;
  /** The person changes the words of a message they sent before. */
  edit?(message: SpokenMessage): Promise<void>;
  recall?(message: SpokenMessage): Promise<void>;
  /** The person presses the button whose command is `text`, under what the bot said to them last. */
  press?(message: SpokenMessage): Promise<void>;
  answerNext?(how: PlatformAnswer): void;
  /** Once the platform has the send: lets the time pass after which the adapter gives up its answer; for `lost`. */
  giveUp?(): Promise<void>;
  /** The connection breaks; resolves when the adapter is online again, its waiting having passed. */
  cut?(): Promise<void>;
  /** The platform keeps its answers to sends back until the returned function is called. */
  hold?(): () => void;
  /** Whether an answer is kept back now. */
  holding?(): boolean;
  /** All that the adapter has logged. */
  logged?(): string;
  /** Words that may stand nowhere. */
  readonly secrets?: readonly string[];
}

/** What the harness can play. What the platform promises by its capabilities has to be among it. */
export interface Playable {
  readonly edits: boolean;
  readonly recalls: boolean;
  readonly quotes: Capabilities['quoteIn'];
  readonly photos: boolean;
  readonly files: boolean;
  readonly answers: readonly PlatformAnswer[];
  readonly cuts: boolean;
  readonly holds: boolean;
  /** Left out where the platform has no buttons. */
  readonly presses?: boolean;
  /** The platform gives the adapter nothing to keep from others. */
  readonly secretless?: boolean;
}

/** A harness of a platform that is only lines in and lines out. */
export const NOTHING_MORE: Playable = {
  edits: false,
  recalls: false,
  quotes: 'none',
  photos: false,
  files: false,
  answers: [],
  cuts: false,
  holds: false,
};

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

export const until = (condition: () => boolean, turns?: number): Promise<void> =>
  eventually(condition, turns);

/** The smallest PNG: one grey point. */
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** Enough for what is said on loopback to arrive. */
async function someTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** What a platform can't do is no test that was passed over. */
const playing = (can: boolean | undefined) => (can ? test : (): void => undefined);

export function describeAdapter(
  name: string,
  create: () => Promise<PlatformHarness>,
  can: Playable = NOTHING_MORE,
): void {
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

    const taken = (key: string) => sink.effects.find(({ eventKey }) => eventKey === key);
    const send = (id: string, over: Partial<Outbound> = {}) =>
      harness.adapter.send(outbound(id, harness.adapter.id, over));

    /** A member of the harness that `can` promises. */
    function played<K extends keyof PlatformHarness>(key: K): NonNullable<PlatformHarness[K]> {
      const member = harness[key];
      expect(member, `the harness promises ${key} and has none`).toBeDefined();
      return member as NonNullable<PlatformHarness[K]>;
    }

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

    test('is tried in all that it promises', () => {
      const { edits, recalls, quoteIn, mediaIn, mediaOut, buttons } = harness.adapter.capabilities;
      const promised = {
        edits,
        recalls,
        quotes: quoteIn,
        photos: mediaIn,
        files: mediaOut,
        presses: buttons,
      };
      const { answers, cuts, holds, secretless, ...tried } = can;
      expect({ presses: false, ...tried }).toEqual(promised);
    });

    test('brings what a person wrote, with who, where and a stable key', async () => {
      await harness.say(spoken('m1'));
      await until(() => sink.effects.length === 1);
      const [inbound] = sink.effects;
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
      expect(harness.adapter.health().lastInboundAt).not.toBeNull();
    });

    test('tells a private chat from a group', async () => {
      await harness.say(spoken('m1', { chat: { id: 'u-1', kind: 'direct' }, text: '收到' }));
      await until(() => sink.effects.length === 1);
      expect(sink.effects[0]).toMatchObject({ chat: { kind: 'direct' }, text: '收到' });
      expect(sink.effects[0]?.chat.id).toBe(sink.effects[0]?.sender.id);
    });

    test('gives one key to one message, however often it comes, and different keys to different ones', async () => {
      await harness.say(spoken('m1'));
      await harness.say(spoken('m1'));
      await harness.say(spoken('m2'));
      await until(() => taken('m:m2') !== undefined);
      expect([...new Set(sink.received.map(({ eventKey }) => eventKey))]).toEqual(['m:m1', 'm:m2']);
    });

    test('goes on after an event that could not be taken', async () => {
      sink.failures = 1;
      await harness.say(spoken('m1'));
      await until(() => sink.failures === 0);
      await harness.say(spoken('m2'));
      await until(() => taken('m:m2') !== undefined);
    });

    test('shows people what the bot says, in its words', async () => {
      const message = outbound('o1', harness.adapter.id);
      expect(await harness.adapter.send(message)).toMatchObject({ type: 'sent' });
      await until(() => harness.seen().length === 1);
      expect(harness.seen()[0]).toMatchObject({ chat: 'g-1', text: message.text });
    });

    test('shows a message once that is sent again with its id, where it promises so', async () => {
      if (!harness.adapter.capabilities.nativeIdempotency) return;
      await send('o1');
      await send('o1');
      await send('o2', { text: '第二条' });
      await until(() => harness.seen().some(({ text }) => text === '第二条'));
      expect(harness.seen()).toHaveLength(2);
    });

    test('sends nothing after it stopped, and says so without throwing', async () => {
      await harness.adapter.stop();
      const before = harness.seen().length;
      const result = await send('o9');
      expect(result.type).not.toBe('sent');
      expect(harness.seen()).toHaveLength(before);
      expect(harness.adapter.health().state).toBe('stopped');
    });

    test('stops twice without complaint', async () => {
      await harness.adapter.stop();
      await harness.adapter.stop();
    });

    playing(can.edits)('tells an edit from the message, and one edit from another', async () => {
      await harness.say(spoken('m1'));
      await until(() => taken('m:m1') !== undefined);
      const edit = played('edit');
      await edit.call(harness, spoken('m1', { text: '4组王家桥路灯坏了两盏' }));
      await until(() => sink.effects.length === 2);
      await edit.call(harness, spoken('m1', { text: '4组李家桥路灯坏了两盏' }));
      await until(() => sink.effects.length === 3);
      const [, first, second] = sink.effects;
      expect(first).toMatchObject({ kind: 'edit', messageId: 'm1', text: '4组王家桥路灯坏了两盏' });
      expect(first?.eventKey).toMatch(/^e:m1:/);
      expect(second?.eventKey).toMatch(/^e:m1:/);
    });

    playing(can.recalls)('brings the recall of a message', async () => {
      await harness.say(spoken('m1'));
      await until(() => taken('m:m1') !== undefined);
      await played('recall').call(harness, spoken('m1'));
      await until(() => taken('r:m1') !== undefined);
      expect(taken('r:m1')).toMatchObject({ kind: 'recall', messageId: 'm1', chat: { kind: 'group' } });
    });

    playing(can.presses)('shows a button, and brings each press of it as its command', async () => {
      const chat = { id: 'u-1', kind: 'direct' } as const;
      const buttons = [
        { label: '接单', command: '接单 0042' },
        { label: '办结', command: '办结 0042' },
      ];
      expect(await send('o1', { chat, buttons })).toMatchObject({ type: 'sent' });
      await until(() => harness.seen().some(({ buttons: under = [] }) => under.length > 0));
      expect(harness.seen().at(-1)).toMatchObject({ chat: 'u-1', buttons: ['接单', '办结'] });
      for (const id of ['p1', 'p2']) {
        await played('press').call(harness, spoken(id, { chat, text: '办结 0042' }));
      }
      await until(() => sink.effects.length === 2);
      const [first, second] = sink.effects;
      expect(first).toMatchObject({ kind: 'action', text: '办结 0042', chat: { kind: 'direct' } });
      expect(first?.chat.id).toBe(first?.sender.id);
      if (can.quotes === 'id') expect(first?.quote).not.toBeNull();
      expect([first?.eventKey.slice(0, 2), second?.eventKey.slice(0, 2)]).toEqual(['a:', 'a:']);
    });

    playing(can.quotes !== 'none')('brings what a message answers', async () => {
      const quote = { id: 'm1', text: '记下了 #0042：路灯不亮。' };
      await harness.say(spoken('m1', { text: quote.text }));
      await harness.say(spoken('m2', { text: '收到', quote }));
      await until(() => taken('m:m2') !== undefined);
      const inbound = taken('m:m2');
      expect(inbound?.text).toBe('收到');
      if (can.quotes === 'id') expect(inbound?.quote?.id).toBe('m1');
      else expect(inbound?.quote?.text).toContain('#0042');
    });

    playing(can.photos)('brings a photo that can be fetched', async () => {
      await harness.say(spoken('m1', { text: '', photo: PHOTO }));
      await until(() => taken('m:m1') !== undefined);
      const [photo] = taken('m:m1')?.media ?? [];
      expect(photo?.kind).toBe('image');
      const { bytes } = await harness.adapter.fetchMedia(photo?.ref ?? '');
      expect(Buffer.from(bytes)).toEqual(PHOTO);
    });

    playing(can.photos)('says so where a file is not to be had', async () => {
      await expect(harness.adapter.fetchMedia('no-such-file')).rejects.toThrow();
    });

    playing(can.files)('sends a file, and refuses one that is gone without throwing', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'huiyin-contract-'));
      try {
        const path = join(folder, '月报.png');
        await writeFile(path, PHOTO);
        const file = { name: '月报.png', mime: 'image/png', path };
        expect(await send('o1', { media: [file] })).toMatchObject({ type: 'sent' });
        await until(() => harness.seen().some(({ files = [] }) => files.length > 0));
        const gone = { ...file, path: join(folder, 'gone.png') };
        expect((await send('o2', { media: [gone] })).type).toBe('rejected');
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    playing(can.answers.includes('throttled'))('waits as long as the platform asks', async () => {
      played('answerNext').call(harness, 'throttled');
      const result = await send('o1');
      expect(result.type).toBe('deferred');
      if (result.type === 'deferred') expect(result.retryAfterMs).toBeGreaterThan(0);
      expect(await send('o1')).toMatchObject({ type: 'sent' });
    });

    playing(can.answers.includes('refused'))('tells what will never go', async () => {
      played('answerNext').call(harness, 'refused');
      expect(await send('o1')).toMatchObject({ type: 'rejected', permanent: true });
      expect(await send('o2')).toMatchObject({ type: 'sent' });
    });

    playing(can.answers.includes('lost'))('does not claim to know what nobody answered', async () => {
      played('answerNext').call(harness, 'lost');
      const sending = send('o1');
      await harness.giveUp?.();
      expect((await sending).type).toBe('unknown');
    });

    playing(can.cuts)('comes back after its connection broke', async () => {
      await harness.say(spoken('m1'));
      await until(() => taken('m:m1') !== undefined);
      await played('cut').call(harness);
      await harness.say(spoken('m2'));
      await until(() => taken('m:m2') !== undefined);
      expect(['online', 'degraded']).toContain(harness.adapter.health().state);
      expect(await send('o1')).toMatchObject({ type: 'sent' });
    });

    playing(can.holds)('ends a send that is under way before it is stopped', async () => {
      const release = played('hold').call(harness);
      const over = new Set<string>();
      const sending = send('o1').finally(() => over.add('send'));
      await (harness.holding ? until(() => harness.holding?.() ?? true) : someTurns());
      const stopping = harness.adapter.stop().finally(() => over.add('stop'));
      await someTurns();
      expect([...over], 'the stop has not waited for the send').not.toEqual(['stop']);
      release();
      await stopping;
      const result = await sending;
      const shown = harness.seen().length;
      // What people saw is not called unsent, what they did not see not sent.
      if (result.type === 'sent') expect(shown).toBe(1);
      if (result.type === 'deferred' || result.type === 'rejected') expect(shown).toBe(0);
    });

    playing(can.answers.length > 0 && !can.secretless)('keeps its secrets through all of it', async () => {
      await harness.say(spoken('m1'));
      for (const how of can.answers.filter((one) => one !== 'lost')) {
        harness.answerNext?.(how);
        const told = JSON.stringify(await send(`o-${how}`));
        for (const secret of harness.secrets ?? []) expect(told).not.toContain(secret);
      }
      const said = `${harness.logged?.() ?? ''}${JSON.stringify(harness.adapter.health())}`;
      expect(harness.secrets ?? []).not.toEqual([]);
      for (const secret of harness.secrets ?? []) expect(said).not.toContain(secret);
    });
  });
}
