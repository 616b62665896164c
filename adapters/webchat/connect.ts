/** The web chat's server: listens on this machine only, for one run of the program. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Sink } from '@huiyin/core/port';
import type { WebchatOptions } from './config.ts';
import { newToken } from './guard.ts';
import { routes } from './routes.ts';
import type { Session } from './session.ts';
import { createSession } from './session.ts';
import { createHub } from './stream.ts';

/** Below the minute after which proxies and browsers give up an idle line. */
const PING_EVERY = 15_000;

export interface Connection {
  readonly session: Session;
  readonly port: number;
  close(): Promise<void>;
}

export async function connect(options: WebchatOptions, sink: Sink): Promise<Connection> {
  const hub = createHub(options.history);
  const session = createSession(options, hub, sink);
  let port = options.port;
  const app = routes({ options, session, hub, token: newToken(), port: () => port });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  port = await listen(server, options);
  const stopPing = options.timers.every(PING_EVERY, () => {
    hub.ping();
    void session.resume();
  });
  await session.resume();
  return {
    session,
    port,
    async close() {
      stopPing();
      const closed = once(server, 'close');
      server.close();
      hub.close();
      await session.idle();
      server.closeIdleConnections();
      // What is still open after the answers are out is a page that keeps its line: it will reconnect.
      setImmediate(() => server.closeAllConnections());
      await closed;
    },
  };
}

async function listen(server: Server, { host, port }: WebchatOptions): Promise<number> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`端口 ${port} 已被占用：也许回音已经在运行。请先停掉它，或用 PORT=另一个数 启动。`, {
      cause: error,
    });
  }
  return (server.address() as AddressInfo).port;
}
