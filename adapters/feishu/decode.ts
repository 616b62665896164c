/** One event → what it says to the core. Pure and total: whatever comes, it answers. */
import type { Address, ChatRef, Inbound, InboundKind, SenderRef } from '@huiyin/core/port';
import { contentOf } from './decode-content.ts';
import type { Received } from './payload.ts';
import { botMoved, chatChanged, peopleMoved, pressed, recalled, received } from './payload.ts';

/** Where a message was said, and by whom: a recall tells neither. */
export interface Origin {
  readonly chat: ChatRef;
  readonly sender: string;
}

export interface DecodeContext {
  /** The adapter's id. */
  readonly account: string;
  readonly appId: string;
  /** The bot's own open_id. */
  readonly me: string;
  readonly originOf: (messageId: string) => Origin | null;
}

type Decoder = (data: unknown, context: DecodeContext) => readonly Inbound[];

const DECODERS = {
  'im.message.receive_v1': decodeMessage,
  'im.message.recalled_v1': decodeRecall,
  'card.action.trigger': decodePress,
  'im.chat.member.bot.added_v1': (data, context) => decodeBot('join', data, context),
  'im.chat.member.bot.deleted_v1': (data, context) => decodeBot('leave', data, context),
  'im.chat.disbanded_v1': (data, context) => decodeBot('leave', data, context),
  'im.chat.member.user.added_v1': (data, context) => decodePeople('join', data, context),
  'im.chat.member.user.deleted_v1': (data, context) => decodePeople('leave', data, context),
  'im.chat.updated_v1': decodeChange,
} as const satisfies Readonly<Record<string, Decoder>>;

export type EventType = keyof typeof DECODERS;
export const EVENT_TYPES = Object.keys(DECODERS) as readonly EventType[];
export const PRESS: EventType = 'card.action.trigger';
export const RECALL: EventType = 'im.message.recalled_v1';

/** Nothing where it is not for this app, is no event of these, or says nothing. */
export function decode(type: EventType, data: unknown, context: DecodeContext): readonly Inbound[] {
  const app = typeof data === 'object' && data !== null && 'app_id' in data ? data.app_id : context.appId;
  return app === context.appId ? DECODERS[type](data, context) : [];
}

function decodeMessage(data: unknown, context: DecodeContext): readonly Inbound[] {
  const event = received.safeParse(data).data;
  const sender = event === undefined ? null : senderOf(event, context.me);
  if (event === undefined || sender === null) return [];
  const { message } = event;
  const { text, media } = contentOf(event, context.me);
  const mentions = message.mentions ?? [];
  const mentionsBot = mentions.some(({ id }) => id?.open_id === context.me);
  // A bare "@机器人" is a word to the bot; a sticker is nothing.
  if (text === '' && media.length === 0 && !mentionsBot) return [];
  const direct = message.chat_type === 'p2p';
  return [
    {
      ...base(`m:${message.message_id}`, 'message', context),
      chat: direct ? { id: sender.id, kind: 'direct' } : { id: message.chat_id, kind: 'group' },
      sender,
      messageId: message.message_id,
      text,
      mentionsBot,
      quote: message.parent_id ? { id: message.parent_id, text: null } : null,
      media,
      platformTime: instantOf(message.create_time),
      address: addressOf(message),
    },
  ];
}

/** In a topic (`thread_id`) also what answers nothing belongs into the topic, later too. */
const addressOf = (message: Received['message']): Address =>
  message.thread_id
    ? { chatId: message.chat_id, topic: message.root_id || message.message_id }
    : { chatId: message.chat_id };

function senderOf({ sender }: Received, me: string): SenderRef | null {
  const id = sender.sender_id?.open_id;
  if (!id) return null;
  // Feishu tells nobody's name here; asking for it needs the right to read the whole directory of people.
  return { id, name: null, isSelf: id === me, isBot: sender.sender_type === 'app' };
}

