/**
 * From the core's `Outbound` to the calls that put it into the chat, in order. Pure; files are read when they go.
 * Always the robot's send API: the `sessionWebhook` of a message ends after some hours, tells no id, and would have
 * to be kept like a password. https://open.dingtalk.com/document/orgapp/the-robot-sends-a-group-message
 */
import type { Outbound, OutboundMedia } from '@huiyin/core/port';

export interface Call {
  readonly path: string;
  /** Beside the message: who or where. */
  readonly to: Readonly<Record<string, unknown>>;
}

export interface FilePart {
  readonly type: 'image' | 'file';
  readonly file: OutboundMedia;
}

export type Part = { readonly type: 'text'; readonly text: string } | FilePart;

/** What DingTalk calls a message: the name of a built-in template, and its values as JSON. */
export interface Said {
  readonly msgKey: 'sampleText' | 'sampleImageMsg' | 'sampleFile';
  readonly msgParam: string;
}

/** To the chat that the core named, whatever the address says. */
export const callOf = ({ chat }: Outbound): Call =>
  chat.kind === 'group'
    ? { path: '/v1.0/robot/groupMessages/send', to: { openConversationId: chat.id } }
    : { path: '/v1.0/robot/oToMessages/batchSend', to: { userIds: [chat.id] } };

export function encode({ text, media }: Outbound): readonly Part[] {
  const files = media.filter(({ path }) => path !== null);
  return [
    ...(text === '' ? [] : [{ type: 'text', text } as const]),
    ...files.map((file): Part => ({ type: isPicture(file) ? 'image' : 'file', file })),
  ];
}

/** `sampleText` is shown as it stands: "@所有人" in it calls nobody, and no marks are read. */
export const saidText = (text: string): Said => ({
  msgKey: 'sampleText',
  msgParam: JSON.stringify({ content: text }),
});

/** @param mediaId what uploading it answered */
export function saidFile(part: FilePart, mediaId: string): Said {
  if (part.type === 'image')
    return { msgKey: 'sampleImageMsg', msgParam: JSON.stringify({ photoURL: mediaId }) };
  const { name } = part.file;
  return {
    msgKey: 'sampleFile',
    msgParam: JSON.stringify({ mediaId, fileName: name, fileType: endingOf(name) }),
  };
}

/** `media/upload`, type image: "jpg、gif、png、bmp". */
const isPicture = ({ mime }: OutboundMedia): boolean => /^image\/(?:jpeg|png|gif|bmp)$/.test(mime);

/** `media/upload`, type file. Others it refuses. */
const ENDINGS = new Set(['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'zip', 'pdf', 'rar']);

export const canBeSent = (part: FilePart): boolean =>
  part.type === 'image' || ENDINGS.has(endingOf(part.file.name));

const endingOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
