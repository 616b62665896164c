/** A real headless browser out of an npm package: nothing to install, nothing to download at test time. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sparticuz, { inflate } from '@sparticuz/chromium';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/** `no-sandbox`: containers run tests as root, where Chromium's sandbox refuses to start. */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'];

/** The package's Chromium is for Linux on x64; elsewhere, and where CHROMIUM names one, an installed one serves. */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env.CHROMIUM;
  if (named !== undefined) return chromium.launch({ executablePath: named, args: ARGS });
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' });
  const executablePath = await sparticuz.executablePath();
  const missing = { ...(await missingLibraries(executablePath)), ...missingFonts() };
  const env = { ...process.env, ...missing } as Record<string, string>;
  return chromium.launch({ executablePath, args: ARGS, env });
}

/**
 * A bare machine lacks libnss3 and libnspr4. The package carries them for one cloud's machines; they serve
 * here as well, so that no system package is needed. Where the system has them, its own are used.
 */
async function missingLibraries(executable: string): Promise<Record<string, string>> {
  if (spawnSync(executable, ['--version', '--no-sandbox'], { timeout: 20_000 }).status === 0) return {};
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  await inflate(join(entry, '../../bin/al2023.tar.br'));
  return { LD_LIBRARY_PATH: join(tmpdir(), 'al2023', 'lib') };
}

/** Without any font, text has no height and counts as invisible; the package's own serves for that. */
function missingFonts(): Record<string, string> {
  return existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(tmpdir(), 'fonts') };
}
