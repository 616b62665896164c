/** One frame of the bot → what it says to the core. Pure and total: whatever comes, it answers. */
import type { Address, ChatRef, Inbound, InboundMedia } from '@huiyin/core/port';
import type { Content, Place, Resource } from './payload.ts';
import { pressed, received } from './payload.ts';

export interface DecodeContext {
  /** The adapter's id. */
  readonly account: string;
  /** The bot's name, where it is known: mentions stand in the text and carry no mark. */
  readonly botName: string | null;
  /** Epoch milliseconds at which the frame came. */
  readonly now: number;
}

/** A message that somebody wrote to the bot; null where it is none, or says nothing. */
export function decodeMessage(frame: unknown, context: DecodeContext): Inbound | null {
  const parsed = received.safeParse(frame);
  if (!parsed.success || parsed.data.body.msgtype === 'event') return null;
  const { headers, body } = parsed.data;
  const chat = chatOf(body);
  if (chat === null) return null;
  const group = chat.kind === 'group';
  const said = wordsOf(body);
  const text = group ? withoutMention(said, context.botName) : said.trim();
  const media = mediaOf(body);
  // In a group only mentions come: one without words asks what the bot is for.
  if (text === '' && media.length === 0 && !group) return null;
  return {
    ...common(body, chat, context),
    eventKey: `m:${body.msgid}`,
    kind: 'message',
    messageId: body.msgid,
    text,
    mentionsBot: group,
    quote: body.quote ? { id: null, text: wordsOf(body.quote).trim() || nameOf(body.quote) } : null,
    media,
    address: addressOf(headers?.req_id ?? null, context),
  };
}

/** A button of a card that was pressed. */
export function decodePress(frame: unknown, context: DecodeContext): Inbound | null {
  const parsed = pressed.safeParse(frame);
  if (!parsed.success) return null;
  const { body } = parsed.data;
  const command = body.event.template_card_event?.event_key ?? body.event.event_key;
  const chat = chatOf(body);
  if (!command || chat === null) return null;
  return {
    ...common(body, chat, context),
    eventKey: `a:${body.msgid}`,
    kind: 'action',
    messageId: null,
    text: command,
    mentionsBot: true,
    quote: null,
    media: [],
    // A press's request takes an update of the card, and no message.
    address: addressOf(null, context),
  };
}

/** Null for a group without its id: taken for a private chat, it would be answered in private. */
function chatOf({ chatid, chattype, from }: Place): ChatRef | null {
  if (chatid && chattype !== 'single') return { id: chatid, kind: 'group' };
  return chattype === 'group' ? null : { id: from.userid, kind: 'direct' };
}

function common({ from, create_time }: Place, chat: ChatRef, { account }: DecodeContext) {
  // In seconds.
  const time = typeof create_time === 'number' && create_time > 0 ? create_time * 1_000 : null;
  return {
    account,
    chat,
    sender: { id: from.userid, name: null, isSelf: false, isBot: false },
    platformTime: time !== null && Number.isSafeInteger(time) ? time : null,
  };
}

const addressOf = (request: string | null, { now }: DecodeContext): Address => ({
  road: 'aibot',
  at: now,
  ...(request !== null && request !== '' && { request }),
});

/** Voice comes as the words that WeCom heard. */
function wordsOf({ msgtype, text, voice, mixed }: Content): string {
  if (msgtype === 'mixed') {
    return (mixed?.msg_item ?? []).flatMap((one) => one.text?.content ?? []).join('\n');
  }
  return (msgtype === 'voice' ? voice?.content : text?.content) ?? '';
}

function mediaOf({ msgtype, image, file, video, mixed }: Content): readonly InboundMedia[] {
  if (msgtype === 'image' && image) return [keyed('image', image)];
  if (msgtype === 'file' && file) return [keyed('file', file)];
  if (msgtype === 'video' && video) return [keyed('video', video)];
  const items = msgtype === 'mixed' ? (mixed?.msg_item ?? []) : [];
  return items.flatMap((one) => (one.image ? [keyed('image', one.image)] : []));
}

const keyed = (kind: InboundMedia['kind'], resource: Resource): InboundMedia => ({
  kind,
  name: null,
  mime: null,
  ref: mediaRef({ url: resource.url, key: resource.aeskey ?? null }),
});

const NAMES: Readonly<Record<string, string>> = { image: '[图片]', file: '[文件]', video: '[视频]' };
const nameOf = ({ msgtype }: Content): string | null => NAMES[msgtype] ?? null;

/**
 * The mention is no word of the message. Without the bot's name it is what stands in front: WeCom tells the bot of
 * a group's message only where it was named, and puts the name there.
 */
function withoutMention(text: string, botName: string | null): string {
  if (botName === null) return text.replace(/^\s*@\S{1,64}(?:\s+|$)/u, '').trim();
  const parts = text.split(`@${botName}`);
  return parts
    .map((part, i) => (i === 0 ? part : part.replace(/^\s/u, '')))
    .join('')
    .trim();
}

export interface BotResource {
  readonly url: string;
  /** base64; null where what lies there is not encrypted. */
  readonly key: string | null;
}

const BOT = 'b.';
const APP = 'a.';

export const mediaRef = (resource: BotResource): string =>
  BOT + Buffer.from(JSON.stringify([resource.url, resource.key])).toString('base64url');

export const appMediaRef = (mediaId: string): string => APP + mediaId;

export type Wanted =
  | ({ readonly from: 'aibot' } & BotResource)
  | { readonly from: 'app'; readonly mediaId: string };

/** Null where it is no reference of ours. */
export function readRef(ref: string): Wanted | null {
  if (ref.startsWith(APP) && ref.length > APP.length) return { from: 'app', mediaId: ref.slice(APP.length) };
  if (!ref.startsWith(BOT)) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(ref.slice(BOT.length), 'base64url').toString('utf8'));
    const [url, key] = Array.isArray(parsed) ? (parsed as readonly unknown[]) : [];
    if (typeof url !== 'string' || !(key === null || typeof key === 'string')) return null;
    return { from: 'aibot', url, key };
  } catch {
    return null;
  }
}
