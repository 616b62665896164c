/**
 * Only src/kernel/clock.ts reads the machine's clock, arms timers or draws chance: a simulation must print
 * the same bytes twice, and a year must pass in seconds. Code that a browser runs (`page/`, `public/`, `static/`)
 * is not ours to simulate.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';

const ALLOWED = join('src', 'kernel', 'clock.ts');
const SKIPPED_FOLDERS = new Set(['node_modules', 'page', 'public', 'static']);

const FORBIDDEN: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Date.now', /\bDate\s*\.\s*now\b/],
  ['new Date()', /\bnew\s+Date\s*(?:\(\s*\)|(?![\w\s(]))/],
  ['Date()', /(?<![\w.]|new\s{1,9})Date\s*\(\s*\)/],
  ['setTimeout', /\bsetTimeout\b/],
  ['setInterval', /\bsetInterval\b/],
  ['node:timers', /['"](?:node:)?timers(?:\/promises)?['"]/],
  ['Math.random', /\bMath\s*\.\s*random\b/],
  ['randomUUID', /\brandomUUID\b/],
];

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : sources(path);
    return /\.(?:ts|mts|js|mjs)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

/** Comments may speak of what code may not do. */
function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

function offences(code: string): string[] {
  const bare = withoutComments(code);
  return FORBIDDEN.filter(([, pattern]) => pattern.test(bare)).map(([name]) => name);
}

test('the clock, timers and chance are asked for in one place', () => {
  const files = [...sources('src'), ...sources('adapters')];
  expect(files.length).toBeGreaterThan(10);
  expect(files).toContain(ALLOWED);
  const found = files
    .filter((path) => path !== ALLOWED)
    .flatMap((path) =>
      offences(readFileSync(path, 'utf8')).map((name) => `${path.split(sep).join('/')}: ${name}`),
    );
  expect(found).toEqual([]);
});

test.each([
  ['const at = Date.now();', ['Date.now']],
  ['const at = new Date();', ['new Date()']],
  ['const at = new Date;', ['new Date()']],
  ['const at = new Date( );', ['new Date()']],
  ['const text = Date();', ['Date()']],
  ['setTimeout(run, 5);', ['setTimeout']],
  ["import { setTimeout as sleep } from 'node:timers/promises';", ['setTimeout', 'node:timers']],
  ['const chance = Math.random();', ['Math.random']],
  ['crypto.randomUUID()', ['randomUUID']],
  ['const at = new Date(now).toISOString();', []],
  ['// never Date.now() here', []],
  ['/** not setTimeout */ clearTimeout(handle);', []],
])('the search finds %s', (code, expected) => {
  expect(offences(code)).toEqual(expected);
});
