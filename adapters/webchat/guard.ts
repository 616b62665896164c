/**
 * Who may talk to the web chat: pages that it served itself, on this machine. A web site elsewhere can make
 * the visitor's browser call 127.0.0.1 (cross-site requests) or give its own name that address (DNS
 * rebinding); Origin and Host tell both.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';

export const TOKEN_HEADER = 'x-webchat-token';

/** No inline script or style, nothing from elsewhere, no frames around the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};

/** The names under which a browser on this machine may know the server. */
export function allowedHosts(port: number): ReadonlySet<string> {
  return new Set(['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`));
}

/** @param port asked at each request: with port 0 it is known only after listening. */
export function sameSite(port: () => number): MiddlewareHandler {
  return async (c, next) => {
    const hosts = allowedHosts(port());
    if (!hosts.has(c.req.header('host') ?? '')) return refuse(c, 403, 'wrong_host');
    const origin = c.req.header('origin');
    // Browsers send Origin with every POST; a request that writes and has none is no page of ours.
    if (origin === undefined && c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      return refuse(c, 403, 'wrong_origin');
    }
    if (origin !== undefined && !isOurs(origin, hosts)) return refuse(c, 403, 'wrong_origin');
    return next();
  };
}

/** Parts other than the start page answer only what the page itself asks for. */
export const noCrossSite: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return refuse(c, 403, 'wrong_origin');
  return next();
};

export function withToken(token: string): MiddlewareHandler {
  return async (c, next) => {
    if (!equal(c.req.header(TOKEN_HEADER) ?? '', token)) return refuse(c, 403, 'wrong_token');
    return next();
  };
}

/** A new one at each start; a page from before it reloads itself. */
export const newToken = (): string => randomBytes(24).toString('base64url');

export type ErrorStatus = 400 | 403 | 404 | 409 | 413 | 415 | 500 | 503;

/** All refusals have one shape; the page has the words for each code. */
export function refuse(
  c: Context,
  status: ErrorStatus,
  error: string,
  detail: string | null = null,
): Response {
  return c.json({ error, detail }, status);
}

function isOurs(origin: string, hosts: ReadonlySet<string>): boolean {
  return origin.startsWith('http://') && hosts.has(origin.slice('http://'.length));
}

function equal(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
