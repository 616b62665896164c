/** What a message carries that is not its own words: quoted blocks, forwarded records, placeholders of media. */

export interface Parted {
  /** The sender's own words. */
  readonly own: string;
  /** The words quoted in the text itself, as clients without real quotes send them. */
  readonly quote: string | null;
  /** A forwarded record: somebody else's words, not a report of the sender. */
  readonly forwarded: boolean;
  /** A voice message or location pin without words. */
  readonly placeholder: 'voice' | 'location' | null;
}

const RULE = /\n[ \t]*(?:[-—–─_=] ?){5,}[ \t]*(?:\n|$)/u;
const FORWARDED =
  /^[[［【](?:聊天记录|合并转发|转发消息|链接)[\]］】]|^[\u4e00-\u9fff\w]{1,12}(?:和[\u4e00-\u9fff\w]{1,12})?的聊天记录/u;
const PLACEHOLDER =
  /[[［【](语音|语音消息|位置|图片|照片|视频|文件|动画表情|表情|小程序|名片)[\]］】](?:\d{1,3}["”秒]?)?/gu;

/** Sets a WeChat quote (「名：原文」, a rule of dashes, the reply) apart from the reply. */
export function partQuote(text: string): Parted {
  const rule = RULE.exec(text);
  const opens = /^[「“"'『]/u.test(text);
  const quoted = rule !== null && opens ? text.slice(0, rule.index) : null;
  const rest = quoted === null || rule === null ? text : text.slice(rule.index + rule[0].length);
  const kinds = [...rest.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '');
  const own = kinds.length === 0 ? rest : rest.replace(PLACEHOLDER, ' ');
  const bare = own.trim() === '';
  return {
    own: own.trim(),
    quote: quoted === null ? null : quoted.replace(/^[「“"'『]|[」”"'』]\s*$/gu, '').trim(),
    forwarded: FORWARDED.test(rest.trim()),
    placeholder:
      bare && kinds.some((kind) => kind.startsWith('语音'))
        ? 'voice'
        : bare && kinds.includes('位置')
          ? 'location'
          : null,
  };
}
