/** Random people, random words, random times: the promise of the domain holds after every line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../src/port.ts';
import { World } from '../support/world.ts';
import { type Action, action, inboundOf } from './actions.ts';
import { holds } from './promise.ts';

const RUNS = Number(process.env.HUIYIN_MODEL_RUNS ?? 40);
const SEED = Number(process.env.HUIYIN_MODEL_SEED ?? 20261102);

async function play(world: World, actions: readonly Action[], after: () => Promise<void>): Promise<void> {
  const said: Inbound[] = [];
  for (const act of actions) {
    const { at, inbound } = inboundOf(act, said, world.clock.now());
    await world.until(at);
    if (inbound !== null) {
      said.push(inbound);
      const { outcome } = await world.arrive(inbound);
      expect(outcome, inbound.text).not.toBe('quarantined');
    }
    await after();
  }
}

describe('the promise', () => {
  it('holds whatever people do', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 45, size: 'max' }), async (actions) => {
        const world = new World();
        try {
          await play(world, actions, async () => {});
          await holds(world);
          // And after a month in which nobody does anything more.
          await world.until(world.clock.now() + 31 * 86_400_000);
          await holds(world);
        } finally {
          await world.close();
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
