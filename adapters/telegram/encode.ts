/** From the core's `Outbound` to the calls that put it into the chat, in order. Pure; files are read when they go. */
import type { Outbound, OutboundMedia } from '@huiyin/core/port';
import { MAX_CALLBACK_BYTES, MAX_CAPTION, MAX_TEXT } from './config.ts';
import { cutAtLines } from './cut.ts';

/** Where it goes, in Telegram's numbers. */
export interface Target {
  readonly chatId: number | string;
  readonly threadId: number | null;
  readonly replyTo: number | null;
}

export interface Keyboard {
  readonly inline_keyboard: readonly (readonly { readonly text: string; readonly callback_data: string }[])[];
}

export interface Common {
  readonly chat_id: number | string;
  readonly message_thread_id?: number;
  readonly reply_parameters?: { readonly message_id: number; readonly allow_sending_without_reply: true };
  readonly reply_markup?: Keyboard;
}

export type Part =
  | { readonly method: 'sendMessage'; readonly payload: Common & TextPayload }
  | {
      readonly method: 'sendPhoto' | 'sendDocument' | 'sendMediaGroup';
      readonly payload: Common & { readonly caption?: string };
      readonly files: readonly OutboundMedia[];
    };

interface TextPayload {
  readonly text: string;
  readonly link_preview_options: { readonly is_disabled: true };
}

/** Telegram's albums hold two to ten files, photos and documents apart. */
const ALBUM = 10;

export function encode(message: Outbound, target: Target): readonly Part[] {
  const files = message.media.filter(({ path }) => path !== null);
  const [only, ...others] = files;
  const keyboard = keyboardOf(message);
  if (only && others.length === 0 && message.text.length <= MAX_CAPTION) {
    const payload = {
      ...common(target, keyboard),
      ...(message.text === '' ? {} : { caption: message.text }),
    };
    return [{ method: methodOf(only), payload, files }];
  }
  const texts = cutAtLines(message.text, MAX_TEXT);
  const said = texts.map((text, i): Part => {
    const here = { ...target, replyTo: i === 0 ? target.replyTo : null };
    // Under the last part: it stands beside what people have read to the end.
    const payload = { text, link_preview_options: { is_disabled: true } as const };
    return {
      method: 'sendMessage',
      payload: { ...common(here, i === texts.length - 1 ? keyboard : null), ...payload },
    };
  });
  return [...said, ...fileParts(files, said.length === 0 ? target : { ...target, replyTo: null })];
}

function fileParts(files: readonly OutboundMedia[], target: Target): readonly Part[] {
  const photos = files.filter((file) => methodOf(file) === 'sendPhoto');
  const documents = files.filter((file) => methodOf(file) === 'sendDocument');
  const groups = [...groupsOf(photos), ...groupsOf(documents)];
  return groups.map((group, i): Part => {
    const payload = common(i === 0 ? target : { ...target, replyTo: null }, null);
    const [first] = group;
    return { method: group.length > 1 || !first ? 'sendMediaGroup' : methodOf(first), payload, files: group };
  });
}

function groupsOf(files: readonly OutboundMedia[]): OutboundMedia[][] {
  const count = Math.ceil(files.length / ALBUM);
  return Array.from({ length: count }, (_, i) => files.slice(i * ALBUM, (i + 1) * ALBUM));
}

/** Other pictures (SVG, BMP) Telegram takes as documents only. */
export const methodOf = ({ mime }: OutboundMedia): 'sendPhoto' | 'sendDocument' =>
  /^image\/(?:jpeg|png|webp)$/.test(mime) ? 'sendPhoto' : 'sendDocument';

function common({ chatId, threadId, replyTo }: Target, keyboard: Keyboard | null): Common {
  return {
    chat_id: chatId,
    ...(threadId === null ? {} : { message_thread_id: threadId }),
    // The quoted message may have been deleted since: the answer goes all the same.
    ...(replyTo === null
      ? {}
      : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true as const } }),
    ...(keyboard === null ? {} : { reply_markup: keyboard }),
  };
}

/** Wider rows are cut off with "…" on a phone. */
const ROW = 3;

/** A command too long for Telegram has no button: the words above say how to type it. */
function keyboardOf({ buttons }: Outbound): Keyboard | null {
  const fitting = buttons.filter(({ command }) => {
    const bytes = Buffer.byteLength(command);
    return bytes > 0 && bytes <= MAX_CALLBACK_BYTES;
  });
  if (fitting.length === 0) return null;
  const keys = fitting.map(({ label, command }) => ({ text: label, callback_data: command }));
  const rows = Array.from({ length: Math.ceil(keys.length / ROW) }, (_, i) =>
    keys.slice(i * ROW, (i + 1) * ROW),
  );
  return { inline_keyboard: rows };
}
