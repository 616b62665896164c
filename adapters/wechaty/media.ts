/** Photos and files out of messages, bounded, from nowhere that the admin has not named. */
import type { Wire } from '@huiyin/core/kit';
import type { FileBoxInterface } from 'file-box';
import type { Around, WechatyOptions } from './config.ts';
import { MAX_DOWNLOAD_BYTES } from './config.ts';
import type { Puppet } from './puppet.ts';
import { within } from './puppet.ts';

export interface Fetched {
  readonly bytes: Uint8Array;
  /** Only a hint. */
  readonly mime: string | null;
}

const FETCH_MS = 60_000;
/** file-box/src/file-box.type.ts, as numbers: importing it would load a picture library. */
const BOX = { base64: 1, url: 2, uuid: 7 } as const;

type Options = Around & Pick<WechatyOptions, 'mediaHosts'>;

export async function fetchFile(
  puppet: Puppet,
  message: string,
  { options, wire }: { readonly options: Options; readonly wire: Wire },
): Promise<Fetched> {
  return within(options.timers, FETCH_MS, fetch(puppet, message, options, wire));
}

async function fetch(puppet: Puppet, message: string, options: Options, wire: Wire): Promise<Fetched> {
  // Of a message that it does not know the service's client waits for a file for ever.
  await puppet.messagePayload(message);
  const box = await puppet.messageFile(message);
  const mime = mimeOf(box);
  if (box.type === BOX.url) return { bytes: await download(urlOf(box), options, wire), mime };
  // A QR code would be drawn, a path read from this machine's disk.
  if (box.type !== BOX.base64 && box.type !== BOX.uuid) throw new Error('a form of file that is not taken');
  return { bytes: await collect(await box.toStream()), mime };
}

async function collect(stream: AsyncIterable<Uint8Array> & { destroy(): void }): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    length += piece.length;
    if (length > MAX_DOWNLOAD_BYTES) throw new Error('the file is too large');
    pieces.push(piece);
  }
  if (length === 0) throw new Error('the file is empty');
  return Buffer.concat(pieces);
}

/** The service names an address: without the admin's leave it could be any machine, also one of the township's own. */
async function download(url: string, { mediaHosts }: Options, wire: Wire): Promise<Uint8Array> {
  const { host, protocol, hostname } = new URL(url);
  if (!mediaHosts.includes(host)) throw new Error(`${host} is not among mediaHosts`);
  if (protocol !== 'https:' && !['127.0.0.1', 'localhost'].includes(hostname))
    throw new Error('only https addresses are fetched');
  const request = { url, method: 'GET', headers: {}, body: null, signal: null, maxBytes: MAX_DOWNLOAD_BYTES };
  const { status, bytes } = await wire.exchange(request);
  // No redirect is followed: it could lead anywhere.
  if (status !== 200) throw new Error(`HTTP ${status}`);
  return bytes;
}

function urlOf(box: FileBoxInterface): string {
  const json: unknown = box.toJSON();
  return typeof json === 'object' && json !== null && 'url' in json ? String(json.url) : '';
}

const mimeOf = ({ mediaType }: FileBoxInterface): string | null =>
  /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) && mediaType !== 'application/unknown' ? mediaType : null;
