/** Sends a message's parts in order and says what came of it. */
import { readFile } from 'node:fs/promises';
import type { Outbound, OutboundMedia, SendResult } from '@huiyin/core/port';
import type { Api } from './api.ts';
import type { FeishuOptions } from './config.ts';
import { MAX_IMAGE_BYTES, MAX_UPLOAD_BYTES } from './config.ts';
import type { Part } from './encode.ts';
import { encode, fileTypeOf } from './encode.ts';
import { isQuoteGone, resultOf, unseen } from './outcome.ts';
import { rushWait } from './rush.ts';

/** Below the minute after which the outbox takes a message back. */
const MESSAGE_MS = 40_000;

/** Thrown for a file that can't be sent; nothing of it has left by then. */
class FileTrouble extends Error {}

export interface SendParts {
  readonly api: Api;
  readonly clock: FeishuOptions['clock'];
  /** Told of each failure, for health. */
  readonly failed: (error: unknown) => void;
}

/**
 * Never throws. After any failure the whole message may be sent again: each part has its own `uuid`, by which
 * Feishu drops those that have come.
 */
export async function send(message: Outbound, { api, clock, failed }: SendParts): Promise<SendResult> {
  const parts = encode(message);
  if (parts.length === 0) {
    return { type: 'rejected', permanent: true, code: 'empty', detail: 'neither text nor a file' };
  }
  const wait = rushWait(message, clock.now());
  if (wait > 0) return { type: 'deferred', retryAfterMs: wait };
  const until = clock.now() + MESSAGE_MS;
  let first: string | null = null;
  for (const [i, part] of parts.entries()) {
    if (clock.now() >= until) return { type: 'deferred', retryAfterMs: 1_000 };
    try {
      const id = await sendPart(part, api);
      first = i === 0 ? id : first;
    } catch (error) {
      failed(error);
      return withProgress(error, i, parts.length);
    }
  }
  return { type: 'sent', messageId: first };
}

function withProgress(error: unknown, went: number, of: number): SendResult {
  const said = went === 0 ? '' : ` (${went} of ${of} parts went)`;
  if (error instanceof FileTrouble) {
    return { type: 'rejected', permanent: true, code: 'no_file', detail: `${error.message}${said}` };
  }
  const result = resultOf(error);
  return result.type === 'deferred' ? result : { ...result, detail: `${result.detail}${said}` };
}

async function sendPart(part: Part, api: Api): Promise<string | null> {
  const content = 'content' in part ? part.content : await uploaded(part, api);
  try {
    return await api.say(part, content);
  } catch (error) {
    if (part.target.replyTo === null || !isQuoteGone(error)) throw error;
    return api.say({ ...part, target: { ...part.target, replyTo: null, inTopic: false } }, content);
  }
}

async function uploaded(part: Extract<Part, { file: OutboundMedia }>, api: Api): Promise<string> {
  const { file } = part;
  const bytes = await bytesOf(file);
  try {
    if (part.type === 'image') return JSON.stringify({ image_key: await api.uploadImage(bytes) });
    const key = await api.uploadFile(bytes, file.name, fileTypeOf(file));
    return JSON.stringify({ file_key: key });
  } catch (error) {
    throw unseen(error);
  }
}

async function bytesOf({ path, name, mime }: OutboundMedia): Promise<Buffer> {
  const bytes = path === null ? null : await readFile(path).catch(() => null);
  if (bytes === null) throw new FileTrouble(`the file ${name} can't be read`);
  if (bytes.length === 0) throw new FileTrouble(`the file ${name} is empty`);
  const most = mime.startsWith('image/') ? MAX_IMAGE_BYTES : MAX_UPLOAD_BYTES;
  if (bytes.length > most) throw new FileTrouble(`the file ${name} is over ${most / 1_000_000} MB`);
  return bytes;
}
