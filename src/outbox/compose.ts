/** Rows → the message an adapter gets: words, references resolved, cut to what the platform takes. */
import type { Say } from '../domain/messages.ts';
import type { Instant } from '../kernel/zone.ts';
import type { Capabilities, ChatRef, Outbound, OutboundButton } from '../port.ts';
import type { OutboxRow } from '../store/port.ts';

/** Who a protected reporter's alias stands for, known only while sending; the vault keeps it with the case. */
export type ResolveParty = (
  alias: string,
  cases: readonly string[],
) => Promise<{ account: string; chat: ChatRef } | null>;
/** The contact behind a vault reference; null where it was erased. Its reading is on record by then. */
export type ResolveContact = (number: string, field: string, vault: string) => Promise<string | null>;

export interface WordsOptions {
  /** The words of one message; a contact's place stays open in them. */
  readonly words: (say: Say, at: Instant, inGroup: boolean) => string;
  /** What can be answered by a tap. */
  readonly buttons?: (say: Say, at: Instant, inGroup: boolean) => readonly OutboundButton[];
  /** Puts a contact into its place. */
  readonly fillContact: (text: string, vault: string, contact: string) => string;
  readonly resolveContact: ResolveContact;
  readonly resolveParty: ResolveParty;
}

export const outboundId = (row: Pick<OutboxRow, 'id'>): string => `o${row.id}`;

/** Null where an alias leads nowhere: the person behind it was erased. */
export async function compose(
  row: OutboxRow,
  capabilities: Capabilities,
  at: Instant,
  options: WordsOptions,
): Promise<Outbound | null> {
  const party = await partyOf(row, options);
  // An account that another adapter carries is not this one's to write to.
  if (party === null || party.account !== row.account) return null;
  return {
    id: outboundId(row),
    account: row.account,
    chat: party.chat,
    address: row.address,
    replyTo: capabilities.quoteOut ? row.replyTo : null,
    text: fitted(await textOf(row, capabilities, at, options), capabilities.maxTextBytes),
    kind: row.kind,
    case: row.case,
    cases: row.cases,
    // A run that keeps no files has no path for them.
    media: capabilities.mediaOut ? row.media.map((item) => ({ ...item, path: item.path || null })) : [],
    buttons: capabilities.buttons ? (options.buttons?.(row.say, at, row.chat.kind === 'group') ?? []) : [],
    at,
  };
}

async function partyOf(row: OutboxRow, options: WordsOptions): ReturnType<ResolveParty> {
  if (!row.chat.id.startsWith('~')) return { account: row.account, chat: row.chat };
  return options.resolveParty(row.chat.id, row.case === null ? row.cases : [row.case, ...row.cases]);
}

/** Where no files can go, a line says which there are: nobody is to think that the words are all. */
async function textOf(
  row: OutboxRow,
  { mediaOut }: Capabilities,
  at: Instant,
  options: WordsOptions,
): Promise<string> {
  const words = await wordsOf(row, at, options);
  const names = row.media.filter(({ path }) => path !== '').map(({ name }) => name);
  if (mediaOut || names.length === 0) return words;
  const say: Say = { template: 'files_elsewhere', params: { names } };
  return `${words}\n${options.words(say, at, row.chat.kind === 'group')}`;
}

async function wordsOf(row: OutboxRow, at: Instant, options: WordsOptions): Promise<string> {
  const inGroup = row.chat.kind === 'group';
  if (row.say.template !== 'contact') return options.words(row.say, at, inGroup);
  const { number, field, vault } = row.say.params;
  const contact = await options.resolveContact(number, field, vault);
  if (contact === null) {
    return options.words({ template: 'no_contact', params: { number, reporter: null } }, at, inGroup);
  }
  return options.fillContact(options.words(row.say, at, inGroup), vault, contact);
}

/** How many of them, from the first, one message can carry without losing a word; at least one. */
export function fittingTogether(messages: readonly [Outbound, ...Outbound[]], maxBytes: number): number {
  let bytes = 0;
  let count = 0;
  for (const { text } of messages) {
    bytes += Buffer.byteLength(text);
    // A line break stands between two.
    if (bytes + count > maxBytes) break;
    count++;
  }
  return Math.max(1, count);
}

/** Receipts that pacing held back in one chat, as one message under the first one's id. */
export function joined(messages: readonly [Outbound, ...Outbound[]], maxBytes: number): Outbound {
  const [first, ...others] = messages;
  if (others.length === 0) return first;
  const numbers = messages.flatMap((one) => [...(one.case === null ? [] : [one.case]), ...one.cases]);
  const cases = [...new Set(numbers)];
  return {
    ...first,
    replyTo: others.every(({ replyTo }) => replyTo === first.replyTo) ? first.replyTo : null,
    text: fitted(messages.map(({ text }) => text).join('\n'), maxBytes),
    case: cases.length === 1 ? (cases[0] ?? null) : null,
    cases: cases.length === 1 ? [] : cases,
    media: messages.flatMap(({ media }) => media),
  };
}

/** Cut at a whole character, where a platform would refuse the message for its length. */
export function fitted(text: string, maxBytes: number): string {
  // Three bytes a UTF-16 unit at most: the usual message needs no counting.
  if (text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes) return text;
  let used = Buffer.byteLength('…');
  let end = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > maxBytes) break;
    end += character.length;
  }
  return `${text.slice(0, end)}…`;
}
