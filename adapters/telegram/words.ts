/** What health and doctor say to the admin. */

const named = (groups: readonly string[]): string => groups.join('、');

export const WORDS = {
  privacy: (groups: readonly string[]) =>
    `隐私模式开着，群里只收得到 @ 我、回复我和以 / 开头的话${groups.length === 0 ? '' : `（群 ${named(groups)}）`}。` +
    '在群里设我为管理员；或找 @BotFather 发 /setprivacy 选 Disable，再把我移出群、重新拉进来',
  out: (groups: readonly string[]) => `不在群里：${named(groups)}。请群管理员重新拉我进群`,
  badToken: 'Telegram 不认这个 token：找 @BotFather 发 /token 核对，改好环境变量后重新启动',
  conflict: '另一个程序正在用同一个 token 收消息，或还设着 webhook：只留一个在运行',
  network: (code: string) => `连不上 Telegram（${code}）：检查网络；在中国大陆要设 proxy`,
  refused: (detail: string) => `Telegram 拒绝了请求（${detail}）`,
  notTaken: '收到的消息没有记下来，会再取一次',
  malformed: 'Telegram 的回答看不懂，稍后再试',
} as const;
