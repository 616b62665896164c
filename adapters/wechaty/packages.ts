/** Wechaty brings 300 packages: a lean installation leaves them out, and then the admin is told in words. */
import { findPackageJSON } from 'node:module';
import type { WechatyConfig } from './config.ts';
import { puppetName } from './words.ts';

type Chosen = Pick<WechatyConfig, 'puppet'>;

/** The first package that is not there; null where all are. */
export function missingPackage(
  { puppet }: Chosen,
  has: (name: string) => boolean = isInstalled,
): string | null {
  return ['wechaty', puppetName(puppet), 'qrcode'].find((name) => !has(name)) ?? null;
}

function isInstalled(name: string): boolean {
  try {
    return findPackageJSON(name, import.meta.url) !== undefined;
  } catch {
    return false;
  }
}
