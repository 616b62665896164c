#!/usr/bin/env node
// Plain JavaScript, so that an old Node reads it and can say what is missing. better-sqlite3 13 crashes
// the whole process on Node 20, and Node before 22.18 does not run TypeScript: hence before any import.
const OLDEST = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major < OLDEST) {
  process.stderr.write(
    `回音需要 Node ${OLDEST} 以上，现在是 ${process.versions.node}：请在项目目录里先 npm install，再用 npx huiyin。` +
      ` Huiyin needs Node ${OLDEST} or newer, this is ${process.versions.node}: run npm install here, then npx huiyin.\n`,
  );
  process.exitCode = 1;
} else {
  // Keeps what was compiled and stripped of types: the next start takes half the time. Failing is no harm.
  const { enableCompileCache } = await import('node:module');
  const { fileURLToPath } = await import('node:url');
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/huiyin', import.meta.url)));
  const { main } = await import('../src/main.ts');
  process.exitCode = await main(process.argv.slice(2));
}
