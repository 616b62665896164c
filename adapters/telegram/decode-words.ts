/** A message's words: commands with a slash, mentions, and what it answers to. */
import type { Inbound } from '@huiyin/core/port';
import type { DecodeContext } from './decode.ts';
import type { Message } from './update.ts';

const SLASH = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{3,32}))?(?:\s+|$)/;

/**
 * The text or the caption. Telegram's clients write commands with a slash, and the Start button writes
 * `/start`, with what stood behind `?start=` of a link: these are put as people would type them.
 */
export function wordsOf(message: Message, username: string | null): string {
  const given = message.text ?? message.caption ?? '';
  const slash = SLASH.exec(given);
  if (!slash || !isOurs(slash[2], username)) return given;
  const [whole, name = ''] = slash;
  const rest = given.slice(whole.length).trim();
  if (name === 'start') return rest === '' ? '帮助' : `绑定 ${rest}`;
  if (name === 'help' && rest === '') return '帮助';
  return `${name} ${rest}`.trim();
}

const isOurs = (named: string | undefined, username: string | null): boolean =>
  named === undefined || named.toLowerCase() === username?.toLowerCase();

/** By @username, by a mention of the person, or by a command with our name behind it. */
export function addressed(message: Message, me: DecodeContext['me']): boolean {
  const text = message.text ?? message.caption ?? '';
  const at = me.username === null ? null : `@${me.username.toLowerCase()}`;
  return (message.entities ?? message.caption_entities ?? []).some(({ type, offset, length, user }) => {
    if (type === 'text_mention') return user?.id === me.id;
    const words = text.slice(offset, offset + length).toLowerCase();
    if (type === 'mention') return words === at;
    return type === 'bot_command' && at !== null && words.endsWith(at);
  });
}

export function quoteOf(message: Message, { nameOf }: DecodeContext): Inbound['quote'] {
  const { reply_to_message: replied, quote, external_reply: elsewhere } = message;
  if (!replied || isTopicRoot(message)) {
    return elsewhere !== undefined && quote ? { id: null, text: quote.text } : null;
  }
  // The whole message rather than the marked words: its number may stand outside of them.
  const text = replied.text ?? replied.caption ?? quote?.text ?? null;
  return { id: `${nameOf(message.chat.id).prefix}${replied.message_id}`, text };
}

/** In a topic each message that answers nothing seems to answer the message that opened the topic. */
function isTopicRoot({
  reply_to_message: replied,
  is_topic_message: topic,
  message_thread_id,
}: Message): boolean {
  if (replied?.forum_topic_created !== undefined) return true;
  return topic === true && replied?.message_id === message_thread_id;
}
