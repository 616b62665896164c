/** A message's pictures and files. Their `file_id` is what `fetchMedia` gets back. */
import type { InboundMedia, MediaKind } from '@huiyin/core/port';
import type { Message } from './update.ts';

type FileLike = NonNullable<Message['document']>;

export function mediaOf(message: Message): readonly InboundMedia[] {
  const { photo, animation, document, video, video_note: round, voice, audio } = message;
  const found = [
    photoOf(photo),
    fileOf('video', animation),
    // An animation comes as a document too, for old clients.
    animation ? null : fileOf(kindOf(document), document),
    fileOf('video', video),
    fileOf('video', round),
    fileOf('voice', voice),
    fileOf('file', audio),
    locationOf(message),
  ];
  return found.filter((item) => item !== null);
}

/** Telegram makes several sizes of a photo: the largest, always JPEG. */
function photoOf(sizes: Message['photo']): InboundMedia | null {
  const [largest] = [...(sizes ?? [])].sort((a, b) => area(b) - area(a));
  return largest ? { kind: 'image', name: null, mime: 'image/jpeg', ref: largest.file_id } : null;
}

const area = ({ width, height }: { width?: number | undefined; height?: number | undefined }): number =>
  (width ?? 0) * (height ?? 0);

function fileOf(kind: MediaKind, file: FileLike | undefined): InboundMedia | null {
  if (!file) return null;
  return { kind, name: file.file_name ?? null, mime: file.mime_type ?? null, ref: file.file_id };
}

/** A photo sent "as a file" is a picture all the same. */
const kindOf = (file: FileLike | undefined): MediaKind =>
  file?.mime_type?.startsWith('image/') ? 'image' : 'file';

function locationOf({ location, venue }: Message): InboundMedia | null {
  if (!location) return null;
  const named = [venue?.title, venue?.address].filter((part) => part).join(' ');
  const name = named === '' ? `${location.latitude},${location.longitude}` : named;
  return { kind: 'location', name, mime: null, ref: null };
}

const MIME: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  mp4: 'video/mp4',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
};

/** From Telegram's own `file_path`: it answers downloads with `application/octet-stream`. */
export const mimeOfPath = (path: string): string | null =>
  MIME[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? null;
