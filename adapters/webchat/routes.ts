/** The addresses of the web chat: the page, its files, and what the page asks for. */
import { readFileSync } from 'node:fs';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { photoRef } from './attachments.ts';
import type { WebchatOptions } from './config.ts';
import { BOT_NAME } from './config.ts';
import { pageRequest } from './decode.ts';
import type { PageMessage } from './encode.ts';
import { toPage } from './encode.ts';
import { noCrossSite, refuse, sameSite, securityHeaders, withToken } from './guard.ts';
import type { KeptMessage, WebchatHistory } from './history.ts';
import { sections } from './posts.ts';
import type { Session } from './session.ts';
import type { Hub } from './stream.ts';

const JSON_LIMIT = 128 * 1024;
const PHOTO_LIMIT = 8 * 1024 * 1024;
const MOST_LISTED = 100;

const FOLDER = new URL('./page/', import.meta.url);
const TYPES = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' } as const;
/** Named one by one: nothing else in the folder, and nothing outside it, can be asked for. */
const FILES = [
  'app.js',
  'api.js',
  'board.js',
  'chat.js',
  'composer.js',
  'delivery.js',
  'dom.js',
  'message.js',
  'notices.js',
  'people.js',
  'state.js',
  'suggestions.js',
  'words.js',
  'base.css',
  'frame.css',
  'chat.css',
  'messages.css',
  'composer.css',
  'panels.css',
  'icon.svg',
] as const;

export interface Routed {
  readonly options: WebchatOptions;
  readonly session: Session;
  readonly hub: Hub;
  readonly token: string;
  readonly port: () => number;
}

export function routes(given: Routed): Hono {
  const app = new Hono();
  app.use(securityHeaders, sameSite(given.port));
  app.get('/', (c) => c.html(startPage(given)));
  for (const file of FILES) app.get(`/${file}`, (c) => staticFile(c, file));
  app.use('/api/*', noCrossSite);
  // Pictures stand in `src`, which carries no header; their names can't be guessed.
  app.get('/api/photos/:ref', (c) => photo(c, given.options.history));
  app.use('/api/*', withToken(given.token));
  reading(app, given);
  writing(app, given);
  app.notFound((c) => refuse(c, 404, 'not_found'));
  app.onError((error, c) => {
    given.options.log.error('a request of the web chat failed', { path: c.req.path, error });
    return refuse(c, 500, 'failed');
  });
  return app;
}

function reading(app: Hono, { options, hub }: Routed): void {
  const { history } = options;
  app.get('/api/state', (c) => c.json(state(options)));
  app.get('/api/messages', (c) => {
    const before = Number(c.req.query('before')) || null;
    const limit = Math.min(MOST_LISTED, Number(c.req.query('limit')) || 40);
    const kept = history.list(c.req.query('chat') ?? '', before, limit);
    return c.json({
      messages: kept.map((message) => forPage(history, message)),
      more: kept.length === limit,
    });
  });
  app.get('/api/board', async (c) => {
    const rows = options.board ? await options.board() : [];
    return c.json({ rows: rows.slice(0, MOST_LISTED), total: rows.length, now: options.clock.now() });
  });
  app.get('/api/stream', (c) => {
    const last = Number(c.req.header('last-event-id')) || 0;
    return c.body(hub.open(last), 200, { 'content-type': 'text/event-stream; charset=utf-8' });
  });
}

function writing(app: Hono, { options, session }: Routed): void {
  const tooLarge = (c: Context) => refuse(c, 413, 'too_large');
  app.post('/api/messages', bodyLimit({ maxSize: JSON_LIMIT, onError: tooLarge }), async (c) => {
    const request = pageRequest.safeParse(await c.req.json().catch(() => null));
    if (!request.success) return refuse(c, 400, 'bad_request', request.error.issues[0]?.message ?? null);
    const taking = await session.take(request.data);
    if ('refused' in taking) return refuse(c, 409, taking.refused);
    // The page keeps the message and offers to send it again: the same id, so nothing is doubled.
    if ('failed' in taking) return refuse(c, 503, 'not_taken');
    return c.json({ message: forPage(options.history, taking.message) });
  });
  app.post('/api/photos', bodyLimit({ maxSize: PHOTO_LIMIT, onError: tooLarge }), async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const named = photoRef(bytes);
    if (!named) return refuse(c, 415, 'not_a_photo');
    options.history.keepPhoto(named.ref, { mime: named.mime, bytes });
    return c.json({ ref: named.ref });
  });
}

function state(options: WebchatOptions): Record<string, unknown> {
  const newest = options.history.newest();
  return {
    bot: BOT_NAME,
    township: options.township ?? null,
    timezone: options.timezone ?? 'Asia/Shanghai',
    now: options.clock.now(),
    revision: options.history.revision(),
    hasBoard: options.board !== undefined,
    chats: options.chats,
    sections: sections(options.people()),
    newest: newest.map((message) => forPage(options.history, message)),
  };
}

function forPage(history: WebchatHistory, message: KeptMessage): PageMessage {
  return toPage(message, (id) => history.find(message.chat, id));
}

function photo(c: Context, history: WebchatHistory): Response {
  const kept = history.photo(c.req.param('ref') ?? '');
  if (!kept) return refuse(c, 404, 'not_found');
  const shown = kept.mime.startsWith('image/') && kept.mime !== 'image/svg+xml';
  return c.body(new Uint8Array(kept.bytes), 200, {
    'content-type': shown ? kept.mime : 'application/octet-stream',
    'content-disposition': shown ? 'inline' : 'attachment',
    // Named by their content: the same name is the same picture for ever.
    'cache-control': 'private, max-age=31536000, immutable',
  });
}

function startPage({ options, token }: Routed): string {
  const page = readFileSync(new URL('index.html', FOLDER), 'utf8');
  return page.replace('%TOKEN%', token).replace('lang="zh-CN"', `lang="${options.locale ?? 'zh-CN'}"`);
}

function staticFile(c: Context, file: (typeof FILES)[number]): Response {
  const type = TYPES[file.slice(file.lastIndexOf('.') + 1) as keyof typeof TYPES];
  const body = readFileSync(new URL(file, FOLDER), 'utf8');
  return c.body(body, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' });
}
