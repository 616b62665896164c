/**
 * The composition root: with demo-chat.ts the only file that names adapters. Each is imported when it is first used, so
 * that `parse` loads no database and `simulate` no web server.
 */
import type { Adapters } from './cli/adapters.ts';
import { CliError } from './cli/failure.ts';
import { run } from './cli/program.ts';

const ACCOUNT = 'bridge';

export const adapters: Adapters = {
  notes: [
    {
      name: 'bridge',
      about: '标准输入输出上的 JSON 行，或本机 WebSocket：任何程序都能当平台（docs/bridge.md）',
    },
    { name: 'webchat', about: '演示用的网页聊天，只在本机、只接演示数据库：huiyin demo --serve' },
  ],

  async demoChat(file) {
    const { openDemoChat } = await import('./demo-chat.ts');
    return openDemoChat(file);
  },

  async bridge(setup) {
    const { createBridge } = await import('../adapters/bridge/index.ts');
    return createBridge({ ...setup, id: ACCOUNT, filesDir: null });
  },

  async bridgeSocket(setup) {
    const { createBridgeSocket, listenSchema } = await import('../adapters/bridge/socket.ts');
    const listen = listenSchema.safeParse(setup.listen);
    if (!listen.success) {
      const what = `--listen 写错了：${listen.error.issues[0]?.message ?? setup.listen}`;
      throw new CliError(2, { what, safe: '什么都没有启动。', next: '例如 --listen 127.0.0.1:8790' });
    }
    return createBridgeSocket({ ...setup, ...listen.data, id: ACCOUNT, filesDir: null });
  },

  async scenario({ times, mediaDir, filesDir }) {
    const bridge = await import('../adapters/bridge/index.ts');
    const decoding = { account: ACCOUNT, readTime: times.read, simulated: true };
    return {
      lines: (chunks) => bridge.splitLines(chunks, bridge.MAX_LINE_BYTES),
      codec: {
        account: ACCOUNT,
        capabilities: bridge.BRIDGE_CAPABILITIES,
        decode: (line) => bridge.decodeLine(line, decoding),
        handled: bridge.encodeHandled,
        error: (id, line, detail) => bridge.encodeError(id, 'bad_line', line, detail),
        send: (message) => bridge.encodeSend(message, { printTime: times.print, filesDir }),
        fetchMedia: (ref) => bridge.readMedia(mediaDir, ref),
      },
    };
  },
};

/** @returns the exit code: 0 done, 1 failed, 2 asked wrongly */
export function main(args: readonly string[]): Promise<number> {
  return run(args, adapters);
}
