/**
 * The parts of Telegram's updates that we read (https://core.telegram.org/bots/api#update). Unknown fields are
 * dropped; an optional part of an odd shape counts as absent, so that a change of theirs loses no report.
 */
import { z } from 'zod';

const id = z.number().int().refine(Number.isSafeInteger);
const text = z.string();
const name = text.min(1);
const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const user = z.object({
  id,
  is_bot: maybe(z.boolean()),
  first_name: maybe(text),
  last_name: maybe(text),
});
export type User = z.output<typeof user>;

const chat = z.object({ id, type: z.enum(['private', 'group', 'supergroup', 'channel']) });
export type Chat = z.output<typeof chat>;

const file = z.object({ file_id: name, file_name: maybe(text), mime_type: maybe(text) });
const photoSize = z.object({ file_id: name, width: maybe(z.number()), height: maybe(z.number()) });
const entity = z.object({
  type: text,
  offset: z.number().int(),
  length: z.number().int(),
  user: maybe(z.object({ id })),
});
const location = z.object({ latitude: z.number(), longitude: z.number() });

const message = z.object({
  message_id: id,
  from: maybe(user),
  chat,
  date: z.number(),
  edit_date: maybe(z.number()),
  text: maybe(text),
  caption: maybe(text),
  entities: maybe(z.array(entity)),
  caption_entities: maybe(z.array(entity)),
  message_thread_id: maybe(id),
  is_topic_message: maybe(z.boolean()),
  is_automatic_forward: maybe(z.boolean()),
  media_group_id: maybe(text),
  reply_to_message: maybe(
    z.object({
      message_id: id,
      text: maybe(text),
      caption: maybe(text),
      forum_topic_created: maybe(z.object({})),
    }),
  ),
  quote: maybe(z.object({ text })),
  external_reply: maybe(z.object({})),
  photo: maybe(z.array(photoSize)),
  document: maybe(file),
  animation: maybe(file),
  video: maybe(file),
  video_note: maybe(file),
  voice: maybe(file),
  audio: maybe(file),
  location: maybe(location),
  venue: maybe(z.object({ title: text, address: maybe(text) })),
  new_chat_members: maybe(z.array(user)),
  left_chat_member: maybe(user),
  new_chat_title: maybe(text),
  migrate_to_chat_id: maybe(id),
  migrate_from_chat_id: maybe(id),
});
export type Message = z.output<typeof message>;

const pressed = z.object({
  id: name,
  from: user,
  data: maybe(text),
  message: maybe(
    z.object({
      message_id: id,
      chat,
      text: maybe(text),
      caption: maybe(text),
      message_thread_id: maybe(id),
      is_topic_message: maybe(z.boolean()),
    }),
  ),
});
export type Pressed = z.output<typeof pressed>;

const membership = z.object({
  chat,
  from: user,
  date: z.number(),
  old_chat_member: z.object({ status: text }),
  new_chat_member: z.object({ status: text, is_member: maybe(z.boolean()) }),
});
export type Membership = z.output<typeof membership>;

export const updateSchema = z.object({
  update_id: id,
  message: maybe(message),
  edited_message: maybe(message),
  callback_query: maybe(pressed),
  my_chat_member: maybe(membership),
});
export type Update = z.output<typeof updateSchema>;

/** What to ask for: all that is read here and nothing else. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** Null where it is no update at all. */
export function readUpdate(value: unknown): Update | null {
  const result = updateSchema.safeParse(value);
  return result.success ? result.data : null;
}
