/** From the core's `Outbound` to the messages that put it into the chat, in order. Pure; files are read when they go. */
import { createHash } from 'node:crypto';
import type { Outbound, OutboundMedia } from '@huiyin/core/port';

/** Where it goes. */
export interface Target {
  readonly idType: 'chat_id' | 'open_id';
  readonly id: string;
  /** The message to answer; in a topic its first one, so that the answer stays in the topic. */
  readonly replyTo: string | null;
  readonly inTopic: boolean;
}

interface Common {
  /** Feishu sends at most one message with the same one within an hour; 50 characters at most. */
  readonly uuid: string;
  readonly target: Target;
}

export type Part =
  | (Common & { readonly type: 'text' | 'interactive'; readonly content: string })
  | (Common & { readonly type: 'image' | 'file'; readonly file: OutboundMedia });

export function encode(message: Outbound): readonly Part[] {
  const target = targetOf(message);
  const words: readonly Content[] =
    message.text === '' && message.buttons.length === 0 ? [] : [said(message)];
  const files = message.media
    .filter(({ path }) => path !== null)
    .map((file): Content => ({ type: isPicture(file) ? 'image' : 'file', file }));
  return [...words, ...files].map((content, i): Part => {
    // One quote is enough; in a topic everything must answer to stay there.
    const here = i === 0 || target.inTopic ? target : { ...target, replyTo: null };
    return { ...content, uuid: uuidOf(message, i), target: here };
  });
}

type Content =
  | { readonly type: 'text' | 'interactive'; readonly content: string }
  | { readonly type: 'image' | 'file'; readonly file: OutboundMedia };

/** Always to the chat that the core named: an address only adds the topic. */
function targetOf({ chat, address, replyTo }: Outbound): Target {
  const topic = typeof address?.topic === 'string' ? address.topic : null;
  return {
    idType: chat.kind === 'group' ? 'chat_id' : 'open_id',
    id: chat.id,
    replyTo: replyTo ?? topic,
    inTopic: topic !== null,
  };
}

/** The row's id may be longer than 50 characters, and each part needs its own. */
const uuidOf = ({ account, id }: Outbound, part: number): string =>
  createHash('sha256').update(`${account}\n${id}\n${part}`).digest('hex').slice(0, 40);

function said(message: Outbound): Content {
  if (message.buttons.length > 0) return { type: 'interactive', content: JSON.stringify(cardOf(message)) };
  return { type: 'text', content: JSON.stringify({ text: harmless(message.text) }) };
}

/**
 * In a text `<at user_id="all"></at>` calls everybody, and `<b>` is bold: what a resident wrote, and we repeat, must
 * do neither. Cards need no such care: `plain_text` is taken as it stands.
 */
const harmless = (text: string): string => text.replaceAll(/<(?=\/?[a-z])/gi, '＜');

/**
 * https://open.feishu.cn/document/feishu-cards/card-json-v1-components: version 1, which all clients show. What a
 * button carries comes back in `card.action.trigger`; that event does not tell a private chat from a group.
 */
function cardOf({ text, buttons, chat }: Outbound): unknown {
  const words = text === '' ? [] : [{ tag: 'div', text: { tag: 'plain_text', content: text } }];
  const actions = buttons.map(({ label, command }, i) => ({
    tag: 'button',
    text: { tag: 'plain_text', content: label },
    type: i === 0 ? 'primary' : 'default',
    value: { command, chat: chat.kind },
  }));
  return { config: { wide_screen_mode: true }, elements: [...words, { tag: 'action', actions }] };
}

/** Other pictures (SVG, TIFF) go as files: Feishu refuses them, or turns them into JPEG. */
export const isPicture = ({ mime }: OutboundMedia): boolean =>
  /^image\/(?:jpeg|png|webp|gif|bmp)$/.test(mime);

/** im/v1/files `file_type`: it chooses the icon and whether it can be looked at without another program. */
export function fileTypeOf({ name }: OutboundMedia): 'pdf' | 'doc' | 'xls' | 'ppt' | 'mp4' | 'stream' {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (ending === 'pdf' || ending === 'mp4') return ending;
  if (ending === 'doc' || ending === 'docx') return 'doc';
  if (ending === 'xls' || ending === 'xlsx') return 'xls';
  return ending === 'ppt' || ending === 'pptx' ? 'ppt' : 'stream';
}
