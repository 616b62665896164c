/** Pictures sent together are one report. */
import { describe, expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { ALBUM_WAIT_MS } from '../poll.ts';
import type { Running } from './harness.ts';
import { groupMessage, photo, running } from './harness.ts';

onlyLoopback();

const texts = ({ sink }: Running): string[] => sink.effects.map(({ text }) => text);

describe('an album', () => {
  const refs = ({ sink }: Running): unknown[] => sink.effects.map(({ media }) => media.map(({ ref }) => ref));

  test('is one report, with the words of its caption', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      fake.pushAll([photo(1, 'g', { caption: '2组桥栏断了' }), photo(2, 'g'), photo(3, 'g')]);
      await pass(parts, ALBUM_WAIT_MS);
      await eventually(() => sink.effects.length === 1 && fake.polling);
      expect(refs(parts)).toEqual([['large-1', 'large-2', 'large-3']]);
      expect(texts(parts)).toEqual(['2组桥栏断了']);
      expect(fake.confirmed).toBe(4);
    });
  });

  test('that comes in pieces is waited for', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      fake.push(photo(1, 'g'));
      await eventually(() => parts.timers.isWaiting(ALBUM_WAIT_MS));
      fake.push(photo(2, 'g', { caption: '桥栏' }));
      await pass(parts, ALBUM_WAIT_MS);
      await pass(parts, ALBUM_WAIT_MS);
      await eventually(() => sink.effects.length === 1 && fake.polling);
      expect(refs(parts)).toEqual([['large-1', 'large-2']]);
    });
  });

  test('with others writing in between stays one, and they keep their turn', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      fake.pushAll([photo(1, 'g'), groupMessage(2, { text: '旁人' }), photo(3, 'g', { caption: '桥栏' })]);
      await pass(parts, ALBUM_WAIT_MS);
      await eventually(() => sink.effects.length === 2 && fake.polling);
      expect(texts(parts)).toEqual(['桥栏', '旁人']);
      expect(fake.confirmed).toBe(4);
    });
  });

  test('not taken comes again whole', async () => {
    await running(async (parts) => {
      const { fake, sink } = parts;
      sink.failures = 1;
      fake.pushAll([photo(1, 'g'), photo(2, 'g')]);
      await pass(parts, ALBUM_WAIT_MS);
      await eventually(() => sink.effects.length === 1 && fake.polling);
      expect(refs(parts)).toEqual([['large-1', 'large-2']]);
    });
  });
});