function decodeRecall(data: unknown, context: DecodeContext): readonly Inbound[] {
  const event = recalled.safeParse(data).data;
  const origin = event === undefined ? null : context.originOf(event.message_id);
  if (event === undefined || origin === null) return [];
  return [
    {
      ...base(`r:${event.message_id}`, 'recall', context),
      chat: origin.chat,
      sender: { id: origin.sender, name: null, isSelf: origin.sender === context.me, isBot: false },
      messageId: event.message_id,
      platformTime: instantOf(event.recall_time ?? event.create_time),
      address: { chatId: event.chat_id },
    },
  ];
}

function decodePress(data: unknown, context: DecodeContext): readonly Inbound[] {
  const event = pressed.safeParse(data).data;
  if (event === undefined) return [];
  const { operator, action, context: place } = event;
  const direct = action.value.chat === 'direct';
  return [
    {
      ...base(`a:${event.event_id}`, 'action', context),
      chat: direct ? { id: operator.open_id, kind: 'direct' } : { id: place.open_chat_id, kind: 'group' },
      sender: { id: operator.open_id, name: null, isSelf: false, isBot: false },
      messageId: place.open_message_id,
      text: action.value.command,
      mentionsBot: true,
      quote: { id: place.open_message_id, text: null },
      platformTime: instantOf(event.create_time),
      address: { chatId: place.open_chat_id },
    },
  ];
}

function decodeBot(kind: 'join' | 'leave', data: unknown, context: DecodeContext): readonly Inbound[] {
  const event = botMoved.safeParse(data).data;
  if (event === undefined) return [];
  return [
    {
      ...base(`${kind === 'join' ? 'j' : 'l'}:${event.event_id}:${context.me}`, kind, context),
      chat: { id: event.chat_id, kind: 'group' },
      sender: { id: context.me, name: null, isSelf: true, isBot: true },
      platformTime: instantOf(event.create_time),
      address: { chatId: event.chat_id },
    },
  ];
}

function decodePeople(kind: 'join' | 'leave', data: unknown, context: DecodeContext): readonly Inbound[] {
  const event = peopleMoved.safeParse(data).data;
  return (event?.users ?? []).flatMap(({ name, user_id: user }): readonly Inbound[] => {
    if (event === undefined || !user?.open_id) return [];
    return [
      {
        ...base(`${kind === 'join' ? 'j' : 'l'}:${event.event_id}:${user.open_id}`, kind, context),
        chat: { id: event.chat_id, kind: 'group' },
        sender: { id: user.open_id, name: name || null, isSelf: false, isBot: false },
        platformTime: instantOf(event.create_time),
        address: { chatId: event.chat_id },
      },
    ];
  });
}

function decodeChange(data: unknown, context: DecodeContext): readonly Inbound[] {
  const event = chatChanged.safeParse(data).data;
  const title = event?.after_change?.name;
  if (event === undefined || !title) return [];
  return [
    {
      ...base(`n:${event.event_id}`, 'renamed', context),
      chat: { id: event.chat_id, kind: 'group' },
      sender: { id: event.operator_id?.open_id || context.me, name: null, isSelf: false, isBot: false },
      text: title,
      platformTime: instantOf(event.create_time),
      address: { chatId: event.chat_id },
    },
  ];
}

/** What most events have in common. */
const base = (eventKey: string, kind: InboundKind, { account }: DecodeContext) => ({
  eventKey,
  kind,
  account,
  messageId: null,
  text: '',
  mentionsBot: false,
  quote: null,
  media: [],
});

/** Seconds, milliseconds (events) or microseconds (card callbacks): told apart by their size until the year 5138. */
function instantOf(time: string | null | undefined): number | null {
  if (!time || !/^\d{10,16}$/.test(time)) return null;
  const value = Number(time);
  if (time.length <= 10) return value * 1_000;
  return time.length > 13 ? Math.floor(value / 1_000) : value;
}
