/** What health and doctor say to the admin. */

export const WORDS = {
  cut: '智能机器人的长连接断了，正在重连',
  kicked: '另一处用同一个智能机器人连上了，这里被挤下线：关掉另一处，过五分钟会自动再连',
  botRefused: (detail: string) =>
    `企业微信不认这个智能机器人（${detail}）：在机器人的设置页核对 botId 和长连接的 Secret，改好后重新启动`,
  botSilent: '智能机器人的长连接没有回音，正在重连',
  network: (code: string) => `连不上企业微信（${code}）：检查网络`,
  badSecret: '企业微信不认这个 corpId 或应用的 secret：管理后台 → 应用管理 → 自建应用，核对后改好，重新启动',
  badAgent: '企业微信不认这个 agentId，或 secret 是别的应用的：管理后台 → 应用管理，核对后改好，重新启动',
  badAddress: (address: string | null) =>
    `本机的出口 IP ${address === null ? '' : `${address} `}不在可信 IP 里：管理后台 → 应用管理 → 自建应用 → 企业可信 IP，加进去`,
  badWebhook: '群机器人的 key 失效了：在群里看它的 Webhook 地址，换成新的',
  throttled: '企业微信限流了，稍后再试',
  malformed: '企业微信的回答看不懂，稍后再试',
  refused: (detail: string) => `企业微信拒绝了请求（${detail}）`,
  notTaken: '有消息没有记下来：查数据库和磁盘；过几分钟还没有回条的，请发的人再发一次',
  foreignMedia: (host: string) =>
    `图片在没有列出的网址 ${host} 上，没有取：确认是企业微信的，再加到 mediaHosts`,
  port: (port: number, code: string) =>
    `接收消息的端口 ${port} 打不开（${code}）：换一个端口，或关掉占用它的程序`,
} as const;
