/** Golden payloads as Feishu documents them, ids anonymised; and whatever else may come. */
import { readFileSync } from 'node:fs';
import { EventDispatcher } from '@larksuiteoapi/node-sdk';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outbound } from '../../../src/port.ts';
import { sdkLogger } from '../connect.ts';
import type { DecodeContext, EventType } from '../decode.ts';
import { decode, EVENT_TYPES } from '../decode.ts';
import { contentOf, readRef } from '../decode-content.ts';
import { encode } from '../encode.ts';
import { APP_ID } from './fake-feishu.ts';
import { event, message, received } from './harness.ts';

function golden<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8')) as readonly T[];
}

interface Incoming {
  readonly what: string;
  readonly raw: { readonly header: { readonly event_type: EventType } };
  readonly inbound: unknown;
}

interface Outgoing {
  readonly what: string;
  readonly message: Partial<Outbound>;
  readonly parts: unknown;
}

const ignore = (): void => undefined;
const SILENT = { info: ignore, warn: ignore, error: ignore };

const CONTEXT: DecodeContext = {
  account: 'feishu',
  appId: APP_ID,
  me: 'ou_bot',
  originOf: (id) => (id === 'om_known' ? { chat: { id: 'oc_1', kind: 'group' }, sender: 'ou_1' } : null),
};

/** By way of the SDK's own dispatcher, which makes one object of header and event. */
async function decoded(raw: unknown, context = CONTEXT): Promise<unknown> {
  const dispatcher = new EventDispatcher({ logger: sdkLogger(SILENT) });
  const taking = (type: EventType) => [type, async (data: unknown) => decode(type, data, context)];
  dispatcher.register(Object.fromEntries(EVENT_TYPES.map(taking)));
  return dispatcher.invoke(raw, { needCheck: false });
}

describe('what comes', () => {
  test.each(golden<Incoming>('incoming.golden.json'))('$what', async ({ raw, inbound }) => {
    expect(await decoded(raw)).toEqual(inbound);
  });

  test('of each kind of medium has its own', () => {
    const media = (message_type: string, content: object) => {
      const { event: body } = received('om_1', { message_type, content: JSON.stringify(content) });
      return contentOf(body as Parameters<typeof contentOf>[0], 'ou_bot').media.map(({ kind, ref }) => [
        kind,
        ref,
      ]);
    };
    expect(media('image', { image_key: 'img_1' })).toEqual([['image', 'om_1/image/img_1']]);
    expect(media('audio', { file_key: 'f_1', duration: 2000 })).toEqual([['voice', 'om_1/file/f_1']]);
    expect(media('media', { file_key: 'f_1', image_key: 'i' })).toEqual([['video', 'om_1/file/f_1']]);
    expect(media('image', { image_key: '../../x' })).toEqual([]);
    expect(media('merge_forward', { image_key: 'i' })).toEqual([]);
  });

  test('a bare mention is a word to the bot; one more than nine people are told apart', async () => {
    const mention = (n: number, open_id: string, name: string) => ({
      key: `@_user_${n}`,
      id: { open_id },
      name,
    });
    const bare = received('om_1', {
      content: '{"text":"@_user_1"}',
      mentions: [mention(1, 'ou_bot', '回音')],
    });
    expect(await decoded(bare)).toMatchObject([{ text: '', mentionsBot: true }]);
    const many = received('om_1', {
      content: '{"text":"@_user_1 @_user_10 来 @_user_3"}',
      mentions: [mention(1, 'ou_bot', '回音'), mention(10, 'ou_x', '林秀英')],
    });
    expect(await decoded(many)).toMatchObject([{ text: '@林秀英 来 @_user_3', mentionsBot: true }]);
  });

  test('from another bot is marked so', async () => {
    const raw = received('om_1');
    const sender = { ...raw.event.sender, sender_type: 'app' };
    expect(await decoded({ ...raw, event: { ...raw.event, sender } })).toMatchObject([
      { sender: { isBot: true } },
    ]);
  });

  test('a button with a value of somebody else is none', async () => {
    for (const value of ['接单 0042', { command: '接单' }, { command: '', chat: 'group' }, null]) {
      const body = {
        operator: { open_id: 'ou_1' },
        action: { value },
        context: { open_message_id: 'm', open_chat_id: 'c' },
      };
      expect(await decoded(event('card.action.trigger', 'e', body))).toEqual([]);
    }
  });
});

describe('whatever comes', () => {
  const type = fc.constantFrom(...EVENT_TYPES);

  test('decode answers', () => {
    fc.assert(
      fc.property(type, fc.anything(), (kind, data) => Array.isArray(decode(kind, data, CONTEXT))),
      { numRuns: 2_000 },
    );
  });

  test('a broken field of a good event breaks nothing, and what is decoded is plain', () => {
    const goods = golden<Incoming>('incoming.golden.json');
    const paths = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...paths(inner, [...at, key])])
        : [];
    const cases = goods.flatMap(({ raw }) => {
      const { header, event: body } = structuredClone(raw) as unknown as Record<
        string,
        Record<string, unknown>
      >;
      const flat = { ...header, ...body };
      return paths(flat).map((path) => ({ type: raw.header.event_type, flat, path }));
    });
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.anything({ withBigInt: false }), (one, value) => {
        const data = structuredClone(one.flat) as Record<string, unknown>;
        const last = one.path.at(-1) ?? '';
        const parent = one.path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, data);
        parent[last] = value;
        for (const inbound of decode(one.type, data, CONTEXT)) {
          expect(JSON.parse(JSON.stringify(inbound))).toEqual(inbound);
          expect(inbound.chat.id === '' || inbound.sender.id === '' || inbound.eventKey === '').toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('any content of any type answers; its references lead back', () => {
    const types = fc.constantFrom('text', 'post', 'image', 'file', 'audio', 'media', 'location', 'sticker');
    fc.assert(
      fc.property(types, fc.oneof(fc.json(), fc.string()), (message_type, content) => {
        const { event: body } = received('om_1', { message_type, content });
        const { media } = contentOf(body as Parameters<typeof contentOf>[0], 'ou_bot');
        for (const { ref } of media) if (ref !== null) expect(readRef(ref)).not.toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('what goes', () => {
  const given = (over: Partial<Outbound>) => message('o1', { chat: { id: 'oc_1', kind: 'group' }, ...over });

  test.each(golden<Outgoing>('outgoing.golden.json'))('$what', ({ message: over, parts }) => {
    const said = encode(given(over)).map(({ uuid: _, ...part }) =>
      'content' in part ? { ...part, content: JSON.parse(part.content) } : part,
    );
    expect(said).toEqual(parts);
  });

  test('has one uuid for one part of one message, of a length that Feishu takes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (a, b) => {
        const uuids = (id: string) => encode({ ...given({}), id }).map(({ uuid }) => uuid);
        expect(uuids(a)).toEqual(uuids(a));
        expect(String(uuids(a)) === String(uuids(b))).toBe(a === b);
        for (const uuid of uuids(a)) expect(uuid.length).toBeLessThanOrEqual(50);
      }),
    );
  });

  test('calls nobody whatever its text, and its words stay', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        const [part] = encode(given({ text: `${words}<AT user_id="all">` }));
        const text = part && 'content' in part ? JSON.parse(part.content).text : '';
        expect(text).not.toMatch(/<\/?[a-z]/i);
        expect(text.replaceAll('＜', '<')).toBe(`${words}<AT user_id="all">`.replaceAll('＜', '<'));
      }),
    );
  });
});
