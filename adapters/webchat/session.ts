/** What happens to a message on its way from the page to the core and from the core to the page. */
import type { ChatRef, Inbound, Outbound, SendResult, Sink } from '@huiyin/core/port';
import { keepFile } from './attachments.ts';
import type { WebchatOptions, WebchatPerson } from './config.ts';
import { BOT_NAME } from './config.ts';
import type { PageRequest } from './decode.ts';
import { decode, quotedId } from './decode.ts';
import { botMessageId, encode } from './encode.ts';
import type { KeptMessage, NewMessage } from './history.ts';
import { chatOf, keyOf } from './history.ts';
import type { Hub } from './stream.ts';

/** A closed set; the page has words for each. */
export type Refusal = 'no_such_person' | 'no_such_chat' | 'not_a_member' | 'empty' | 'not_yours' | 'no_photo';
export type Taking =
  | { readonly message: KeptMessage }
  | { readonly refused: Refusal }
  | { readonly failed: true };

export interface Session {
  take(request: PageRequest): Promise<Taking>;
  send(message: Outbound): Promise<SendResult>;
  /** Hands the core what it has not committed: at the start, and now and then after it failed. */
  resume(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  lastInboundAt(): number | null;
  lastError(): string | null;
}

export function createSession(options: WebchatOptions, hub: Hub, sink: Sink): Session {
  const { history, clock } = options;
  const handover = createHandover(options, hub, sink);
  let lastInboundAt: number | null = null;

  return {
    ...handover,
    async take(request) {
      const found = lookUp(options, request);
      if ('refused' in found) return found;
      const at = clock.now();
      const event = decode(request, { ...found, account: options.id, botName: BOT_NAME, at });
      const kept = keep(options, request, event);
      if (!kept) return { refused: 'not_yours' };
      const { message, isNew } = kept;
      lastInboundAt = at;
      if (isNew) hub.publish(message);
      return (await handover.take(event)) ? { message } : { failed: true };
    },
    async send(message) {
      const refs = await Promise.all(message.media.map((media) => keepFile(options, media)));
      if (!knows(options, message.chat)) {
        const detail = `no chat ${message.chat.id}`;
        return { type: 'rejected', permanent: true, code: 'no_such_chat', detail };
      }
      const gone = message.media.find(({ path }, i) => path !== null && refs[i] === null);
      if (gone) {
        const detail = `the file ${gone.name} can't be read`;
        return { type: 'rejected', permanent: true, code: 'no_file', detail };
      }
      const kept = history.append(encode(message, BOT_NAME, refs));
      if (kept.isNew) hub.publish(kept.message);
      return { type: 'sent', messageId: botMessageId(message.id) };
    },
    lastInboundAt: () => lastInboundAt,
  };
}

interface Handover extends Pick<Session, 'resume' | 'idle' | 'lastError'> {
  /** False where the core did not take it; then it stays pending. */
  take(event: Inbound): Promise<boolean>;
}

/** From the history to the core: an event is settled only after the core's commit. */
function createHandover({ history, log }: WebchatOptions, hub: Hub, sink: Sink): Handover {
  const underWay = new Set<Promise<unknown>>();
  let lastError: string | null = null;

  const take = async (event: Inbound): Promise<boolean> => {
    const receiving = sink.receive(event);
    underWay.add(receiving);
    try {
      await receiving;
      history.settle(event);
      lastError = null;
      return true;
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
      log.error('the core did not take an event of the web chat', { eventKey: event.eventKey, error });
      return false;
    } finally {
      underWay.delete(receiving);
      hub.boardChanged();
    }
  };

  return {
    take,
    async resume() {
      if (underWay.size > 0) return;
      for (const event of history.pending()) if (!(await take(event))) return;
    },
    async idle() {
      await Promise.allSettled(underWay);
    },
    lastError: () => lastError,
  };
}

interface Found {
  readonly chat: ChatRef;
  readonly senderName: string;
  readonly quotedText: string | null;
}

function lookUp(options: WebchatOptions, request: PageRequest): Found | { readonly refused: Refusal } {
  const person = options.people().find((each) => each.account === request.as);
  if (!person) return { refused: 'no_such_person' };
  const chat = chatOf(request.chat);
  if (!chat || !knows(options, chat)) return { refused: 'no_such_chat' };
  if (!isMember(person, chat)) return { refused: 'not_a_member' };
  if (request.type === 'message') {
    if (request.text.trim() === '' && request.photos.length === 0) return { refused: 'empty' };
    if (request.photos.some((ref) => options.history.photo(ref) === null)) return { refused: 'no_photo' };
  }
  const id = quotedId(request);
  const quoted = id === null ? null : options.history.find(request.chat, id);
  return { chat, senderName: person.name, quotedText: quoted?.text ?? null };
}

function knows(options: WebchatOptions, chat: ChatRef): boolean {
  return chat.kind === 'group'
    ? options.chats.some((each) => each.external === chat.id)
    : options.people().some((each) => each.account === chat.id);
}

/** A private chat with the bot has one member: the person whose account it is named after. */
function isMember(person: WebchatPerson, chat: ChatRef): boolean {
  return chat.kind === 'group' ? person.groups.includes(chat.id) : person.account === chat.id;
}

/** Null where the message to change is not the sender's, or gone. */
function keep(
  { history }: WebchatOptions,
  request: PageRequest,
  event: Inbound,
): { readonly message: KeptMessage; readonly isNew: boolean } | null {
  if (request.type === 'message' || request.type === 'press') {
    const kept = history.append(fromPerson(request, event), event);
    return kept.message.from === request.as ? kept : null;
  }
  if (history.find(request.chat, request.id)?.from !== request.as) return null;
  const message =
    request.type === 'edit'
      ? history.edit(request.chat, request.id, request.text, event)
      : history.recall(request.chat, request.id, event);
  return message && { message, isNew: true };
}

/** Pressing a button shows in the chat as its words, so that a visitor sees who said what. */
function fromPerson(request: PageRequest, event: Inbound): NewMessage {
  return {
    chat: keyOf(event.chat),
    id: request.id,
    from: request.as,
    name: event.sender.name ?? request.as,
    text: event.text,
    at: event.platformTime ?? 0,
    quote: quotedId(request),
    media: event.media,
    buttons: [],
    kind: null,
    case: null,
  };
}
