/** One update → what it says to the core. Pure and total: whatever comes, it answers. */
import { createHash } from 'node:crypto';
import type { Address, ChatRef, Inbound, InboundKind, SenderRef } from '@huiyin/core/port';
import { mediaOf } from './decode-media.ts';
import { addressed, quoteOf, wordsOf } from './decode-words.ts';
import type { Chat, Membership, Message, Pressed, Update, User } from './update.ts';

/** A chat as the core knows it, and what its message ids begin with. */
export interface ChatName {
  readonly id: string;
  readonly prefix: string;
}

export interface DecodeContext {
  /** The adapter's id. */
  readonly account: string;
  /** The bot itself, from getMe. */
  readonly me: { readonly id: number; readonly username: string | null };
  readonly nameOf: (chat: number) => ChatName;
}

/** How the bot stands in a group. */
export type Standing = 'admin' | 'member' | 'out';

export interface Decoded {
  readonly events: readonly Inbound[];
  /** The callback query to answer once the events are taken. */
  readonly press: string | null;
  /** A group became a supergroup, under a new id. */
  readonly moved: { readonly from: number; readonly to: number } | null;
  readonly standing: { readonly chat: string; readonly standing: Standing } | null;
}

const NOTHING: Decoded = { events: [], press: null, moved: null, standing: null };

export function decode(update: Update, context: DecodeContext): Decoded {
  const { message, edited_message: edited, callback_query: press, my_chat_member: member } = update;
  if (message) return decodeMessage(message, context);
  if (edited) return decodeEdit(edited, context);
  if (press) return decodePress(press, context);
  return member ? decodeMembership(member, context) : NOTHING;
}

/** The chat and media group that an update belongs to; null where it stands alone. */
export function albumOf({ message }: Update): string | null {
  return message?.media_group_id === undefined ? null : `${message.chat.id}:${message.media_group_id}`;
}

/** The pictures of an album, each a message of its own, as the one message that its sender sees. */
export function mergeAlbum(parts: readonly [Inbound, ...Inbound[]]): Inbound {
  const texts = parts.map(({ text }) => text).filter((text) => text !== '');
  return {
    ...parts[0],
    text: texts.join('\n'),
    mentionsBot: parts.some(({ mentionsBot }) => mentionsBot),
    quote: parts.find(({ quote }) => quote !== null)?.quote ?? null,
    media: parts.flatMap(({ media }) => media),
  };
}

function decodeMessage(message: Message, context: DecodeContext): Decoded {
  const { migrate_to_chat_id: to, migrate_from_chat_id: from, chat } = message;
  if (to !== undefined || from !== undefined) {
    const moved = { from: from ?? chat.id, to: to ?? chat.id };
    return { ...NOTHING, moved };
  }
  const service = serviceEvents(message, context);
  if (service) return { ...NOTHING, events: service };
  const media = mediaOf(message);
  const text = wordsOf(message, context.me.username);
  // Stickers, polls, pins and whatever Telegram invents next.
  if ((text === '' && media.length === 0) || message.is_automatic_forward) return NOTHING;
  return one(spoken('message', message, context));
}

function decodeEdit(message: Message, context: DecodeContext): Decoded {
  // A live location comes as an edit every few seconds.
  if (message.location !== undefined) return NOTHING;
  return one(spoken('edit', message, context));
}

/** Nothing where nobody wrote it (a channel), or the bot itself did. */
function spoken(kind: 'message' | 'edit', message: Message, context: DecodeContext): Inbound | null {
  const base = baseOf(message.chat, message.from, context);
  if (base === null) return null;
  const text = wordsOf(message, context.me.username);
  const messageId = messageIdOf(message, context);
  return {
    ...base,
    eventKey: kind === 'message' ? `m:${messageId}` : `e:${messageId}:${hash(text)}`,
    kind,
    messageId,
    text,
    mentionsBot: addressed(message, context.me),
    quote: quoteOf(message, context),
    media: mediaOf(message),
    platformTime: (message.edit_date ?? message.date) * 1_000,
    address: addressOf(message),
  };
}

const one = (event: Inbound | null): Decoded => (event ? { ...NOTHING, events: [event] } : NOTHING);

