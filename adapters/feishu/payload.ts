/**
 * The parts of Feishu's events that are used, as the SDK's dispatcher hands them over: header and event in one
 * object. https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive
 */
import { z } from 'zod';

const id = z.string().min(1).max(256);
/** Feishu writes absent ids as nothing, null or an empty string. */
const maybe = z.string().max(10_000).nullish();
const person = z.object({ open_id: maybe }).nullish();

/** Carried by every event: `create_time` is in milliseconds, in card callbacks in microseconds. */
const header = { event_id: maybe, create_time: maybe, app_id: maybe };

const mention = z.object({ key: z.string().max(256), id: person, name: maybe });

export const received = z.object({
  ...header,
  sender: z.object({ sender_id: person, sender_type: maybe }),
  message: z.object({
    message_id: id,
    root_id: maybe,
    parent_id: maybe,
    create_time: maybe,
    chat_id: id,
    thread_id: maybe,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z.array(mention).nullish(),
  }),
});
export type Received = z.output<typeof received>;
export type Mention = z.output<typeof mention>;

export const recalled = z.object({ ...header, message_id: id, chat_id: id, recall_time: maybe });

export const pressed = z.object({
  ...header,
  event_id: id,
  operator: z.object({ open_id: id }),
  action: z.object({ value: z.object({ command: z.string().min(1), chat: z.enum(['group', 'direct']) }) }),
  context: z.object({ open_message_id: id, open_chat_id: id }),
});

export const botMoved = z.object({ ...header, event_id: id, chat_id: id });

export const peopleMoved = z.object({
  ...header,
  event_id: id,
  chat_id: id,
  users: z.array(z.object({ name: maybe, user_id: person })),
});

export const chatChanged = z.object({
  ...header,
  event_id: id,
  chat_id: id,
  operator_id: person,
  after_change: z.object({ name: maybe }).nullish(),
});
