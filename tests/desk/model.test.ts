/** Random people, random words, random times: the promise of the domain holds after every line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../src/port.ts';
import { World } from '../support/world.ts';
import { type Action, inboundOf, story } from './actions.ts';
import { holds } from './promise.ts';

const RUNS = Number(process.env.HUIYIN_MODEL_RUNS ?? 60);
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
      fc.asyncProperty(story(45), async (actions) => {
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

  it('gives the same however many lines arrive at once', { timeout: 120_000 }, async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(story(45), sizes, async (actions, chunks) => {
        const apart = await inChunks(actions, chunks, async (world, lines) => {
          for (const line of lines) await world.desk.receive(line);
        });
        const together = await inChunks(actions, chunks, async (world, lines) => {
          await Promise.all(lines.map((line) => world.desk.receive(line)));
        });
        expect(together).toEqual(apart);
      }),
      { numRuns: Math.ceil(RUNS / 2), seed: SEED },
    );
  });
});

type Take = (world: World, lines: readonly Inbound[]) => Promise<void>;

/** Plays a story in chunks of the given sizes, each at one instant; everything that is kept afterwards. */
async function inChunks(actions: readonly Action[], sizes: readonly number[], take: Take): Promise<unknown> {
  const world = new World();
  const said: Inbound[] = [];
  let waiting: Inbound[] = [];
  let chunk = 0;
  const flush = async () => {
    await world.until(world.clock.now());
    await take(world, waiting);
    await world.drain();
    waiting = [];
    chunk++;
  };
  for (const act of actions) {
    const { at, inbound } = inboundOf(act, said, world.clock.now());
    if (waiting.length === 0) await world.until(at);
    if (inbound !== null) {
      const event = { ...inbound, platformTime: world.clock.now() };
      said.push(event);
      waiting.push(event);
    }
    if (waiting.length >= (sizes[chunk % sizes.length] ?? 1)) await flush();
  }
  await flush();
  const kept = await everythingIn(world);
  await world.close();
  return kept;
}

async function everythingIn(world: World): Promise<unknown> {
  const cases = await world.cases();
  return {
    cases,
    events: await world.store.events(
      world.scope,
      cases.map(({ number }) => number),
    ),
    outbox: await world.store.outbox(world.scope, {}),
    texts: world.all.map(({ kind, chat, text, time }) => `${time} ${kind} ${chat.id} ${text}`),
  };
}
