/** From the core's `Outbound` to the messages that put it into the chat, in order. Pure; files are read when they go. */
import type { Outbound, OutboundMedia } from '@huiyin/core/port';

export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'file'; readonly file: OutboundMedia };

/**
 * Nobody is mentioned: WeChat calls people by a list of ids beside the text, which stays empty, so that "@所有人" in
 * what a resident wrote and we repeat calls nobody. There are no buttons; the core's words name the commands.
 */
export function encode({ text, media }: Pick<Outbound, 'text' | 'media'>): readonly Part[] {
  const words: readonly Part[] = text === '' ? [] : [{ type: 'text', text }];
  const files = media.filter(({ path }) => path !== null).map((file): Part => ({ type: 'file', file }));
  return [...words, ...files];
}

/** What an own message that comes back is recognised by; clients change spaces and line ends. */
export const echoOf = (part: { readonly type: string; readonly text?: string | null }): string =>
  part.type === 'text' ? `t:${(part.text ?? '').replaceAll(/\s+/g, '')}` : 'f';
