/** A small township file that is right, and a way to spoil it in one place. */
import type { TownshipFile } from '../../src/config/township.ts';
import { formatErrors, readTownship } from '../../src/config/township.ts';

export const GOOD = `township: { id: qingshi, name: 青石镇, county: 安化县, timezone: Asia/Shanghai, casePrefix: QS, dutyPhone: "0737-8880000" }
villages:
  - id: sqc
    name: 石桥村
    secretary: xie
    cadres: [ma]
    zones:
      - id: sqc-z1
        name: 东片
        head: xie
        groups:
          - id: sqc-g2
            name: 2组
            head: zhou
            neighborhoods:
              - { id: sqc-g2-1, name: 1邻, head: lin, households: 11 }
              - { id: sqc-g2-2, name: 2邻 }
          - id: sqc-g6
            name: 六组
            neighborhoods:
              - { id: sqc-g6-1, name: 1邻, head: ding }
  - id: zss
    name: 竹山社区
offices:
  - { id: cj, name: 村建办, tier: township, leader: wang, officers: [li, chen], categories: [road, power.lamp] }
  - { id: gd, name: 供电所, tier: township, leader: hu, officers: [tan], categories: [power] }
  - { id: sqc-cun, name: 石桥村委会, tier: village, village: sqc, leader: xie, officers: [ma], categories: [env.garbage] }
roles:
  secretaries: [xiong]
  dispatchers: [wu, ban]
  admins: [admin]
duty:
  - { from: 2026-11-02, to: 2026-11-02, people: [tan, wu] }
  - { from: "2026-11-02 18:00", to: 2026-11-03T08:00, people: [li] }
people:
  - { id: xie, name: 谢国强, accounts: { bridge: u-xie } }
  - { id: ma, name: 马小红, accounts: { bridge: u-ma } }
  - { id: zhou, name: 周长林 }
  - { id: lin, name: 林秀英, phone: 13800000001, accounts: { bridge: u-lin, telegram: 501 } }
  - { id: ding, name: 丁桂兰 }
  - { id: wang, name: 王志刚 }
  - { id: li, name: 李明 }
  - { id: chen, name: 陈刚 }
  - { id: hu, name: 胡波 }
  - { id: tan, name: 谭伟 }
  - { id: xiong, name: 熊丹 }
  - { id: wu, name: 吴敏 }
  - { id: ban, name: 欧阳平 }
  - { id: admin, name: 管理员 }
chats:
  - { id: c-sqc, adapter: bridge, external: g-sqc, kind: heads, village: sqc }
  - { id: c-off, adapter: bridge, external: g-off, kind: officers }
settings: {}
categories:
  - { id: market.stall, zh: 集市摊位, urgency: U5, deadline: 5wd, words: [摊位, 赶集] }
holidays: { "2027-02-06": rest }
absences:
  - { person: li, from: 2026-11-09, to: 2026-11-13, deputy: chen }
policies:
  - { keywords: [医保, 参保], title: 城乡居民医保缴费, text: 在村部或手机上缴。, source: 县医保局, date: 2026-09-01 }
`;

/** The errors after `from` became `to`, one line each, without the file's name. */
export function errorsAfter(from: string | RegExp, to: string): string[] {
  const spoiled = GOOD.replace(from, to);
  if (spoiled === GOOD) throw new Error(`the sample does not contain ${from}`);
  return errorsOf(spoiled);
}

export function errorsOf(text: string): string[] {
  const result = readTownship(text, 't.yaml');
  return result.ok ? [] : formatErrors(result.error).split('\n');
}

export function good(text = GOOD): TownshipFile {
  const result = readTownship(text, 't.yaml');
  if (!result.ok) throw new Error(formatErrors(result.error));
  return result.value;
}
