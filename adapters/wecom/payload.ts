/**
 * The parts of the bot's frames that are used. https://developer.work.weixin.qq.com/document/path/101463 and, for
 * messages, https://developer.work.weixin.qq.com/document/path/100719
 */
import { z } from 'zod';

const id = z.string().min(1).max(512);
const words = z.object({ content: z.string() });
/** Lives for five minutes; what lies there is encrypted with the key beside it. */
const resource = z.object({ url: z.string().max(4_096), aeskey: z.string().max(128).nullish() });

const item = z.object({ msgtype: z.string(), text: words.nullish(), image: resource.nullish() });
const mixed = z.object({ msg_item: z.array(item).max(100) });

const content = {
  msgtype: z.string(),
  text: words.nullish(),
  voice: words.nullish(),
  image: resource.nullish(),
  file: resource.nullish(),
  video: resource.nullish(),
  mixed: mixed.nullish(),
};
const body = z.object(content);
export type Content = z.output<typeof body>;
export type Resource = z.output<typeof resource>;

const place = {
  msgid: id,
  aibotid: z.string().max(512).nullish(),
  /** Groups alone have one. */
  chatid: id.nullish(),
  chattype: z.string().nullish(),
  from: z.object({ userid: id }),
  create_time: z.number().nullish(),
};
export type Place = Readonly<{
  msgid: string;
  chatid?: string | null | undefined;
  chattype?: string | null | undefined;
  from: { readonly userid: string };
  create_time?: number | null | undefined;
}>;

const headers = z.object({ req_id: z.string().max(512).nullish() }).nullish();

export const received = z.object({
  headers,
  body: z.object({ ...place, ...content, quote: body.nullish() }),
});

const press = z.object({
  event_key: z.string().min(1).max(1_024).nullish(),
  task_id: z.string().max(256).nullish(),
});

export const pressed = z.object({
  headers,
  body: z.object({
    ...place,
    // What the documentation nests, some clients send flat.
    event: press.extend({
      eventtype: z.literal('template_card_event'),
      template_card_event: press.nullish(),
    }),
  }),
});
