/** Files of messages: fetched at once, as their addresses die; from nowhere but WeCom's own hosts. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { onlyLoopback } from '../../../tests/adapters/loopback.ts';
import { eventually, pass } from '../../../tests/adapters/support.ts';
import { mediaRef } from '../decode.ts';
import { type Json, TOKEN } from './fake-wecom.ts';
import type { Running } from './harness.ts';
import { aibotTo, heard, onlyApp, onlyBot, running, single } from './harness.ts';

onlyLoopback();

const PHOTO = Buffer.from('a photo of a lamp');

async function photo(parts: Running, image: Json): Promise<string> {
  await heard(parts, single('m1', { msgtype: 'image', image }));
  return parts.sink.effects[0]?.media[0]?.ref ?? '';
}

test('a photo is there when its address is long dead', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, adapter } = parts;
    const ref = await photo(parts, fake.attach(PHOTO));
    await eventually(() => fake.called('file').length === 1);
    expect(Buffer.from((await adapter.fetchMedia(ref)).bytes)).toEqual(PHOTO);
    fake.files.clear();
    expect(Buffer.from((await adapter.fetchMedia(ref)).bytes)).toEqual(PHOTO);
    expect(fake.called('file')).toHaveLength(1);
  });
});

test('one that was not had at once may be had while its address lives', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, adapter } = parts;
    fake.fail('file', 'drop');
    const ref = await photo(parts, fake.attach(PHOTO));
    await eventually(() => parts.lines.some((line) => line.includes('was not fetched')));
    expect(Buffer.from((await adapter.fetchMedia(ref)).bytes)).toEqual(PHOTO);
  });
});

test('a reference stored before a restart does while its address lives', async () => {
  await running(onlyBot, async ({ fake, adapter }) => {
    const { url, aeskey } = fake.attach(PHOTO);
    const { bytes } = await adapter.fetchMedia(mediaRef({ url, key: aeskey }));
    expect(Buffer.from(bytes)).toEqual(PHOTO);
    const plain = mediaRef({ url, key: null });
    expect((await adapter.fetchMedia(plain)).bytes).not.toEqual(PHOTO);
  });
});

test('what is gone, cut, or not decrypted is an error that tells no address', async () => {
  await running(onlyBot, async ({ fake, adapter }) => {
    const { url, aeskey } = fake.attach(PHOTO);
    const other = Buffer.alloc(32, 9).toString('base64');
    const refs = [
      [{ url: `${fake.root}/files/gone?sign=planted-sign`, key: aeskey }, 'HTTP 404'],
      [{ url, key: other }, 'can not be decrypted'],
      [{ url, key: 'no key' }, 'can not be decrypted'],
    ] as const;
    for (const [resource, words] of refs) {
      const failure = await adapter.fetchMedia(mediaRef(resource)).catch((error: unknown) => error);
      expect(String(failure)).toContain(words);
      expect(String(failure)).not.toContain('planted');
    }
    fake.fail('file', 'cut');
    await expect(adapter.fetchMedia(mediaRef({ url, key: aeskey }))).rejects.toThrow('连不上企业微信（CUT）');
  });
});

test('a file that never comes is given up', async () => {
  await running(onlyBot, async (parts) => {
    const { fake, adapter } = parts;
    fake.fail('file', 'hang');
    const { url, aeskey } = fake.attach(PHOTO);
    const fetching = adapter
      .fetchMedia(mediaRef({ url, key: aeskey }))
      .catch((error: unknown) => String(error));
    await eventually(() => fake.called('file').length === 1);
    await pass(parts, 60_000);
    expect(await fetching).toContain('ABORTED');
  });
});

test('an address elsewhere is asked for nothing, and named to the admin', async () => {
  let asked = 0;
  const stranger = createServer((_, response) => {
    asked++;
    response.end('x');
  });
  await new Promise<void>((resolve) => void stranger.listen(0, '127.0.0.1', resolve));
  const { port } = stranger.address() as AddressInfo;
  const setup: typeof onlyBot = (fake) => ({ aibot: aibotTo(fake, { mediaHosts: ['.myqcloud.com'] }) });
  try {
    await running(setup, async (parts) => {
      const ref = await photo(parts, { url: `http://127.0.0.1:${port}/x` });
      await expect(parts.adapter.fetchMedia(ref)).rejects.toThrow('not an address of WeCom');
      expect(parts.adapter.health().lastError).toContain('127.0.0.1');
      const urls = [
        'http://a.myqcloud.com/x',
        'file:///etc/passwd',
        'https://myqcloud.com.evil.example/',
        'no',
      ];
      for (const url of urls) {
        await expect(parts.adapter.fetchMedia(mediaRef({ url, key: null }))).rejects.toThrow(
          'not an address',
        );
      }
    });
  } finally {
    stranger.close();
  }
  expect(asked).toBe(0);
});

test('a redirect is not followed', async () => {
  await running(onlyBot, async ({ fake, adapter }) => {
    const { url, aeskey } = fake.attach(PHOTO);
    fake.fail('file', { status: 302, body: '', headers: { location: 'http://127.0.0.1:1/' } });
    await expect(adapter.fetchMedia(mediaRef({ url, key: aeskey }))).rejects.toThrow('HTTP 302');
  });
});

test('the app’s files are had by their id', async () => {
  await running(onlyApp, async ({ fake, adapter }) => {
    fake.files.set('M1', { bytes: PHOTO, type: 'image/jpeg; x=1' });
    const { bytes, mime } = await adapter.fetchMedia('a.M1');
    expect(Buffer.from(bytes)).toEqual(PHOTO);
    expect(mime).toBe('image/jpeg');
    fake.fail('media/get', { errcode: 40007, errmsg: `invalid media_id ${TOKEN}1` });
    const failure = await adapter.fetchMedia('a.M1').catch((error: unknown) => String(error));
    expect(failure).toContain('40007');
    expect(failure).not.toContain('planted');
    fake.fail('media/get', { errcode: 42001 });
    expect((await adapter.fetchMedia('a.M1')).bytes).toHaveLength(PHOTO.length);
  });
});

test('any other reference leads nowhere', async () => {
  await running(onlyBot, async ({ adapter }) => {
    for (const ref of ['', 'x', 'a.M1', 'b.x'])
      await expect(adapter.fetchMedia(ref)).rejects.toThrow('no reference');
  });
});
