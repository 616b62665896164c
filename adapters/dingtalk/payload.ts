/**
 * The parts of a robot's message that are used: https://open.dingtalk.com/document/orgapp/receive-message
 * A broken field that is not needed costs nobody their message.
 */
import { z } from 'zod';

const id = z.string().min(1).max(512);
const maybe = z.string().max(512).nullish().catch(null);

export const received = z.object({
  msgId: id,
  msgtype: z.string(),
  conversationId: id,
  /** 1: a person and the robot; 2: a group. */
  conversationType: z.enum(['1', '2']),
  /** Encrypted; of people outside the organisation it is the only one. */
  senderId: maybe,
  /** The person's userId in the organisation. */
  senderStaffId: maybe,
  senderNick: maybe,
  chatbotUserId: maybe,
  robotCode: maybe,
  /** Epoch milliseconds. */
  createAt: z.union([z.number(), z.string()]).nullish().catch(null),
  isInAtList: z.boolean().nullish().catch(null),
  /** Everybody who is mentioned, the robot among them. */
  atUsers: z
    .array(z.object({ dingtalkId: maybe }))
    .nullish()
    .catch(null),
  originalMsgId: maybe,
  /** Of a quoted message of the robot's: what sending it answered. */
  originalProcessQueryKey: maybe,
  text: z.unknown().optional(),
  content: z.unknown().optional(),
});
export type Received = z.output<typeof received>;
