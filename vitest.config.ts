import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'adapters/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A browser on a busy machine takes its time; what comes at all comes within this.
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', './tests/support/closing-line.ts'],
  },
});
