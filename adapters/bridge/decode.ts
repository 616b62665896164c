/** One line of the bridge → what it says. Pure; shapes are docs/bridge.md's, to the letter. */
import { createHash } from 'node:crypto';
import type { Inbound } from '@huiyin/core/port';
import { z } from 'zod';
import type { InputLine } from './lines.ts';

export type Decoded =
  | { readonly type: 'inbound'; readonly id: string; readonly inbound: Inbound }
  | { readonly type: 'ack'; readonly id: string }
  /** Moves the simulation's clock; means nothing to a running bot. */
  | { readonly type: 'clock'; readonly at: number }
  | { readonly type: 'bad'; readonly id: string | null; readonly detail: string };

export interface DecodeOptions {
  readonly account: string;
  /** Null where the text is no time. */
  readonly readTime: (text: string) => number | null;
  /** `simulate` knows `clock` lines and needs a time on every line. */
  readonly simulated: boolean;
}

const id = z.string().min(1).max(512);
const chat = z.object({ id, kind: z.enum(['group', 'direct']) });
const from = z.object({ id, name: z.string().nullish() });
const at = z.string().nullish();

const media = z.object({
  kind: z.enum(['image', 'voice', 'video', 'file', 'location']),
  name: z.string().nullish(),
  mime: z.string().nullish(),
  path: z.string().nullish(),
});

const message = z.object({
  id,
  chat,
  from,
  at,
  text: z.string().nullish(),
  mentionsBot: z.boolean().nullish(),
  quote: z.object({ id: z.string().nullish(), text: z.string().nullish() }).nullish(),
  media: z.array(media).max(100).nullish(),
});
const edit = message.extend({ text: z.string() });
const recall = z.object({ id, chat, from, at });

const TYPES = ['message', 'edit', 'recall', 'ack'];

const FLAWS = { too_long: 'longer than 1 MB', not_utf8: 'not UTF-8' } as const;

/** A line as the splitter gives it, its flaw included. */
export function decodeLine(line: InputLine, options: DecodeOptions): Decoded {
  return 'flaw' in line ? bad(null, FLAWS[line.flaw]) : decode(line.text, options);
}

/** Never throws: whatever stands in a line, the run goes on with the next one. */
export function decode(line: string, options: DecodeOptions): Decoded {
  const value = parsed(line);
  if (value === undefined) return bad(null, 'not valid JSON');
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return bad(null, 'not a JSON object');
  const object = value as Record<string, unknown>;
  const lineId = typeof object.id === 'string' ? object.id : null;
  switch (object.type) {
    case 'message':
      return decoded(message, object, lineId, options, (line, at) => inboundOf('message', line, at, options));
    case 'edit':
      return decoded(edit, object, lineId, options, (line, at) => inboundOf('edit', line, at, options));
    case 'recall':
      return decoded(recall, object, lineId, options, (line, at) => inboundOf('recall', line, at, options));
    case 'ack':
      return lineId === null ? bad(null, 'id is missing') : { type: 'ack', id: lineId };
    case 'clock':
      if (options.simulated) return clock(object, options);
  }
  const known = options.simulated ? [...TYPES, 'clock'] : TYPES;
  return bad(
    lineId,
    object.type === undefined ? 'type is missing' : `type must be one of ${known.join(', ')}`,
  );
}

type Timed = z.infer<typeof recall>;

function decoded<T extends Timed>(
  schema: z.ZodType<T>,
  object: unknown,
  lineId: string | null,
  options: DecodeOptions,
  make: (line: T, at: number | null) => Inbound,
): Decoded {
  const result = schema.safeParse(object, { reportInput: true });
  if (!result.success) return bad(lineId, inWords(result.error.issues[0]));
  const line = result.data;
  if (line.at === undefined || line.at === null) {
    return options.simulated ? bad(lineId, 'at is missing') : accepted(line.id, make(line, null));
  }
  const time = options.readTime(line.at);
  return time === null ? bad(lineId, NO_TIME) : accepted(line.id, make(line, time));
}

const NO_TIME = 'at is not a time like 2026-11-02T08:30:00+08:00';

function accepted(id: string, inbound: Inbound): Decoded {
  return { type: 'inbound', id, inbound };
}

function clock(object: Record<string, unknown>, options: DecodeOptions): Decoded {
  if (object.at === undefined) return bad(null, 'at is missing');
  const time = typeof object.at === 'string' ? options.readTime(object.at) : null;
  return time === null ? bad(null, NO_TIME) : { type: 'clock', at: time };
}

type Line = Timed & Partial<z.infer<typeof message>>;

function inboundOf(
  kind: 'message' | 'edit' | 'recall',
  line: Line,
  time: number | null,
  options: DecodeOptions,
): Inbound {
  return {
    eventKey: eventKey(kind, line),
    kind,
    account: options.account,
    chat: line.chat,
    sender: { id: line.from.id, name: line.from.name ?? null, isSelf: false, isBot: false },
    messageId: line.id,
    text: line.text ?? '',
    mentionsBot: line.mentionsBot ?? false,
    quote: line.quote ? { id: line.quote.id ?? null, text: line.quote.text ?? null } : null,
    media: (line.media ?? []).map((item) => ({
      kind: item.kind,
      name: item.name ?? null,
      mime: item.mime ?? null,
      ref: item.path ?? null,
    })),
    platformTime: time,
    address: {},
  };
}

/** An edit is told from its repetition by what it says and when, since it has no id of its own. */
function eventKey(kind: 'message' | 'edit' | 'recall', line: Line): string {
  if (kind === 'message') return `m:${line.id}`;
  if (kind === 'recall') return `r:${line.id}`;
  const digest = createHash('sha256')
    .update(`${line.at ?? ''}\n${line.text ?? ''}`)
    .digest('hex');
  return `e:${line.id}:${digest.slice(0, 16)}`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function bad(id: string | null, detail: string): Decoded {
  return { type: 'bad', id, detail };
}

/** `from.id is missing`: the first thing that is wrong, without quoting what a person wrote. */
function inWords(issue: z.core.$ZodIssue | undefined): string {
  if (!issue) return 'not a bridge line';
  const field = issue.path
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : i ? `.${String(key)}` : String(key)))
    .join('');
  if (issue.input === undefined) return `${field} is missing`;
  if (issue.code === 'invalid_type') return `${field} must be ${ARTICLE[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `${field} must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return `${field} is empty`;
  if (issue.code === 'too_big') return `${field} is longer than ${issue.maximum}`;
  return `${field} is not as docs/bridge.md says`;
}

const ARTICLE: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
