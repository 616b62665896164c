/** What the puppet told → what it says to the core. Pure and total: whatever comes, it answers. */
import type { Address, ChatRef, Inbound, InboundKind, InboundMedia, MediaKind } from '@huiyin/core/port';
import type { MessagePayload } from './payload.ts';
import { joinEvent, leaveEvent, MESSAGE_TYPE, messagePayload, topicEvent } from './payload.ts';
import { parseQuote } from './quote.ts';

/** What is known of a person beside the event. */
export interface Person {
  readonly name: string | null;
  readonly isBot: boolean;
}

export interface DecodeContext {
  /** The adapter's id. */
  readonly account: string;
  /** The id of the bot's own account. */
  readonly me: string;
  /** What the bot is called in this chat: by its name, by its name in the group. */
  readonly names: readonly string[];
  readonly personOf: (id: string) => Person;
}

export function decodeMessage(data: unknown, context: DecodeContext): Inbound | null {
  const message = messagePayload.safeParse(data).data;
  const chat = message === undefined ? null : chatOf(message, context.me);
  if (message === undefined || chat === null) return null;
  if (message.type === MESSAGE_TYPE.recalled) return recall(message, chat, context);
  const media = mediaOf(message);
  const said = message.type === MESSAGE_TYPE.text ? (message.text ?? '') : '';
  const { quote, text } = parseQuote(said);
  const spoken = withoutMention(text, context.names);
  const mentionsBot = spoken !== text || (message.mentionIdList ?? []).includes(context.me);
  // A bare "@机器人" is a word to the bot; a sticker, a red packet or a shared link is nothing.
  if (spoken === '' && media.length === 0 && !mentionsBot && quote === null) return null;
  return {
    ...base(`m:${message.id}`, 'message', chat, context),
    sender: senderOf(message.talkerId, context),
    messageId: message.id,
    text: spoken,
    mentionsBot,
    quote,
    media,
    platformTime: instantOf(message.timestamp),
  };
}

/** A recall's text is the id of what was recalled (`Message.toRecalled`); words instead of one name nothing. */
function recall(message: MessagePayload, chat: ChatRef, context: DecodeContext): Inbound | null {
  const recalled = message.text ?? '';
  if (!/^[\w@.:-]{1,200}$/.test(recalled)) return null;
  return {
    ...base(`r:${recalled}`, 'recall', chat, context),
    sender: senderOf(message.talkerId, context),
    messageId: recalled,
    platformTime: instantOf(message.timestamp),
  };
}

/** Of what the bot itself says in private, the chat is the person it speaks to. */
function chatOf({ roomId, talkerId, listenerId }: MessagePayload, me: string): ChatRef | null {
  if (roomId) return { id: roomId, kind: 'group' };
  const other = talkerId === me ? listenerId : talkerId;
  return other ? { id: other, kind: 'direct' } : null;
}

export function decodeJoin(data: unknown, context: DecodeContext): readonly Inbound[] {
  const event = joinEvent.safeParse(data).data;
  return event === undefined ? [] : moved('join', event.inviteeIdList, event, context);
}

export function decodeLeave(data: unknown, context: DecodeContext): readonly Inbound[] {
  const event = leaveEvent.safeParse(data).data;
  return event === undefined ? [] : moved('leave', event.removeeIdList, event, context);
}

function moved(
  kind: 'join' | 'leave',
  people: readonly string[],
  { roomId, timestamp }: { readonly roomId: string; readonly timestamp?: number | null | undefined },
  context: DecodeContext,
): readonly Inbound[] {
  return [...new Set(people)].map((person) => ({
    // The platform gives these events no id; who comes, leaves and comes again does so at another time.
    ...base(
      `${kind === 'join' ? 'j' : 'l'}:${timestamp ?? 0}:${person}`,
      kind,
      { id: roomId, kind: 'group' },
      context,
    ),
    sender: senderOf(person, context),
    platformTime: instantOf(timestamp),
  }));
}

export function decodeTopic(data: unknown, context: DecodeContext): Inbound | null {
  const event = topicEvent.safeParse(data).data;
  if (event === undefined || event.newTopic === '') return null;
  const chat = { id: event.roomId, kind: 'group' } as const;
  return {
    ...base(`n:${event.timestamp ?? 0}`, 'renamed', chat, context),
    sender: senderOf(event.changerId || context.me, context),
    text: event.newTopic,
    platformTime: instantOf(event.timestamp),
  };
}

const senderOf = (id: string, { me, personOf }: DecodeContext) => ({
  id,
  isSelf: id === me,
  ...personOf(id),
});

/** Where to write later. The core gives the chat's id beside it, so nothing else is needed. */
const addressOf = ({ id }: ChatRef): Address => ({ conversation: id });

/** What most events have in common. */
const base = (eventKey: string, kind: InboundKind, chat: ChatRef, { account }: DecodeContext) => ({
  eventKey,
  kind,
  account,
  chat,
  messageId: null,
  text: '',
  mentionsBot: false,
  quote: null,
  media: [],
  address: addressOf(chat),
});

const KINDS: Readonly<Record<number, MediaKind>> = {
  [MESSAGE_TYPE.attachment]: 'file',
  [MESSAGE_TYPE.audio]: 'voice',
  [MESSAGE_TYPE.image]: 'image',
  [MESSAGE_TYPE.video]: 'video',
  [MESSAGE_TYPE.location]: 'location',
};

/** A message's id is all that `messageFile` asks for. */
function mediaOf({ id, type, filename }: MessagePayload): readonly InboundMedia[] {
  const kind = KINDS[type];
  if (kind === undefined) return [];
  return [{ kind, name: filename || null, mime: null, ref: kind === 'location' ? null : id }];
}

/** After a mention the phone puts U+2005, the desktop a space; at the end of the text there may be neither. */
function withoutMention(text: string, names: readonly string[]): string {
  const left = names
    .filter((name) => name !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((words, name) => removed(words, `@${name}`), text);
  return left === text ? text : left.trim();
}

function removed(text: string, mention: string): string {
  const pieces = text.split(mention);
  return pieces.reduce((before, after) =>
    after === '' || /^[\u2005\s，,：:]/.test(after) ? before + after.slice(1) : before + mention + after,
  );
}

/** Seconds or milliseconds: told apart by their size until the year 5138. */
function instantOf(timestamp: number | null | undefined): number | null {
  if (!timestamp || timestamp < 0) return null;
  const instant = Math.floor(timestamp < 100_000_000_000 ? timestamp * 1_000 : timestamp);
  return Number.isSafeInteger(instant) ? instant : null;
}
