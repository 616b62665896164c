/** One event of the platform → what it says to the core. Pure and total: whatever comes, it answers. */
import { createHash } from 'node:crypto';
import type { Inbound } from '@huiyin/core/port';
import { z } from 'zod';

const id = z.string().min(1).max(256);
/** A part of an odd shape counts as absent, so that a change of theirs loses no report. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().default(null).catch(null);

const eventSchema = z.object({
  type: z.enum(['message', 'edited', 'deleted', 'pressed']),
  /** Of the message; of the press, where a button was pressed. */
  id,
  chat: z.object({ id, private: z.boolean() }),
  from: z.object({ id, name: maybe(z.string()), bot: z.boolean().catch(false) }),
  text: z.string().catch(''),
  mentioned: z.boolean().catch(false),
  answers: maybe(z.object({ id, text: maybe(z.string()) })),
  files: z.array(z.object({ id, name: maybe(z.string()), type: maybe(z.string()) })).catch([]),
  at: maybe(z.number().int().positive()),
});

const KINDS = { message: 'message', edited: 'edit', deleted: 'recall', pressed: 'action' } as const;

/** @returns null for what is no event of these */
export function decode(value: unknown, account: string): Inbound | null {
  const event = eventSchema.safeParse(value).data;
  if (event === undefined) return null;
  const { type, from, chat, text, answers } = event;
  const kind = KINDS[type];
  const edited = type === 'edited' ? `:${createHash('sha256').update(text).digest('hex').slice(0, 16)}` : '';
  return {
    // `m:`, `e:`, `r:`, `a:` and the platform's own id, never the place in its queue, which may start anew.
    eventKey: `${kind[0]}:${event.id}${edited}`,
    kind,
    account,
    // A private chat is named after the person, whatever the platform calls it.
    chat: chat.private ? { id: from.id, kind: 'direct' } : { id: chat.id, kind: 'group' },
    sender: { id: from.id, name: from.name, isSelf: false, isBot: from.bot },
    messageId: kind === 'action' ? (answers?.id ?? null) : event.id,
    text,
    mentionsBot: kind === 'action' || event.mentioned,
    quote: answers,
    media: event.files.map(({ id: ref, name, type: mime }) => {
      return { kind: mime?.startsWith('image/') ? 'image' : 'file', name, mime, ref };
    }),
    platformTime: event.at,
    // Stored, and given back weeks later with what is to be sent there.
    address: { chatId: chat.id },
  };
}
