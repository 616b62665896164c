/** Sends a message's parts in order and says what came of it. */
import { readFile } from 'node:fs/promises';
import type { Patience } from '@huiyin/core/kit';
import type { Outbound, OutboundMedia, SendResult } from '@huiyin/core/port';
import type { Condition } from './condition.ts';
import type { Around } from './config.ts';
import { MAX_UPLOAD_BYTES } from './config.ts';
import type { Echoes } from './echoes.ts';
import type { Part } from './encode.ts';
import { echoOf, encode } from './encode.ts';
import { resultOf } from './outcome.ts';
import { PART_PAUSE_MS, Pacing } from './pacing.ts';
import type { People } from './people.ts';
import type { Live, Puppet } from './puppet.ts';
import { within } from './puppet.ts';

export interface SendParts {
  readonly options: Around;
  readonly condition: Condition;
  readonly echoes: Echoes;
  readonly patience: Patience;
  readonly people: People;
  readonly live: Live;
}

/** With pauses, echoes and the longest message it stays below the minute after which the outbox takes it back. */
export const SEND_MS = 20_000;
const MESSAGE_MS = 35_000;
/** For the own message to come back, where the send was answered without an id. */
export const ECHO_MS = 2_000;
/** Signing in takes a person: the backlog is not claimed and given back all the while. */
const SIGN_IN_MS = 5 * 60_000;
/** The whole account waits: whatever is sent while nobody is signed in goes nowhere. */
const SIGNED_OUT: SendResult = { type: 'deferred', retryAfterMs: SIGN_IN_MS, scope: 'account' };

type Ready = { readonly part: Part; readonly bytes: Buffer | null };
type PartResult = Exclude<SendResult, { type: 'deferred' }>;

/** Thrown for a file that can't be sent, before anything of the message has left. */
class FileTrouble extends Error {}

export class Sender {
  readonly #parts: SendParts;
  readonly #pacing = new Pacing();

  constructor(parts: SendParts) {
    this.#parts = parts;
  }

  /** Never throws. */
  async send(message: Outbound): Promise<SendResult> {
    const { condition, live, options, people } = this.#parts;
    const puppet = live();
    if (puppet === null) return SIGNED_OUT;
    const { id, kind } = message.chat;
    if (kind === 'group' && condition.isOut(id)) return unreachable('the bot was removed from the group');
    if (kind === 'direct' && (await people.isStranger(puppet, id)))
      return unreachable('no friend of the bot');
    const ready = await this.#ready(message);
    if ('type' in ready) return ready;
    return this.#pacing.wait(id, options.clock.now()) ?? this.#go(id, ready.parts);
  }

  /** Files are read before anything leaves: half a message is worse than none. */
  async #ready(message: Outbound): Promise<{ readonly parts: readonly Ready[] } | SendResult> {
    const parts = encode(message);
    if (parts.length === 0) return refused('empty', 'neither text nor a file');
    try {
      const read = async (part: Part): Promise<Ready> => ({
        part,
        bytes: part.type === 'file' ? await bytesOf(part.file) : null,
      });
      return { parts: await Promise.all(parts.map(read)) };
    } catch (error) {
      if (error instanceof FileTrouble) return refused('no_file', error.message);
      throw error;
    }
  }

  async #go(chat: string, parts: readonly Ready[]): Promise<SendResult> {
    const { clock } = this.#parts.options;
    const until = clock.now() + MESSAGE_MS;
    let first: string | null = null;
    for (const [i, ready] of parts.entries()) {
      if (i > 0) await this.#parts.patience.pause(PART_PAUSE_MS);
      const puppet = clock.now() >= until || this.#parts.patience.stopped ? null : this.#parts.live();
      const result = puppet === null ? null : await this.#part(puppet, chat, ready);
      if (result?.type !== 'sent') {
        this.#pacing.went(chat, i, clock.now());
        return i === 0 ? (result ?? SIGNED_OUT) : halfway(result, i, parts.length);
      }
      first = i === 0 ? result.messageId : first;
    }
    this.#pacing.went(chat, parts.length, clock.now());
    return { type: 'sent', messageId: first };
  }

  async #part(puppet: Puppet, chat: string, { part, bytes }: Ready): Promise<PartResult> {
    const { echoes, options } = this.#parts;
    const echo = echoes.expect(chat, echoOf(part));
    try {
      const id = await within(options.timers, SEND_MS, say(puppet, chat, part, bytes));
      if (typeof id === 'string' && id !== '') return { type: 'sent', messageId: id };
      return { type: 'sent', messageId: await this.#heard(echo.id) };
    } catch (error) {
      const result = resultOf(error);
      if (result.type !== 'unknown') return result;
      // Whatever went wrong with the answer: an own message that came back has gone.
      const heard = await this.#heard(echo.id);
      return heard === null ? result : { type: 'sent', messageId: heard };
    } finally {
      echo.forget();
    }
  }

  async #heard(id: Promise<string>): Promise<string | null> {
    return within(this.#parts.options.timers, ECHO_MS, id).catch(() => null);
  }
}

/**
 * FileBox.fromBuffer fails on some puppets. Over the token service wechaty itself sends a file a second time where the
 * first time failed in any way (`messageSendFile`, "the old server will not support"): seldom, one comes twice.
 */
async function say(puppet: Puppet, chat: string, part: Part, bytes: Buffer | null): Promise<unknown> {
  if (part.type === 'text') return puppet.messageSendText(chat, part.text);
  const { FileBox } = await import('file-box');
  return puppet.messageSendFile(
    chat,
    FileBox.fromBase64((bytes ?? Buffer.of()).toString('base64'), part.file.name),
  );
}

async function bytesOf({ path, name }: OutboundMedia): Promise<Buffer> {
  const bytes = path === null ? null : await readFile(path).catch(() => null);
  if (bytes === null) throw new FileTrouble(`the file ${name} can't be read`);
  if (bytes.length === 0) throw new FileTrouble(`the file ${name} is empty`);
  if (bytes.length > MAX_UPLOAD_BYTES)
    throw new FileTrouble(`the file ${name} is over ${MAX_UPLOAD_BYTES / 1_000_000} MB`);
  return bytes;
}

/** Some parts have gone, and the platform drops no repeats: a person has to look. */
function halfway(result: PartResult | null, went: number, of: number): SendResult {
  const why = result !== null && 'detail' in result ? result.detail : 'the connection was lost';
  return { type: 'unknown', detail: `${why} (${went} of ${of} parts went)` };
}

const refused = (code: string, detail: string): SendResult => ({
  type: 'rejected',
  permanent: true,
  code,
  detail,
});
const unreachable = (detail: string): SendResult => refused('unreachable', detail);
