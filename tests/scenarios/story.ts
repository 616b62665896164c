import { it } from 'vitest';
import { World, type WorldOptions } from '../support/world.ts';

/** One story in a world of its own. */
export function story(name: string, tell: (world: World) => Promise<void>, options: WorldOptions = {}): void {
  it(name, async () => {
    const world = new World(options);
    try {
      await tell(world);
    } finally {
      await world.close();
    }
  });
}
