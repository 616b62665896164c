/** What health and doctor say to the admin. */

const named = (names: readonly string[]): string => names.join('、');

export const WORDS = {
  badSecret: '飞书不认这对 appId 和 appSecret：开发者后台 → 凭证与基础信息，核对后改好环境变量，重新启动',
  tooManyConnections: '同一个应用的长连接太多（最多 50 条）：别处还开着，关掉多余的程序',
  noLongConnection:
    '飞书不让建立长连接：开发者后台 → 事件与回调 → 订阅方式选“使用长连接接收”，而且应用要是企业自建应用',
  noBot: '应用没有开启机器人：开发者后台 → 添加应用能力 → 机器人，然后发布版本',
  network: (code: string) => `连不上飞书（${code}）：检查网络`,
  refused: (detail: string) => `飞书拒绝了请求（${detail}）`,
  throttled: '飞书限流了，稍后再试',
  cut: '长连接断了，正在重连',
  malformed: '飞书的回答看不懂，稍后再试',
  notTaken: '收到的消息没有记下来，飞书会再推一次',
  out: (groups: readonly string[]) => `被移出了群：${named(groups)}。需要的话请群主重新添加机器人`,
  scopes: (scopes: readonly string[]) =>
    `缺少权限 ${named(scopes)}：开发者后台 → 权限管理，开通后创建版本并发布`,
} as const;
