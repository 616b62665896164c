/** Wires the web chat into the demonstration; a part of the composition root, apart for its size. */

import { encode } from '../adapters/webchat/encode.ts';
import { keyOf } from '../adapters/webchat/history.ts';
import { createWebchat, openWebchatHistory, type WebchatHistory } from '../adapters/webchat/index.ts';
import type { DemoChat, PageSetup } from './cli/adapters.ts';
import type { ChatAdapter, Inbound } from './port.ts';

const ACCOUNT = 'webchat';
const BOT_NAME = '回音';

export function openDemoChat(file: string): DemoChat {
  const history = openWebchatHistory(file);
  return {
    keep: (inbound) => keep(history, inbound),
    quiet: quietChat(history),
    serve: (setup) => page(history, setup),
    close: () => history.close(),
  };
}

function keep(history: WebchatHistory, inbound: Inbound): void {
  const chat = keyOf(inbound.chat);
  const id = inbound.messageId ?? inbound.eventKey;
  if (inbound.kind === 'edit') history.edit(chat, id, inbound.text);
  if (inbound.kind === 'recall') history.recall(chat, id);
  if (inbound.kind !== 'message') return;
  history.append({
    chat,
    id,
    from: inbound.sender.id,
    name: inbound.sender.name ?? inbound.sender.id,
    text: inbound.text,
    at: inbound.platformTime ?? 0,
    quote: inbound.quote?.id ?? null,
    media: inbound.media.map((item) => ({ ...item, ref: null })),
    buttons: [],
    kind: null,
    case: null,
  });
}

/** The web chat as the core sees it, without its server. */
function quietChat(history: WebchatHistory): ChatAdapter {
  const idle = createWebchat(optionsOf(history, null));
  return {
    id: idle.id,
    capabilities: idle.capabilities,
    start: async () => undefined,
    stop: async () => undefined,
    send: async (message) => {
      const kept = encode(
        message,
        BOT_NAME,
        message.media.map(() => null),
      );
      history.append(kept);
      return { type: 'sent', messageId: kept.id };
    },
    fetchMedia: (ref) => idle.fetchMedia(ref),
    health: () => idle.health(),
  };
}

const page = (history: WebchatHistory, setup: PageSetup) => createWebchat(optionsOf(history, setup));

function optionsOf(history: WebchatHistory, setup: PageSetup | null) {
  const silent = () => undefined;
  return {
    id: ACCOUNT,
    host: '127.0.0.1',
    port: setup?.port ?? 0,
    demo: true,
    history,
    chats: setup?.groups ?? [],
    people: () => setup?.people ?? [],
    clock: setup?.clock ?? { now: () => 0 },
    timers: setup?.timers ?? { every: () => silent },
    log: setup?.log ?? { info: silent, warn: silent, error: silent },
    ...(setup && {
      board: setup.board,
      township: setup.township.name,
      timezone: setup.township.timezone,
      locale: setup.township.locale,
    }),
  };
}
