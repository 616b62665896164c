/** A made-up platform with plain HTTP: what an adapter for a further one begins with (docs/adapters.md). */
import { readFile } from 'node:fs/promises';
import { Redactor, redactedLog } from '@huiyin/core/kit';
import type { ChatAdapter, Outbound, SendResult } from '@huiyin/core/port';
import { CAPABILITIES, type TemplateOptions } from './config.ts';
import { Session } from './connect.ts';
import { bodyOf, LATER, resultOf } from './encode.ts';

export { type TemplateOptions, templateConfig } from './config.ts';

export function createTemplate(given: TemplateOptions): ChatAdapter {
  const session = new Session({ ...given, log: redactedLog(given.log, new Redactor(given.token).clean) });
  const sends = new Set<Promise<unknown>>();
  let running = false;
  return {
    id: given.id,
    capabilities: CAPABILITIES,
    async start(sink) {
      running = true;
      session.start(sink);
    },
    async send(message) {
      if (!running) return LATER;
      const sending = send(message, session);
      sends.add(sending);
      return sending.finally(() => sends.delete(sending));
    },
    async stop() {
      running = false;
      // Each ends by its deadline.
      await Promise.all(sends);
      await session.stop();
    },
    async fetchMedia(ref) {
      const { bytes, headers } = await session.call('GET', `/files/${encodeURIComponent(ref)}`);
      return { bytes, mime: headers['content-type'] ?? null };
    },
    health: session.health,
  };
}

/** Never throws. Files go up first: nobody sees them before a message names them. */
async function send(message: Outbound, session: Session): Promise<SendResult> {
  const files = message.media.filter(({ path }) => path !== null);
  const contents = await Promise.all(files.map(({ path }) => readFile(path ?? ''))).catch(() => null);
  if (contents === null) return { type: 'rejected', permanent: true, code: 'no_file', detail: 'unreadable' };
  let named = false;
  try {
    const ids: string[] = [];
    for (const [i, bytes] of contents.entries()) {
      ids.push(await session.post(`/files?name=${encodeURIComponent(files[i]?.name ?? '')}`, bytes));
    }
    named = true;
    return { type: 'sent', messageId: await session.post('/messages', bodyOf(message, ids)) };
  } catch (error) {
    const result = resultOf(error);
    return result.type === 'unknown' && !named ? LATER : result;
  }
}
