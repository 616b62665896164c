/** Pictures and files: named by their content, kept in the history. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { OutboundMedia } from '@huiyin/core/port';
import type { WebchatOptions } from './config.ts';
import { photoMime } from './decode.ts';

/** Null where the run keeps no files, or the file can't be read. */
export async function keepFile(options: WebchatOptions, media: OutboundMedia): Promise<string | null> {
  if (media.path === null) return null;
  try {
    const bytes = await readFile(media.path);
    const ref = `${createHash('sha256').update(bytes).digest('hex')}.${ending(media.name)}`;
    options.history.keepPhoto(ref, { mime: media.mime, bytes });
    return ref;
  } catch (error) {
    options.log.warn('an attachment could not be read', { name: media.name, error });
    return null;
  }
}

const ending = (name: string): string => /\.([0-9a-z]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? 'bin';

/** A photo from the page: its kind is read from its first bytes, never from what the page says. */
export function photoRef(bytes: Uint8Array): { readonly ref: string; readonly mime: string } | null {
  const kind = photoKind(Buffer.from(bytes.subarray(0, 12)).toString('latin1'));
  if (kind === null) return null;
  const ref = `${createHash('sha256').update(bytes).digest('hex')}.${kind}`;
  return { ref, mime: photoMime(ref) };
}

function photoKind(head: string): 'jpg' | 'png' | 'gif' | 'webp' | null {
  if (head.startsWith('\xff\xd8\xff')) return 'jpg';
  if (head.startsWith('\x89PNG\r\n')) return 'png';
  if (head.startsWith('GIF8')) return 'gif';
  return head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' ? 'webp' : null;
}