function decodePress(press: Pressed, context: DecodeContext): Decoded {
  const { message, data, id } = press;
  const base = message ? baseOf(message.chat, press.from, context) : null;
  if (!message || base === null || data === undefined) return { ...NOTHING, press: id };
  const messageId = messageIdOf(message, context);
  const event: Inbound = {
    ...base,
    eventKey: `a:${id}`,
    kind: 'action',
    messageId,
    text: data,
    mentionsBot: true,
    quote: { id: messageId, text: message.text ?? message.caption ?? null },
    media: [],
    // Telegram tells when the message was sent, not when its button was pressed.
    platformTime: null,
    address: addressOf(message),
  };
  return { ...NOTHING, events: [event], press: id };
}

/** Joins, leaves and titles of others; of the bot itself `my_chat_member` tells, also where it may not read. */
function serviceEvents(message: Message, context: DecodeContext): readonly Inbound[] | null {
  const { new_chat_members: joined, left_chat_member: left, new_chat_title: title } = message;
  const event = (kind: InboundKind, mark: string, who: User | undefined, text = ''): readonly Inbound[] => {
    const base = who?.id === context.me.id ? null : baseOf(message.chat, who, context);
    const messageId = messageIdOf(message, context);
    if (base === null || who === undefined) return [];
    const eventKey = kind === 'renamed' ? `${mark}:${messageId}` : `${mark}:${messageId}:${who.id}`;
    const rest = { mentionsBot: false, quote: null, media: [], address: addressOf(message) };
    return [{ ...base, ...rest, eventKey, kind, messageId, text, platformTime: message.date * 1_000 }];
  };
  if (joined) return joined.flatMap((who) => event('join', 'j', who));
  if (left) return event('leave', 'l', left);
  return title === undefined ? null : event('renamed', 'n', message.from, title);
}

/** The bot came into a chat or left it; in a private chat: the person started or blocked it. */
function decodeMembership(member: Membership, context: DecodeContext): Decoded {
  const { chat, from, date } = member;
  const now = standingOf(member.new_chat_member);
  const before = standingOf(member.old_chat_member);
  const { id } = context.nameOf(chat.id);
  const standing = chat.type === 'private' || chat.type === 'channel' ? null : { chat: id, standing: now };
  const changed = (now === 'out') !== (before === 'out');
  const base = baseOf(chat, chat.type === 'private' ? from : { id: context.me.id, is_bot: true }, context);
  if (!changed || base === null) return { ...NOTHING, standing };
  const kind = now === 'out' ? 'leave' : 'join';
  const event: Inbound = {
    ...base,
    eventKey: `${kind === 'join' ? 'j' : 'l'}:${date}:${base.sender.id}`,
    kind,
    messageId: null,
    text: '',
    mentionsBot: false,
    quote: null,
    media: [],
    platformTime: date * 1_000,
    address: { chatId: chat.id },
  };
  return { ...NOTHING, events: [event], standing };
}

export function standingOf({
  status,
  is_member,
}: {
  status: string;
  is_member?: boolean | undefined;
}): Standing {
  if (status === 'administrator' || status === 'creator') return 'admin';
  if (status === 'member') return 'member';
  return status === 'restricted' && is_member !== false ? 'member' : 'out';
}

interface Base {
  readonly account: string;
  readonly chat: ChatRef;
  readonly sender: SenderRef;
}

function baseOf(chat: Chat, from: User | undefined, { account, me, nameOf }: DecodeContext): Base | null {
  if (chat.type === 'channel' || from === undefined) return null;
  const isSelf = from.id === me.id;
  const name = [from.first_name, from.last_name].filter((part) => part).join(' ');
  return {
    account,
    chat: { id: nameOf(chat.id).id, kind: chat.type === 'private' ? 'direct' : 'group' },
    sender: { id: String(from.id), name: name === '' ? null : name, isSelf, isBot: from.is_bot ?? false },
  };
}

type Placed = Pick<Message, 'message_id' | 'chat' | 'message_thread_id' | 'is_topic_message'>;

const messageIdOf = ({ message_id, chat }: Placed, { nameOf }: DecodeContext): string =>
  `${nameOf(chat.id).prefix}${message_id}`;

/** Outside topics `message_thread_id` is a thread of replies that can't be written to (tdlib/telegram-bot-api#447). */
const addressOf = ({ chat, message_thread_id: threadId, is_topic_message: topic }: Placed): Address =>
  topic && threadId !== undefined ? { chatId: chat.id, threadId } : { chatId: chat.id };

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
