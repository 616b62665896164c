/** One message → what it says to the core. Pure and total: whatever comes, it answers. */
import type { Inbound } from '@huiyin/core/port';
import { contentOf, quoteOf } from './decode-content.ts';
import type { Received } from './payload.ts';
import { received } from './payload.ts';

/** Before the id of somebody who has no userId in the organisation: they can't be written to in private. */
export const OUTSIDER = 'external:';

/**
 * @param data the `data` of a frame of the robot's topic
 * @returns null where it is no message, is nobody's, or says nothing
 */
export function decode(data: unknown, account: string): Inbound | null {
  const message = received.safeParse(parsed(data)).data;
  const sender = message === undefined ? '' : senderOf(message);
  if (message === undefined || sender === '') return null;
  const { text, media } = contentOf(message);
  const group = message.conversationType === '2';
  // "群里需要 AT 机器人的消息才能被接收": what comes is a mention, told or not.
  const mentionsBot = group && message.isInAtList !== false;
  if (text === '' && media.length === 0 && !mentionsBot) return null;
  return {
    eventKey: `m:${message.msgId}`,
    kind: 'message',
    account,
    chat: group ? { id: message.conversationId, kind: 'group' } : { id: sender, kind: 'direct' },
    sender: {
      id: sender,
      name: message.senderNick || null,
      isSelf: Boolean(message.senderId) && message.senderId === message.chatbotUserId,
      isBot: false,
    },
    messageId: message.msgId,
    text,
    mentionsBot,
    quote: quoteOf(message),
    media,
    platformTime: instantOf(message.createAt),
    // `sessionWebhook` is left out: it is a password to the chat, and over after some hours.
    address: { conversationId: message.conversationId },
  };
}

/** The robot's code that the message was sent to; null where it tells none. */
export const robotOf = (data: unknown): string | null =>
  received.safeParse(parsed(data)).data?.robotCode || null;

const senderOf = ({ senderStaffId, senderId }: Received): string =>
  senderStaffId || (senderId ? `${OUTSIDER}${senderId}` : '');

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

/** 2001 to 2128: what lies outside is no time in milliseconds. */
const EARLIEST = 1_000_000_000_000;
const LATEST = 5_000_000_000_000;

function instantOf(time: Received['createAt']): number | null {
  const value = typeof time === 'string' && /^\d{13}$/.test(time) ? Number(time) : time;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return null;
  return value >= EARLIEST && value <= LATEST ? value : null;
}
