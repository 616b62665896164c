/** What a message holds, by its `msgtype`: https://open.dingtalk.com/document/development/robot-message-type */
import type { InboundMedia, MediaKind } from '@huiyin/core/port';
import type { Received } from './payload.ts';

export interface Content {
  readonly text: string;
  readonly media: readonly InboundMedia[];
}

export type Json = Readonly<Record<string, unknown>>;

const KINDS: Readonly<Record<string, MediaKind>> = {
  picture: 'image',
  audio: 'voice',
  video: 'video',
  file: 'file',
};

/** Of a code that leads to a file. */
const LONGEST_CODE = 4_000;

export function contentOf(message: Received): Content {
  const content = objectOf(message.content);
  const kind = Object.hasOwn(KINDS, message.msgtype) ? KINDS[message.msgtype] : undefined;
  if (kind !== undefined) return { text: '', media: mediaIn(content, kind) };
  switch (message.msgtype) {
    case 'text':
      return { text: textIn(objectOf(message.text), 'content').trim(), media: [] };
    case 'richText':
      return richText(message, content);
    case 'chatRecord':
      // The core knows it by these words, and asks for the matter in the sender's own.
      return { text: '[聊天记录]', media: [] };
    default:
      // Cards, documents, stickers: nothing of them can be read.
      return { text: '', media: [] };
  }
}

function richText(message: Received, content: Json): Content {
  const parts = arrayOf(content.richText).map(objectOf);
  const words = withoutCall(
    message,
    parts.map((part) => textIn(part, 'text')),
  );
  const media = parts.filter(({ type }) => type === 'picture').flatMap((part) => mediaIn(part, 'image'));
  return { text: words.join('').trim(), media };
}

/** "@name"; what is longer is no name of a robot, but somebody's words. */
const MENTION = /^\s*@\S{1,20}(?=\s|$)\s*/;

/**
 * Without what calls the robot, as it is no word of the message. In `text` DingTalk has taken it out; here each
 * mention is a part "@name", and whose it is stands nowhere. Where the robot alone is mentioned it is the first
 * mention; where others are too, only what stands before everything else.
 */
function withoutCall({ conversationType, atUsers }: Received, parts: readonly string[]): readonly string[] {
  if (conversationType === '1') return parts;
  const first = parts.findIndex((part) => MENTION.test(part));
  if (first > 0 && atUsers?.length !== 1) return parts;
  return parts.map((part, i) => (i === first ? part.replace(MENTION, '') : part));
}

function mediaIn(content: Json, kind: MediaKind): readonly InboundMedia[] {
  const code = textIn(content, 'downloadCode');
  if (code === '' || code.length > LONGEST_CODE) return [];
  return [{ kind, name: textIn(content, 'fileName') || null, mime: null, ref: code }];
}

/** Of what is quoted: no report is longer. */
const LONGEST_QUOTE = 4_000;

/**
 * Partial: what is quoted comes in words only where it is text. A message of the robot's own is known by the key
 * that sending it gave. `originalMsgId` alone makes no quote: it comes with messages that quote nothing too.
 */
export function quoteOf(message: Received): { id: string | null; text: string | null } | null {
  const holders = [objectOf(message.text), objectOf(message.content)];
  const replied = holders.map((one) => one.repliedMsg).find((one) => isObject(one));
  if (replied === undefined && !holders.some((one) => one.isReplyMsg === true)) return null;
  const quoted = objectOf(replied);
  const id =
    message.originalProcessQueryKey || textIn(quoted, 'msgId').slice(0, 512) || message.originalMsgId;
  const text = wordsIn(quoted.content).slice(0, LONGEST_QUOTE);
  return id || text ? { id: id || null, text: text || null } : null;
}

function wordsIn(content: unknown): string {
  if (typeof content === 'string') return content.trim();
  const { text, richText: parts } = objectOf(content);
  if (typeof text === 'string') return text.trim();
  const words = arrayOf(parts)
    .map(objectOf)
    .map((part) => textIn(part, 'content') || textIn(part, 'text'));
  return words.join('').trim();
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textIn = (content: Json, field: string): string => {
  const value = content[field];
  return typeof value === 'string' ? value : '';
};
