import { expect, test } from 'vitest';
import { Sends } from '../../src/kit/index.ts';
import type { SendResult } from '../../src/port.ts';

const clean = (text: string): string => text.replaceAll('geheim', '[removed]');
const refused = (detail: string): SendResult => ({ type: 'rejected', permanent: true, code: 'no', detail });

test('what a send tells is cleaned, and otherwise as it was', async () => {
  const sends = new Sends(clean);
  expect(await sends.track(Promise.resolve(refused('geheim!')))).toEqual(refused('[removed]!'));
  const sent: SendResult = { type: 'sent', messageId: 'geheim' };
  expect(await sends.track(Promise.resolve(sent))).toBe(sent);
});

test('a stop waits for what is under way, whatever becomes of it', async () => {
  const sends = new Sends(clean);
  const first = Promise.withResolvers<SendResult>();
  const second = Promise.withResolvers<SendResult>();
  const heard = sends.track(second.promise).catch((error: unknown) => error);
  void sends.track(first.promise);
  let over = false;
  const ended = sends.ended().then(() => {
    over = true;
  });
  first.resolve({ type: 'sent', messageId: null });
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  second.reject(new Error('a bug'));
  await ended;
  expect(over).toBe(true);
  expect(await heard).toMatchObject({ message: 'a bug' });
  await sends.ended();
});
