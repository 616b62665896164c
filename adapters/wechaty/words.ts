/** What health, doctor and the terminal say to the admin. */
import type { WechatyConfig } from './config.ts';

const named = (names: readonly string[]): string => names.join('、');

export const WORDS = {
  scan: '用机器人自己的微信扫码登录（手机上：发现 → 扫一扫）。二维码也在终端里',
  terminal: '用机器人自己的备用号扫这个码（手机上：发现 → 扫一扫），再在手机上点“登录”。别截图发出去',
  scanned: '已经扫码，请在手机上点“登录”',
  loggedOut:
    '微信把机器人的号退出了（可能在别处登录、手机上点了退出，或者被限制）：已经停发。先在手机上看这个号还能不能用；能用就重新扫码，不能用就别再登，按 docs/wechaty.md 换平台',
  quiet: '微信好一阵没有动静，可能已经掉线：在手机上看看，或重新启动',
  cut: '和令牌服务的连接断了，正在重连',
  idle: '令牌服务连得上，但既没有登录也没有给二维码，正在重试',
  badToken: '令牌服务不认这个 token：向服务商核对，改好环境变量，重新启动',
  network: (endpoint: string) =>
    `连不上令牌服务 ${endpoint}：检查地址、网络、服务是不是在运行、证书名字（serverName）对不对`,
  failed: (detail: string) => `微信没有连上（${detail}），正在重试`,
  notTaken: (count: number) => `有 ${count} 条消息没有记下来（微信不会再推）：翻一下群，漏掉的请重新发一句`,
  out: (groups: readonly string[]) => `被移出了群：${named(groups)}。需要的话请群主重新邀请`,
  noCa: (path: string) => `读不了证书文件 ${path}：检查 caFile 的路径和权限`,
} as const;

/** The command that adds what is missing to a lean installation; what other platforms need stays. */
export const INSTALL = 'npm install --omit=dev --include-workspace-root -w src -w adapters/wechaty';
export const installOf = (name: string): string =>
  name.includes('padlocal') ? 'npm i -w adapters/wechaty wechaty-puppet-padlocal' : INSTALL;

export const missingWords = (name: string): { what: string; next: string } => ({
  what: `没有装 ${name}，微信个人号接不上。`,
  next: `在程序目录里运行 ${installOf(name)}，再来一次；不用微信个人号就把 huiyin.yaml 里的这一段删掉。`,
});

/** Said at each start and by doctor: nobody is to find it out by losing an account. */
export const RISK =
  '微信个人号机器人不被允许，可能封号（2025、2026 年都有人刚扫码就被封）：只用专门的备用号试用，正式用企业微信、飞书或钉钉（docs/wechaty.md）';

export const UNSTABLE = 'wechat4u 每次登录后群号、人号都会变：名单会认不出人和群，只能试试看';

export const puppetName = (puppet: WechatyConfig['puppet']): string => `wechaty-puppet-${puppet}`;
