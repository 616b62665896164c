/** What the bot says → one line of the bridge. Pure; the order of fields is part of the format. */
import { relative } from 'node:path';
import type { Outbound, OutboundMedia } from '@huiyin/core/port';

export interface EncodeOptions {
  /** Epoch milliseconds → township local time. */
  readonly printTime: (at: number) => string;
  /** Media paths are written relative to it; null writes them as they are. */
  readonly filesDir: string | null;
}

/** After the commit, and after the sends that the line caused here. */
export function encodeHandled(id: string): string {
  return `{"type":"handled","id":${JSON.stringify(id)}}\n`;
}

/** @param line the number of the line in the input, from 1 */
export function encodeError(id: string | null, code: string, line: number, detail: string): string {
  return `${JSON.stringify({ type: 'error', id, code, detail: `line ${line}: ${detail}` })}\n`;
}

export function encodeSend(message: Outbound, options: EncodeOptions): string {
  const single = message.case ?? (message.cases.length === 1 ? message.cases[0] : null);
  const line = {
    type: 'send',
    id: message.id,
    chat: { id: message.chat.id, kind: message.chat.kind },
    replyTo: message.replyTo,
    text: message.text,
    kind: message.kind,
    case: single,
    ...(message.cases.length > 1 ? { cases: message.cases } : {}),
    at: options.printTime(message.at),
    media: message.media.map((item) => mediaOf(item, options.filesDir)),
  };
  return `${JSON.stringify(line)}\n`;
}

function mediaOf(item: OutboundMedia, filesDir: string | null): Record<string, string> {
  if (item.path === null) return { name: item.name };
  const path = filesDir === null ? item.path : relative(filesDir, item.path);
  return { name: item.name, mime: item.mime, path };
}
