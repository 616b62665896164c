/**
 * What people write to the app, as its callback brings it → what it says to the core. Pure and total.
 * https://developer.work.weixin.qq.com/document/path/90239 (messages), 90240 (events)
 */
import { createHash } from 'node:crypto';
import type { Inbound, InboundMedia } from '@huiyin/core/port';
import { appMediaRef } from './decode.ts';

export interface AppContext {
  readonly account: string;
  readonly corpId: string;
  readonly agentId: number;
}

export type Fields = ReadonlyMap<string, string>;

/** Null where it is for another app, or says nothing. */
export function decodeApp(fields: Fields, context: AppContext): Inbound | null {
  const field = (name: string): string => fields.get(name) ?? '';
  if (field('ToUserName') !== context.corpId || field('AgentID') !== String(context.agentId)) return null;
  const person = field('FromUserName');
  if (person === '') return null;
  const common = {
    account: context.account,
    chat: { id: person, kind: 'direct' },
    sender: { id: person, name: null, isSelf: false, isBot: false },
    quote: null,
    platformTime: timeOf(field('CreateTime')),
    address: { road: 'app' },
  } as const;
  if (field('MsgType') === 'event') {
    if (field('Event') !== 'template_card_event' || field('EventKey') === '') return null;
    return {
      ...common,
      eventKey: `a:${pressId(fields)}`,
      kind: 'action',
      messageId: null,
      text: field('EventKey'),
      mentionsBot: true,
      media: [],
    };
  }
  const id = field('MsgId');
  const media = mediaOf(fields);
  const text = field('MsgType') === 'text' ? field('Content').trim() : '';
  if (id === '' || (text === '' && media.length === 0)) return null;
  return { ...common, eventKey: `m:${id}`, kind: 'message', messageId: id, text, mentionsBot: false, media };
}

/** Events have no id of their own; who, when and what tell one press from another. */
const pressId = (fields: Fields): string =>
  createHash('sha256')
    .update(['FromUserName', 'CreateTime', 'TaskId', 'EventKey'].map((name) => fields.get(name)).join('\n'))
    .digest('hex')
    .slice(0, 40);

function timeOf(seconds: string): number | null {
  return /^[1-9]\d{0,11}$/.test(seconds) ? Number(seconds) * 1_000 : null;
}

function mediaOf(fields: Fields): readonly InboundMedia[] {
  const type = fields.get('MsgType') ?? '';
  if (type === 'location') {
    const place =
      fields.get('Label') || `${fields.get('Location_X') ?? ''},${fields.get('Location_Y') ?? ''}`;
    return [{ kind: 'location', name: place, mime: null, ref: null }];
  }
  const media = fields.get('MediaId') ?? '';
  if (media === '' || (type !== 'image' && type !== 'voice' && type !== 'video')) return [];
  return [{ kind: type, name: null, mime: null, ref: appMediaRef(media) }];
}
