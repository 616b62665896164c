/**
 * What puppets tell, as far as it is used: https://github.com/wechaty/puppet/tree/main/src/schemas. Over gRPC all
 * fields that were not set come as '' or 0.
 */
import { z } from 'zod';

const id = z.string().min(1).max(300);
const maybe = z.string().max(300).nullish();
/** Seconds or milliseconds: "we support both". */
const timestamp = z.number().nullish();

/** wechaty-puppet/src/schemas/message.ts, as numbers: importing it would load wechaty. */
export const MESSAGE_TYPE = {
  attachment: 1,
  audio: 2,
  image: 6,
  text: 7,
  location: 8,
  recalled: 13,
  video: 15,
} as const;

const MOST_TEXT = 50_000;

export const messagePayload = z.object({
  id,
  talkerId: id,
  listenerId: maybe,
  roomId: maybe,
  type: z.number(),
  /** The core cuts at far less; a message is not lost because its end is. */
  text: z
    .string()
    .transform((text) => text.slice(0, MOST_TEXT))
    .nullish(),
  filename: z.string().nullish().catch(null),
  timestamp: timestamp.catch(null),
  mentionIdList: z.array(z.string()).nullish().catch(null),
});
export type MessagePayload = z.output<typeof messagePayload>;

/** Official accounts (公众号): they answer by themselves. */
export const OFFICIAL = 2;

export const contactPayload = z.object({
  name: z.string().nullish(),
  type: z.number().nullish(),
  /** Untold and no friend look alike over gRPC: false. */
  friend: z.boolean().nullish(),
});

export const memberPayload = z.object({ roomAlias: z.string().nullish(), name: z.string().nullish() });

export const messageEvent = z.object({ messageId: id });
export const scanEvent = z.object({ qrcode: z.string().max(1_000).nullish(), status: z.number() });
/** wechaty-puppet/src/schemas/event.ts */
export const SCAN = { waiting: 2, scanned: 3, confirmed: 4, timeout: 5 } as const;

const people = z.array(id).max(500);
export const joinEvent = z.object({ inviteeIdList: people, inviterId: maybe, roomId: id, timestamp });
export const leaveEvent = z.object({ removeeIdList: people, removerId: maybe, roomId: id, timestamp });
export const topicEvent = z.object({ changerId: maybe, newTopic: z.string(), roomId: id, timestamp });

export const inviteEvent = z.object({ roomInvitationId: id });
export const friendshipEvent = z.object({ friendshipId: id });
/** Somebody asks; other types tell of what is settled. */
export const FRIENDSHIP_ASKED = 2;
export const friendshipPayload = z.object({ type: z.number() });
