/**
 * The composition root: the only file that names adapters. Each is imported when it is first used, so
 * that `parse` loads no database and `simulate` no web server.
 */
import type { WebchatHistory, WebchatOptions } from '../adapters/webchat/index.ts';
import type { Adapters, DemoChat, PageSetup } from './cli/adapters.ts';
import { CliError } from './cli/failure.ts';
import { run } from './cli/program.ts';
import type { ChatAdapter, Inbound } from './port.ts';

const BRIDGE = 'bridge';
const WEBCHAT = 'webchat';
const TELEGRAM = 'telegram';
const FEISHU = 'feishu';
const WECHATY = 'wechaty';
const WECOM = 'wecom';
const DINGTALK = 'dingtalk';

export const adapters: Adapters = {
  notes: [
    {
      name: BRIDGE,
      about: '标准输入输出上的 JSON 行，或本机 WebSocket：任何程序都能当平台（docs/bridge.md）',
    },
    { name: WEBCHAT, about: '演示用的网页聊天，只在本机、只接演示数据库：huiyin demo --serve' },
    { name: TELEGRAM, about: 'Telegram 的群和私聊，写在 huiyin.yaml 的 adapters 里（docs/telegram.md）' },
    { name: FEISHU, about: '飞书的群和私聊，用长连接，写在 huiyin.yaml 的 adapters 里（docs/feishu.md）' },
    {
      name: WECHATY,
      about: '微信个人号，有封号风险，只供试用，写在 huiyin.yaml 的 adapters 里（docs/wechaty.md）',
    },
    {
      name: WECOM,
      about: '企业微信的智能机器人、自建应用、群机器人，写在 huiyin.yaml 的 adapters 里（docs/wecom.md）',
    },
    {
      name: DINGTALK,
      about: '钉钉的群和单聊，用 Stream，写在 huiyin.yaml 的 adapters 里（docs/dingtalk.md）',
    },
  ],

  platforms: {
    async [TELEGRAM]({ options, ...setup }) {
      const { checkup, createTelegram, telegramConfig } = await import('../adapters/telegram/index.ts');
      const parsed = telegramConfig.safeParse(options);
      if (!parsed.success) throw misconfigured(setup.id, parsed.error.issues, 'docs/telegram.md');
      const given = { ...setup, ...parsed.data };
      return { open: () => createTelegram(given), checkup: () => checkup(given) };
    },
    async [FEISHU]({ options, ...setup }) {
      const { checkup, createFeishu, feishuConfig } = await import('../adapters/feishu/index.ts');
      const parsed = feishuConfig.safeParse(options);
      if (!parsed.success) throw misconfigured(setup.id, parsed.error.issues, 'docs/feishu.md');
      const given = { ...setup, ...parsed.data };
      return { open: () => createFeishu(given), checkup: () => checkup(given) };
    },
    async [WECHATY]({ options, ...setup }) {
      const { checkup, createWechaty, missingPackage, missingWords, wechatyConfig } = await import(
        '../adapters/wechaty/index.ts'
      );
      const parsed = wechatyConfig.safeParse(options);
      if (!parsed.success) throw misconfigured(setup.id, parsed.error.issues, 'docs/wechaty.md');
      const print = (text: string) => process.stderr.write(text);
      const given = { ...setup, ...parsed.data, print };
      return {
        open: () => {
          const missing = missingPackage(given);
          if (missing === null) return createWechaty(given);
          throw new CliError(2, { ...missingWords(missing), safe: '什么都没有启动。' });
        },
        checkup: () => checkup(given),
      };
    },
    async [WECOM]({ options, ...setup }) {
      const { checkup, createWecom, wecomConfig } = await import('../adapters/wecom/index.ts');
      const parsed = wecomConfig.safeParse(options);
      if (!parsed.success) throw misconfigured(setup.id, parsed.error.issues, 'docs/wecom.md');
      const given = { ...setup, ...parsed.data };
      return { open: () => createWecom(given), checkup: () => checkup(given) };
    },
    async [DINGTALK]({ options, ...setup }) {
      const { checkup, createDingtalk, dingtalkConfig } = await import('../adapters/dingtalk/index.ts');
      const parsed = dingtalkConfig.safeParse(options);
      if (!parsed.success) throw misconfigured(setup.id, parsed.error.issues, 'docs/dingtalk.md');
      const given = { ...setup, ...parsed.data };
      return { open: () => createDingtalk(given), checkup: () => checkup(given) };
    },
  },

  async demoChat(file) {
    const parts = {
      ...(await import('../adapters/webchat/index.ts')),
      ...(await import('../adapters/webchat/encode.ts')),
      ...(await import('../adapters/webchat/history.ts')),
      ...(await import('../adapters/webchat/attachments.ts')),
    };
    return demoChat(parts, parts.openWebchatHistory(file));
  },

  async bridge(setup) {
    const { createBridge } = await import('../adapters/bridge/index.ts');
    return createBridge({ ...setup, id: BRIDGE, filesDir: null });
  },

  async bridgeSocket(setup) {
    const { createBridgeSocket, listenSchema } = await import('../adapters/bridge/socket.ts');
    const listen = listenSchema.safeParse(setup.listen);
    if (!listen.success) {
      const what = `--listen 写错了：${listen.error.issues[0]?.message ?? setup.listen}`;
      throw new CliError(2, { what, safe: '什么都没有启动。', next: '例如 --listen 127.0.0.1:8790' });
    }
    return createBridgeSocket({ ...setup, ...listen.data, id: BRIDGE, filesDir: null });
  },

  async scenario({ times, mediaDir, filesDir }) {
    const bridge = await import('../adapters/bridge/index.ts');
    const decoding = { account: BRIDGE, readTime: times.read, simulated: true };
    return {
      lines: (chunks) => bridge.splitLines(chunks, bridge.MAX_LINE_BYTES),
      codec: {
        account: BRIDGE,
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

function misconfigured(
  id: string,
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  guide: string,
): CliError {
  const lines = issues.map(
    ({ path, message }) => `  adapters.${[id, ...path.map(String)].join('.')}：${message}`,
  );
  return new CliError(2, {
    what: `huiyin.yaml 里 ${id} 有 ${issues.length} 处要改：\n${lines.join('\n')}`,
    safe: '什么都没有启动。',
    next: `照着 ${guide} 改好，再运行一次。`,
  });
}

/** @returns the exit code: 0 done, 1 failed, 2 asked wrongly */
export function main(args: readonly string[]): Promise<number> {
  return run(args, adapters);
}

const BOT_NAME = '回音';

type Webchat = typeof import('../adapters/webchat/index.ts') &
  typeof import('../adapters/webchat/encode.ts') &
  typeof import('../adapters/webchat/history.ts') &
  typeof import('../adapters/webchat/attachments.ts');

function demoChat(webchat: Webchat, history: WebchatHistory): DemoChat {
  return {
    keep: (inbound) => keep(webchat, history, inbound),
    quiet: quietChat(webchat, history),
    serve: (setup) => webchat.createWebchat(optionsOf(history, setup)),
    close: () => history.close(),
  };
}

/** As if the person had written it on the page, which then shows it. */
function keep({ keyOf }: Webchat, history: WebchatHistory, inbound: Inbound): void {
  const chat = keyOf(inbound.chat);
  const id = inbound.messageId ?? inbound.eventKey;
  if (inbound.kind === 'edit') history.edit(chat, id, inbound.text);
  if (inbound.kind === 'recall') history.recall(chat, id);
  if (inbound.kind !== 'message') return;
  history.append({
    chat,
    id,
    from: inbound.sender.id,
    name: inbound.sender.name ?? inbound.sender.id,
    text: inbound.text,
    at: inbound.platformTime ?? 0,
    quote: inbound.quote?.id ?? null,
    media: inbound.media.map((item) => ({ ...item, ref: null })),
    buttons: [],
    kind: null,
    case: null,
  });
}

/** The web chat as the core sees it, without its server. */
function quietChat({ createWebchat, encode, keepFile }: Webchat, history: WebchatHistory): ChatAdapter {
  const options = optionsOf(history, null);
  const { id, capabilities, fetchMedia, health } = createWebchat(options);
  return {
    id,
    capabilities,
    fetchMedia,
    health,
    start: async () => undefined,
    stop: async () => undefined,
    send: async (message) => {
      const refs = await Promise.all(message.media.map((item) => keepFile(options, item)));
      const kept = encode(message, BOT_NAME, refs);
      history.append(kept);
      return { type: 'sent', messageId: kept.id };
    },
  };
}

function optionsOf(history: WebchatHistory, setup: PageSetup | null): WebchatOptions {
  const silent = () => undefined;
  return {
    id: WEBCHAT,
    host: '127.0.0.1',
    port: setup?.port ?? 0,
    demo: true,
    history,
    chats: setup?.groups ?? [],
    people: () => setup?.people ?? [],
    clock: setup?.clock ?? { now: () => 0 },
    timers: setup?.timers ?? { every: () => silent },
    log: setup?.log ?? { info: silent, warn: silent, error: silent },
    ...(setup && {
      board: setup.board,
      township: setup.township.name,
      timezone: setup.township.timezone,
      locale: setup.township.locale,
    }),
  };
}
