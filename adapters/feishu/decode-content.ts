/**
 * A message's content, which is JSON in a string, by its type:
 * https://open.feishu.cn/document/server-docs/im-v1/message-content-description/message_content
 */
import type { InboundMedia, MediaKind } from '@huiyin/core/port';
import type { Mention, Received } from './payload.ts';

export interface Content {
  readonly text: string;
  readonly media: readonly InboundMedia[];
}

type Json = Readonly<Record<string, unknown>>;

const NOTHING: Content = { text: '', media: [] };

export function contentOf({ message }: Received, me: string): Content {
  const content = parsed(message.content);
  if (content === null) return NOTHING;
  const refTo = (type: 'image' | 'file', key: string): string => mediaRef(message.message_id, type, key);
  const words = (text: string): string => named(text, message.mentions ?? [], me);
  switch (message.message_type) {
    case 'text':
      return { text: words(textIn(content, 'text')), media: [] };
    case 'post':
      return postOf(content, words, refTo);
    case 'image':
      return alone(keyed('image', content, 'image_key', (key) => refTo('image', key)));
    case 'file':
      return alone(keyed('file', content, 'file_key', (key) => refTo('file', key)));
    case 'audio':
      return alone(keyed('voice', content, 'file_key', (key) => refTo('file', key)));
    case 'media':
      return alone(keyed('video', content, 'file_key', (key) => refTo('file', key)));
    case 'location':
      return alone(locationOf(content));
    default:
      // Stickers, cards, red packets, forwarded bundles: nothing of them can be read.
      return NOTHING;
  }
}

const alone = (media: InboundMedia | null): Content => ({ text: '', media: media === null ? [] : [media] });

/** `fetchMedia` needs the message beside the key; none of the two holds a slash. */
export const mediaRef = (message: string, type: 'image' | 'file', key: string): string =>
  `${message}/${type}/${key}`;

export function readRef(ref: string): { message: string; type: 'image' | 'file'; key: string } | null {
  const [message = '', type = '', key = '', ...rest] = ref.split('/');
  if (message === '' || key === '' || rest.length > 0 || (type !== 'image' && type !== 'file')) return null;
  return { message, type, key };
}

const PLACEHOLDER = /@_(?:user_\d+|all)[ \u00a0]?/g;

/** `@_user_1` becomes the person's name; the bot's own goes, as it is no word of the message. */
function named(text: string, mentions: readonly Mention[], me: string): string {
  const people = new Map(mentions.map((one) => [one.key, one]));
  const written = text.replaceAll(PLACEHOLDER, (whole) => {
    const key = whole.trimEnd();
    if (key === '@_all') return '@所有人 ';
    const one = people.get(key);
    if (one === undefined) return whole;
    return one.id?.open_id === me ? '' : `@${one.name ?? ''} `;
  });
  return written.trim();
}

type Refer = (type: 'image' | 'file', key: string) => string;

function postOf(content: Json, words: (text: string) => string, refer: Refer): Content {
  const body = Array.isArray(content.content) ? content : localeOf(content);
  const lines = arrayOf(body?.content).map((line) => arrayOf(line).filter(isObject));
  const text = lines.map((line) => words(line.map(elementText).join('')));
  const title = body === null ? '' : textIn(body, 'title');
  const media = lines.flat().flatMap((element) => elementMedia(element, refer));
  const said = [title, ...text].filter((line) => line !== '').join('\n');
  return { text: said, media };
}

/** What bots send has a locale around it; what people send has not. */
const localeOf = (content: Json): Json | null =>
  Object.values(content)
    .filter(isObject)
    .find((one) => Array.isArray(one.content)) ?? null;

function elementText(element: Json): string {
  switch (element.tag) {
    case 'text':
    case 'a':
    case 'md':
    case 'code_block':
      return textIn(element, 'text');
    case 'at': {
      const key = textIn(element, 'user_id');
      return key.startsWith('@_') ? `${key} ` : `@${textIn(element, 'user_name')} `;
    }
    default:
      return '';
  }
}

function elementMedia(element: Json, refer: Refer): readonly InboundMedia[] {
  const found =
    element.tag === 'img'
      ? keyed('image', element, 'image_key', (key) => refer('image', key))
      : element.tag === 'media'
        ? keyed('video', element, 'file_key', (key) => refer('file', key))
        : null;
  return found === null ? [] : [found];
}

function keyed(
  kind: MediaKind,
  content: Json,
  field: string,
  refer: (key: string) => string,
): InboundMedia | null {
  const key = textIn(content, field);
  if (key === '' || key.includes('/')) return null;
  return { kind, name: textIn(content, 'file_name') || null, mime: null, ref: refer(key) };
}

function locationOf(content: Json): InboundMedia {
  const place = textIn(content, 'name') || `${content.latitude ?? ''},${content.longitude ?? ''}`;
  return { kind: 'location', name: place, mime: null, ref: null };
}

function parsed(content: string): Json | null {
  try {
    const value: unknown = JSON.parse(content);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const textIn = (content: Json, field: string): string => {
  const value = content[field];
  return typeof value === 'string' ? value : '';
};
