/** A service of the other side, on loopback: it answers as it is told and keeps what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Heard {
  readonly path: string;
  readonly authorization: string | null;
  readonly body: string;
}

export interface Service {
  /** `http://127.0.0.1:<port>/v1`. */
  readonly url: string;
  readonly heard: readonly Heard[];
  answer: (response: ServerResponse, heard: Heard) => void;
  close(): Promise<void>;
}

/** What an OpenAI-compatible service wraps around the words of a model. */
export const completion = (content: unknown): string =>
  JSON.stringify({ id: 'c1', object: 'chat.completion', choices: [{ index: 0, message: { content } }] });

export const saying =
  (content: unknown, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(completion(content));
  };

export const proposing = (intent: string, category: string | null) =>
  saying(JSON.stringify({ intent, category }));

export async function startService(): Promise<Service> {
  const heard: Heard[] = [];
  const service = { answer: proposing('report', null) as Service['answer'] };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const one = { path: request.url ?? '', authorization: request.headers.authorization ?? null, body };
      heard.push(one);
      service.answer(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(service, {
    url: `http://127.0.0.1:${port}/v1`,
    heard,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
