/** The four ways to say a part: what each throws is an `ApiError` or a `WireError`. */
import type { ChatRef } from '@huiyin/core/port';
import type { Api, File } from './api.ts';
import { MAX_HOOK_IMAGE_BYTES, TEXT_BYTES } from './config.ts';
import type { Link } from './connect.ts';
import type { Card } from './encode.ts';
import {
  appchatPush,
  appPush,
  botPush,
  cardOf,
  hookImage,
  markdown,
  plain,
  streamed,
  uploaded,
} from './encode.ts';
import { isStaleRequest, unseen } from './outcome.ts';

export interface Carrier {
  readonly textBytes: number;
  /** Whether presses of a button come back. */
  readonly buttons: boolean;
  /** @param id the part's own, stable over retries. @returns the message's id, where the road tells one */
  text(text: string, id: string): Promise<string | null>;
  card(card: Card): Promise<void>;
  file(file: File): Promise<void>;
}

/** @param request the message that is answered, where WeCom can still be told so */
export function byBot(link: Link, chat: ChatRef, request: string | null): Carrier {
  const push = (body: Readonly<Record<string, unknown>>): Promise<void> =>
    link.push(chat.id, botPush(chat.kind, body));
  return {
    textBytes: TEXT_BYTES.aibot,
    buttons: true,
    async text(text, id) {
      if (request === null || !link.canAnswer(request)) await push(markdown(text));
      else {
        try {
          await link.answer(request, streamed(id, text));
        } catch (error) {
          if (!isStaleRequest(error)) throw error;
          await push(markdown(text));
        }
      }
      return null;
    },
    card: (card) => push(cardOf(card)),
    async file({ bytes, name, type }) {
      const id = await link.upload(bytes, name, type).catch((error: unknown) => {
        throw unseen(error);
      });
      await push(uploaded(type, id));
    },
  };
}

export function byApp(api: Api, person: string, agentId: number, buttons: boolean): Carrier {
  const say = (body: Readonly<Record<string, unknown>>): Promise<string | null> =>
    api.say(appPush(person, agentId, body));
  return {
    textBytes: TEXT_BYTES.app,
    buttons,
    text: (text) => say(plain(text)),
    card: async (card) => void (await say(cardOf(card))),
    file: async (file) => void (await say(uploaded(file.type, await api.upload(file)))),
  };
}

export function byAppchat(api: Api, chat: string): Carrier {
  return {
    textBytes: TEXT_BYTES.appchat,
    buttons: false,
    text: async (text) => {
      await api.sayInChat(appchatPush(chat, plain(text)));
      return null;
    },
    card: async () => undefined,
    file: async (file) => api.sayInChat(appchatPush(chat, uploaded(file.type, await api.upload(file)))),
  };
}

export function byWebhook(api: Api, key: string): Carrier {
  return {
    textBytes: TEXT_BYTES.webhook,
    buttons: false,
    text: async (text) => {
      await api.sayByRobot(key, plain(text));
      return null;
    },
    card: async () => undefined,
    async file(file) {
      if (file.type === 'image' && file.bytes.length <= MAX_HOOK_IMAGE_BYTES) {
        return api.sayByRobot(key, hookImage(file.bytes));
      }
      const id = await api.uploadByRobot(key, { ...file, type: 'file' });
      return api.sayByRobot(key, uploaded('file', id));
    },
  };
}
