/** From the core's `Outbound` to what each road takes. Pure; files are read before anything goes. */
import { createHash } from 'node:crypto';
import type { Outbound, OutboundButton, OutboundMedia } from '@huiyin/core/port';
import { MAX_BUTTONS } from './config.ts';

export interface Card {
  readonly title: string;
  readonly buttons: readonly OutboundButton[];
  /** No other card of the bot or the app may have the same one: it is made from the message's id. */
  readonly task: string;
}

export type Part =
  | { readonly type: 'text'; readonly text: string; readonly id: string }
  | { readonly type: 'card'; readonly card: Card }
  | { readonly type: 'file'; readonly file: OutboundMedia };

/**
 * Words, then buttons on a card of their own, then files. A card shows a few dozen characters: the words stand
 * above it whole.
 */
export function encode(
  message: Outbound,
  { textBytes, buttons }: { readonly textBytes: number; readonly buttons: boolean },
): readonly Part[] {
  const texts = pieces(harmless(message.text), textBytes).map(
    (text, i): Part => ({ type: 'text', text, id: hashOf(message, `text ${i}`) }),
  );
  const offered = buttons ? message.buttons.slice(0, MAX_BUTTONS) : [];
  const card: Card = { title: titleOf(message.text), buttons: offered, task: hashOf(message, 'card') };
  const files = message.media
    .filter(({ path }) => path !== null)
    .map((file): Part => ({ type: 'file', file }));
  return [...texts, ...(offered.length > 0 ? [{ type: 'card', card } as const] : []), ...files];
}

const hashOf = ({ account, id }: Outbound, part: string): string =>
  createHash('sha256').update(`${account}\n${id}\n${part}`).digest('hex').slice(0, 40);

/** "一级标题，建议不超过26个字" */
const TITLE = 26;

function titleOf(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  const letters = Array.from(line.trim());
  if (letters.length === 0) return '请选择';
  return letters.length <= TITLE ? letters.join('') : `${letters.slice(0, TITLE - 1).join('')}…`;
}

/**
 * Cut after a line's end where there is one, else between two characters; together they are the whole text.
 * @param most bytes of UTF-8 a piece
 */
export function pieces(text: string, most: number): readonly string[] {
  const found: string[] = [];
  let piece = '';
  let size = 0;
  const end = (): void => {
    if (piece !== '') found.push(piece);
    piece = '';
    size = 0;
  };
  for (const line of text.split(/(?<=\n)/)) {
    if (size + Buffer.byteLength(line) > most) end();
    if (Buffer.byteLength(line) <= most) {
      piece += line;
      size += Buffer.byteLength(line);
      continue;
    }
    for (const letter of line) {
      if (size + Buffer.byteLength(letter) > most) end();
      piece += letter;
      size += Buffer.byteLength(letter);
    }
  }
  end();
  return found;
}

/**
 * What a resident wrote, and we repeat, is words: no `<@all>` that calls everybody, no link whose words say
 * another thing, no heading, no citation. The bot knows only markdown, and a text of the app takes `<a>`.
 */
export const harmless = (text: string): string =>
  text
    .replaceAll('<', '＜')
    .replaceAll('](', ']（')
    .replaceAll(/^([ \t]*)(#{1,6})(?=[ \t])/gm, (_, space: string, marks: string) => {
      return space + '＃'.repeat(marks.length);
    })
    .replaceAll(/^([ \t]*)>/gm, '$1＞');

type Json = Readonly<Record<string, unknown>>;

/** Sent by the chat's id. Without `chat_type` a person's id would be looked up as a group's first. */
export const botPush = (kind: Outbound['chat']['kind'], body: Json): Json => ({
  chat_type: kind === 'group' ? 2 : 1,
  ...body,
});

export const markdown = (content: string): Json => ({ msgtype: 'markdown', markdown: { content } });

/** The answer to a request is a stream; all of it comes at once. */
export const streamed = (id: string, content: string): Json => ({
  msgtype: 'stream',
  stream: { id, finish: true, content },
});

export const plain = (content: string): Json => ({ msgtype: 'text', text: { content } });

export type FileType = 'image' | 'file';

export const uploaded = (type: FileType, mediaId: string): Json => ({
  msgtype: type,
  [type]: { media_id: mediaId },
});

/** https://developer.work.weixin.qq.com/document/path/101032: the key comes back when the button is pressed. */
export const cardOf = ({ title, buttons, task }: Card): Json => ({
  msgtype: 'template_card',
  template_card: {
    card_type: 'button_interaction',
    main_title: { title },
    task_id: task,
    button_list: buttons.map(({ label, command }, i) => ({
      text: label,
      style: i === 0 ? 1 : 2,
      key: command,
    })),
  },
});

/** To one person; names of several would be separated by `|`. */
export const appPush = (person: string, agentId: number, body: Json): Json => ({
  touser: person,
  agentid: agentId,
  ...body,
});

export const appchatPush = (chat: string, body: Json): Json => ({ chatid: chat, ...body });

/** A group robot takes the picture itself. */
export const hookImage = (bytes: Uint8Array): Json => ({
  msgtype: 'image',
  image: {
    base64: Buffer.from(bytes).toString('base64'),
    md5: createHash('md5').update(bytes).digest('hex'),
  },
});

/** What the platform shows as a picture: `png` and `jpg` everywhere, `gif` through the bot alone. */
export const isPicture = ({ mime }: OutboundMedia): boolean => /^image\/(?:png|jpe?g)$/.test(mime);

/** A person's id that may not stand for several or all. */
export const isPerson = (id: string): boolean => /^[^|@\s][^|\s]{0,127}$/.test(id);
