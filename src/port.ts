/**
 * The adapter contract: what a chat platform must do to carry Huiyin.
 *
 * The core owns deduplication, the outbox, limits, retries, permissions and words.
 * An adapter owns its platform's protocol and nothing else. It is made by a factory,
 * registered explicitly in src/main.ts, never by an import's side effect.
 */

/** Where to write later: plain JSON that the core stores and hands back unread. */
export type Address = Readonly<Record<string, unknown>>;

export interface ChatRef {
  /** The chat's id on the platform. A direct chat's id is the person's account. */
  readonly id: string;
  readonly kind: 'group' | 'direct';
}

export interface SenderRef {
  readonly id: string;
  /** What they call themselves there: said to admins at most, and never a proof of who somebody is. */
  readonly name: string | null;
  /** The bot's own account. What it writes is dropped; that it came or went is not. */
  readonly isSelf: boolean;
  readonly isBot: boolean;
}

export type MediaKind = 'image' | 'voice' | 'video' | 'file' | 'location';

export interface InboundMedia {
  readonly kind: MediaKind;
  readonly name: string | null;
  readonly mime: string | null;
  /** Opaque; given back to `fetchMedia`. Null where there is nothing to fetch. */
  readonly ref: string | null;
}

/**
 * `join` and `leave`: somebody came into `chat` or is no longer in it; `sender` is who came or went, not who let
 * them in. Where it is the bot itself, `sender.isSelf` is true and `chat` the group: the core then introduces it,
 * or tells the admins that it is gone. An adapter says so at most once for each coming and going, also where the
 * platform has several events for it (put out, group dissolved); those of other people are left alone by the core.
 * In a direct chat `join` is a person who begins a chat, `leave` one who blocks the bot; `sender` is that person.
 * `renamed`: the group has another name, in `text`.
 */
export type InboundKind = 'message' | 'edit' | 'recall' | 'join' | 'leave' | 'action' | 'renamed';

export interface Inbound {
  /**
   * Unique within (account, chat): `m:<id>` message, `e:<id>:<hash>` edit, `r:<id>` recall,
   * `a:<action>` button, `j:<…>` and `l:<…>` for comings and goings. Never the platform's update counter, which restarts.
   */
  readonly eventKey: string;
  readonly kind: InboundKind;
  /** The adapter's id as configured: one bot account. */
  readonly account: string;
  readonly chat: ChatRef;
  readonly sender: SenderRef;
  readonly messageId: string | null;
  /** Raw text; the core cuts, cleans and masks it. `''` for pictures alone. */
  readonly text: string;
  readonly mentionsBot: boolean;
  readonly quote: { readonly id: string | null; readonly text: string | null } | null;
  readonly media: readonly InboundMedia[];
  /** Epoch milliseconds by the platform's clock; null where it gives none. */
  readonly platformTime: number | null;
  readonly address: Address;
}

export interface OutboundMedia {
  readonly name: string;
  readonly mime: string;
  /** Absolute path of the file to send; null where the run keeps no files. */
  readonly path: string | null;
}

export interface OutboundButton {
  readonly label: string;
  /** Comes back as the text of an `action` event. */
  readonly command: string;
}

export interface Outbound {
  /** The outbox row's id, stable over retries: an idempotent platform drops repeats by it. */
  readonly id: string;
  readonly account: string;
  readonly chat: ChatRef;
  readonly address: Address | null;
  readonly replyTo: string | null;
  readonly text: string;
  readonly kind: string;
  readonly case: string | null;
  readonly cases: readonly string[];
  readonly media: readonly OutboundMedia[];
  readonly buttons: readonly OutboundButton[];
  /** Epoch milliseconds at which the core hands it over. */
  readonly at: number;
}

/**
 * Codes of a permanent rejection on which the core acts: the message looks for another way to its person.
 * `unreachable`: nobody may write to this chat (blocked, never begun, left, kicked out of the group). It stays so
 * until somebody writes there. `window_closed`: the time in which the platform lets the bot write is over.
 * Any other code is for people to read.
 */
export const CLOSED_CODES = ['unreachable', 'window_closed'] as const;
export type ClosedCode = (typeof CLOSED_CODES)[number];

export const isClosedCode = (code: string): code is ClosedCode =>
  (CLOSED_CODES as readonly string[]).includes(code);

/**
 * A closed set: the outbox decides on `type`, `permanent` and the closed codes alone, never on the text.
 * `deferred` holds back its chat; with `scope: 'account'` the platform has throttled the whole account.
 */
export type SendResult =
  | { readonly type: 'sent'; readonly messageId: string | null }
  | { readonly type: 'deferred'; readonly retryAfterMs: number; readonly scope?: 'chat' | 'account' }
  | { readonly type: 'rejected'; readonly permanent: boolean; readonly code: string; readonly detail: string }
  | { readonly type: 'unknown'; readonly detail: string };

export interface Capabilities {
  readonly groupVisibility: 'all' | 'mention' | 'none';
  readonly dm: boolean;
  /**
   * When the bot may write first. `after-contact`: once the person has written to it in private, until a send is
   * rejected as `unreachable`. `window`: for `windowMs` after the last message of the chat. `none`: never.
   */
  readonly proactive: 'always' | 'after-contact' | 'window' | 'none';
  readonly windowMs: number | null;
  readonly quoteIn: 'id' | 'text' | 'none';
  readonly quoteOut: boolean;
  readonly mentionOut: boolean;
  readonly buttons: boolean;
  readonly markdown: boolean;
  readonly maxTextBytes: number;
  readonly mediaIn: boolean;
  readonly mediaOut: boolean;
  readonly edits: boolean;
  readonly recalls: boolean;
  readonly memberEvents: boolean;
  readonly returnsMessageId: boolean;
  /** The platform drops a second send with the same id: retrying is safe. */
  readonly nativeIdempotency: boolean;
  readonly stableUserIds: boolean;
  readonly limits: {
    readonly perChat: { readonly count: number; readonly perMs: number } | null;
    readonly global: { readonly count: number; readonly perMs: number } | null;
    readonly jitterMs: { readonly min: number; readonly max: number } | null;
  };
}

export type HealthState = 'connecting' | 'need-login' | 'online' | 'degraded' | 'kicked' | 'stopped';

export interface Health {
  readonly state: HealthState;
  readonly lastInboundAt: number | null;
  readonly lastError: string | null;
  /** What to scan, while `need-login`. */
  readonly qr: string | null;
}

/** A person has to do something before it sends again. */
export const isDown = ({ state }: Pick<Health, 'state'>): boolean =>
  state === 'kicked' || state === 'need-login';

/** What the core tells an adapter of an event it took; it comes after the commit. */
export interface Taken {
  /** `repeated`: seen before, nothing done; `quarantined`: kept aside for a person. */
  readonly outcome: 'done' | 'ignored' | 'repeated' | 'quarantined';
  /** Resolves when the sends that this event caused on the adapter's own account are settled. */
  readonly flushed: Promise<void>;
}

export interface Sink {
  /** Resolves after the commit; only then may the platform be acknowledged. */
  receive(inbound: Inbound): Promise<Taken>;
}

export interface ChatAdapter {
  readonly id: string;
  readonly capabilities: Capabilities;
  start(sink: Sink): Promise<void>;
  send(message: Outbound): Promise<SendResult>;
  /** Finishes what is under way; after it resolves nothing is sent or received. */
  stop(): Promise<void>;
  fetchMedia(ref: string): Promise<{ readonly bytes: Uint8Array; readonly mime: string | null }>;
  health(): Health;
}
