/** Which ways lead to a chat, the best first. Pure. */
import type { ChatRef } from '@huiyin/core/port';
import { isPerson } from './encode.ts';

export type Road = 'aibot' | 'app' | 'appchat' | 'webhook';

export interface Known {
  /** The message answers one that came through the bot. */
  readonly answer: boolean;
  /** Null where there is none. `open`: the chat wrote to the bot within the last day. */
  readonly bot: { readonly online: boolean; readonly open: boolean } | null;
  readonly app: boolean;
  /** Groups that the app made. */
  readonly appchats: readonly string[];
  /** Groups that have a robot of their own. */
  readonly webhooks: readonly string[];
}

/** What the bot gets to see of a person whom it may not know by name; the app knows nobody by it. */
const VEILED = /^wo[\w-]{30}$/;

/** `window_closed`: the bot could, had the chat written within the last day. */
export function roadsFor(chat: ChatRef, known: Known): readonly Road[] | 'unreachable' | 'window_closed' {
  const roads = chat.kind === 'group' ? toGroup(chat.id, known) : toPerson(chat.id, known);
  if (roads.length > 0) return roads;
  return known.bot === null ? 'unreachable' : 'window_closed';
}

/** An answer goes where it was asked; what nobody asked for goes by the app, which may at any time. */
function toPerson(id: string, { answer, bot, app }: Known): readonly Road[] {
  if (!isPerson(id)) return [];
  const byBot: readonly Road[] = bot?.open === true ? ['aibot'] : [];
  const byApp: readonly Road[] = app && !VEILED.test(id) ? ['app'] : [];
  return answer && bot?.online === true ? [...byBot, ...byApp] : [...byApp, ...byBot];
}

function toGroup(id: string, { bot, appchats, webhooks }: Known): readonly Road[] {
  if (appchats.includes(id)) return ['appchat'];
  const byBot: readonly Road[] = bot?.open === true ? ['aibot'] : [];
  const byRobot: readonly Road[] = webhooks.includes(id) ? ['webhook'] : [];
  // A robot of the group's own speaks also while the bot's connection is down.
  return bot?.online === true ? [...byBot, ...byRobot] : [...byRobot, ...byBot];
}
