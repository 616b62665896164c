/**
 * The log: JSON lines on stderr (stdout belongs to the bridge), through pino. pino is loaded at the first
 * line that is really written, since most runs of the command line write none and it costs start-up time.
 *
 * Secrets and people's words never reach it: fields with a telling name are replaced at any depth, and
 * tokens and personal numbers inside strings are masked (a platform's token often stands in its address).
 * Level by HUIYIN_LOG (trace … fatal, silent); `info` without it, silent under a test runner.
 */
import { createRequire } from 'node:module';
import type { Logger as PinoLogger } from 'pino';
import { mask } from './masking.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LEVELS)[number];
type WritingLevel = Exclude<LogLevel, 'silent'>;
export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger whose lines carry `name`, below that of its parent: `adapter.telegram`. */
  child(name: string): Logger;
}

/** Where a line goes: pino in the program, a list in a test. */
export type LogSink = (level: WritingLevel, fields: LogFields, message: string) => void;

const REMOVED = '[removed]';
const SECRET_KEY =
  /token|secret|authorization|cookie|passw|passphrase|phone|mobile|id_?card|api_?key|private_?key/i;
/** Names that would be too greedy as a part: `context` contains `text`. */
const SECRET_WORDS = new Set(['text', 'texts', 'rawtext', 'quotetext', 'key', 'content', 'body']);
const DEEPEST = 6;

const SECRETS_IN_STRINGS: readonly (readonly [RegExp, string])[] = [
  [/\b((?:access_|api_)?(?:token|secret|key|sign|password|ticket)=)[^&\s"']+/gi, `$1${REMOVED}`],
  [/\b(Bearer\s+)[\w.~+/=-]+/gi, `$1${REMOVED}`],
  // An address with a login: postgres://user:password@host, a proxy's too.
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:)[^\s/]+@/gi, `$1${REMOVED}@`],
  // Telegram puts the bot's token into the path of each call: /bot123456:AA…/sendMessage.
  [/\b(bot\d{5,}:)[\w-]{20,}/g, `$1${REMOVED}`],
];

/** The level that an environment asks for; an unknown word counts as `info`. */
export function levelFrom(env: Readonly<Record<string, string | undefined>>): LogLevel {
  const asked = LEVELS.find((level) => level === env.HUIYIN_LOG?.trim().toLowerCase());
  return asked ?? (env.VITEST === undefined ? 'info' : 'silent');
}

/** A copy that may be written: telling fields replaced, strings masked, errors as plain fields. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactedText(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (depth >= DEEPEST) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return redactedError(value, depth);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isSecret(key) ? REMOVED : redacted(inner, depth + 1)]),
  );
}

export function redactedText(text: string): string {
  return mask(SECRETS_IN_STRINGS.reduce((left, [pattern, shown]) => left.replace(pattern, shown), text));
}

/** A logger over a sink; `log` below is the one of the program. */
export function createLogger(sink: LogSink, name?: string): Logger {
  const write =
    (level: WritingLevel) =>
    (message: string, fields: LogFields = {}): void =>
      sink(
        level,
        { ...(name === undefined ? {} : { name }), ...asFields(redacted(fields)) },
        redactedText(message),
      );
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (below) => createLogger(sink, name === undefined ? below : `${name}.${below}`),
  };
}

let pino: PinoLogger | undefined;

const toStderr: LogSink = (level, fields, message) => {
  const asked = levelFrom(process.env);
  if (LEVELS.indexOf(level) < LEVELS.indexOf(asked)) return;
  pino ??= openPino();
  pino[level](fields, message);
};

export const log: Logger = createLogger(toStderr);

function openPino(): PinoLogger {
  const load = createRequire(import.meta.url)('pino') as typeof import('pino');
  const { pino: create, destination, stdTimeFunctions } = load;
  // Synchronous, so that the last lines before an exit are not lost.
  const serializers = { err: (plain: unknown) => plain };
  const options = { level: 'trace', base: null, timestamp: stdTimeFunctions.isoTime, serializers };
  return create(options, destination({ fd: 2, sync: true }));
}

function redactedError(error: Error, depth: number): LogFields {
  const { name, message, stack, cause, ...rest } = error;
  return {
    name,
    message: redactedText(message),
    stack: stack === undefined ? undefined : redactedText(stack),
    ...(cause === undefined ? {} : { cause: redacted(cause, depth + 1) }),
    ...asFields(redacted(rest, depth + 1)),
  };
}

function isSecret(key: string): boolean {
  return SECRET_KEY.test(key) || SECRET_WORDS.has(key.replaceAll('_', '').toLowerCase());
}

function asFields(value: unknown): LogFields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
