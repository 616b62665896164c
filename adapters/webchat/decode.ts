/** From what the page sends to the core's `Inbound`. Pure: the time and the quoted words come in. */
import { createHash } from 'node:crypto';
import type { ChatRef, Inbound, InboundMedia } from '@huiyin/core/port';
import { z } from 'zod';

/** A phone's longest message is far shorter; the core cuts at its own limit again. */
export const MAX_TEXT = 20_000;
const MAX_PHOTOS = 9;

/** Made by the page (a UUID), so that sending again after a lost connection is the same message; never one of the bot's. */
const pageId = z.string().regex(/^(?!bot-)[0-9a-zA-Z-]{1,64}$/);
const text = z.string().max(MAX_TEXT);
const words = text.refine((given) => given.trim() !== '');
const base = { chat: z.string().max(300), as: z.string().max(200), id: pageId };
export const PHOTO_REF = /^[0-9a-f]{64}\.(?:jpg|png|webp|gif)$/;

export const pageRequest = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('message'),
    ...base,
    text,
    quote: z.string().max(200).nullable().default(null),
    photos: z.array(z.string().regex(PHOTO_REF)).max(MAX_PHOTOS).default([]),
  }),
  z.strictObject({ type: z.literal('edit'), ...base, text: words }),
  z.strictObject({ type: z.literal('recall'), ...base }),
  z.strictObject({ type: z.literal('press'), ...base, message: z.string().max(200), command: words }),
]);
export type PageRequest = z.output<typeof pageRequest>;

/** What a request alone does not tell. */
export interface Circumstances {
  /** The adapter's id. */
  readonly account: string;
  readonly botName: string;
  readonly chat: ChatRef;
  readonly senderName: string;
  /** The words of the message quoted or pressed; null where there is none. */
  readonly quotedText: string | null;
  readonly at: number;
}

export function decode(request: PageRequest, given: Circumstances): Inbound {
  return {
    eventKey: eventKey(request),
    kind: request.type === 'press' ? 'action' : request.type,
    account: given.account,
    chat: given.chat,
    sender: { id: request.as, name: given.senderName, isSelf: false, isBot: false },
    messageId: request.type === 'press' ? request.message : request.id,
    text: textOf(request),
    mentionsBot: textOf(request).includes(`@${given.botName}`),
    quote: quoteOf(request, given.quotedText),
    media: request.type === 'message' ? request.photos.map(photo) : [],
    platformTime: given.at,
    address: { chat: given.chat.id, kind: given.chat.kind },
  };
}

/** The id of the message that a request quotes; pressing a button quotes the message it hangs on. */
export function quotedId(request: PageRequest): string | null {
  if (request.type === 'message') return request.quote;
  return request.type === 'press' ? request.message : null;
}

export const photoMime = (ref: string): string =>
  ref.endsWith('.jpg') ? 'image/jpeg' : `image/${ref.slice(ref.lastIndexOf('.') + 1)}`;

function eventKey(request: PageRequest): string {
  if (request.type === 'message') return `m:${request.id}`;
  if (request.type === 'recall') return `r:${request.id}`;
  if (request.type === 'press') return `a:${request.id}`;
  return `e:${request.id}:${createHash('sha256').update(request.text).digest('hex').slice(0, 16)}`;
}

function textOf(request: PageRequest): string {
  if (request.type === 'recall') return '';
  return request.type === 'press' ? request.command : request.text;
}

function quoteOf(request: PageRequest, quotedText: string | null): Inbound['quote'] {
  const id = quotedId(request);
  return id === null ? null : { id, text: quotedText };
}

function photo(ref: string): InboundMedia {
  return { kind: 'image', name: ref, mime: photoMime(ref), ref };
}
