/** From the core's `Outbound` to a kept message, and from kept messages to what the page reads. Pure. */
import type { Outbound, OutboundMedia } from '@huiyin/core/port';
import type { KeptMedia, KeptMessage, NewMessage } from './history.ts';
import { keyOf } from './history.ts';

/** Enough to recognise a message by; the page shows two lines of it. */
const PREVIEW_LENGTH = 90;

/** What the page gets; `quote` carries a preview, since the quoted message may be far above. */
export interface PageMessage extends Omit<KeptMessage, 'quote'> {
  readonly quote: { readonly id: string; readonly name: string; readonly text: string } | null;
}

/** The bot's message ids never meet those of people, which have no such head. */
export const botMessageId = (outboundId: string): string => `bot-${outboundId}`;

/** @param refs one for each of the message's media, null where its file could not be kept. */
export function encode(message: Outbound, botName: string, refs: readonly (string | null)[]): NewMessage {
  return {
    chat: keyOf(message.chat),
    id: botMessageId(message.id),
    from: null,
    name: botName,
    text: message.text,
    at: message.at,
    quote: message.replyTo,
    media: message.media.map((media, index) => kept(media, refs[index] ?? null)),
    buttons: message.buttons,
    kind: message.kind,
    case: message.case,
  };
}

/** @param find the message that `quote` names, in the same chat. */
export function toPage(message: KeptMessage, find: (id: string) => KeptMessage | null): PageMessage {
  const quoted = message.quote === null || message.recalled ? null : find(message.quote);
  if (!quoted) return { ...message, quote: null };
  return { ...message, quote: { id: quoted.id, name: quoted.name, text: preview(quoted.text) } };
}

/** One server-sent event. JSON has no raw line breaks, so one data line is enough. */
export function encodeEvent(event: string, id: number | null, data: unknown): string {
  const head = id === null ? '' : `id: ${id}\n`;
  return `${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function kept(media: OutboundMedia, ref: string | null): KeptMedia {
  return {
    kind: media.mime.startsWith('image/') ? 'image' : 'file',
    name: media.name,
    mime: media.mime,
    ref,
  };
}

function preview(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  return letters.length > PREVIEW_LENGTH ? `${letters.slice(0, PREVIEW_LENGTH).join('')}…` : letters.join('');
}
