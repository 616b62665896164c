/**
 * The cheap test before everything: can this line mean anything to the bot at all? Most lines of a
 * group can't. A line passes if it holds one of these words; passing decides nothing else.
 */
import type { IntakeContext } from './reading.ts';
import { toSimplified } from './traditional.ts';

const WORDS =
  // marks and commands
  '上报 报事 自办 接龙 办结 接单 延期 挂账 退回 转办 会办 督办 销账 议定 回访 甄别 请假 销假 政策 月报 台账 帮助 意见反馈 已知事项 计划停 查询 催 补充 更正 撤 改类 并案 提级 交办 询问 进展 联系方式 无法办理 同意 代报 代接 代办 代评 忽略 机器人 报错 发错 传错 说错 写错 删掉 满意 没解决 取消 ' +
  // pointing back
  '还是没 还是不 还没 没修 没弄 没好 没人 冇 有人管 到底 怎么样了 咋样 进度 到哪 结果 一件事 一回事 一个事 同一 重复 补一 补张 照片 不用修 不用来 不用管 误报 应该是 好了 亮了 通了 来水 来电 有水 有电 有网 修好 恢复 搞定 到账 终于 又不 又坏 又停 又漏 又堵 ' +
  // water, power, roads
  '停水 停电 没水 没电 断水 断电 缺水 水管 水龙头 自来 水压 水表 漏水 渗水 水塔 水井 井水 水质 浑 发黄 水库 水塘 山塘 水沟 水渠 水利 灌溉 渠 堤 坝 洪 内涝 积水 淹 电线 电杆 电压 变压 电表 跳闸 漏电 触电 路灯 灯不 灯坏 灯都 盏 楼道 宽带 网络 信号 基站 光缆 断网 没网 路面 马路 公路 坑 塌 滑坡 垮 裂 桥 护栏 栏杆 涵 堵 倒树 树倒 大树 积雪 结冰 路障 违停 占道 乱停 停车 班车 公交 校车 红绿灯 标志 减速带 井盖 ' +
  // waste, houses, land
  '垃圾 清运 污水 粪 厕 臭 异味 苍蝇 蚊 老鼠 死猪 死鱼 鱼死 排放 废水 废气 灰尘 扬尘 噪 吵 音响 秸秆 焚烧 烧 烟 河道 漂浮 水葫芦 危房 墙 房子 屋顶 倒塌 违建 占用 耕地 宅基 建房 征地 征收 补偿 山林 地界 物业 电梯 小区 消防 充电 飞线 楼顶 ' +
  // farming, welfare, papers
  '补贴 病虫 虫害 猪瘟 禽流 疫 庄稼 稻 野猪 农机 农药 化肥 种子 村务 公示 低保 特困 五保 救助 困难 独居 高龄 老人 孤寡 养老 残疾 轮椅 留守 孤儿 小孩 孩子 殡葬 坟 结婚 社保 医保 报销 合作医疗 工资 欠薪 欠钱 就业 培训 退伍 退役 优抚 看病 送药 吃完 血压 医生 医院 卫生院 卫生室 救护 食物 中毒 过期 药 狗 疯 咬 入学 学校 老师 食堂 身份证 户口 证明 办证 盖章 认证 工作人员 态度 干部 书记收 红包 受贿 贪 选举 建议 反映 投诉 举报 ' +
  // danger
  '着火 起火 失火 火灾 冒火 冒烟 煤气 燃气 液化气 爆炸 落水 溺 掉进 掉下 掉水 淹死 救命 打人 打架 砍 刀 家暴 挨打 被打 跳楼 跳河 自杀 喝农药 轻生 晕倒 昏 摔 车祸 撞 失踪 走失 走丢 不见 联系不上 没看见 失联 被困 困在 蛇 山体 裂缝 落石 泥石流 决口 管涌 泄漏 火花 被偷 偷 贼 诈骗 骗 赌 毒 确诊 感染 ' +
  // disputes, markets
  '纠纷 吵架 矛盾 调解 借钱 债 合同 假货 假冒 传销 退款 涨价 缺斤 短斤 维权 通知 停工 ' +
  // half words of misheard ones
  '自来 呀器 压器 谁压 露灯 陆灯 店线 垃级 拉圾 停店 井该 景盖 高压 化分 ' +
  '坏了 坏哒 坏咯 烂 断了 倒了 破 没有了 没了 不通 不亮 不来 不走 三天 几天 组 邻 户';

const BY_FIRST: ReadonlyMap<number, readonly string[]> = (() => {
  const table = new Map<number, string[]>();
  for (const word of new Set(WORDS.split(' ').filter((one) => one !== ''))) {
    const first = word.charCodeAt(0);
    table.set(first, [...(table.get(first) ?? []), word]);
  }
  return table;
})();
/** 1 where a trigger word may begin; looked up before the table. */
const STARTS = (() => {
  const starts = new Uint8Array(65_536);
  for (const first of BY_FIRST.keys()) starts[first] = 1;
  for (const char of '#＃【［[｜|①②=＝') starts[char.charCodeAt(0)] = 2;
  for (let code = 0x30; code <= 0x39; code++) starts[code] = 2;
  for (let code = 0xff10; code <= 0xff19; code++) starts[code] = 2;
  return starts;
})();

function holdsTrigger(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const kind = STARTS[code];
    if (kind === 0 || kind === undefined) continue;
    if (kind === 2) return true;
    for (const word of BY_FIRST.get(code) ?? [])
      if (word.length === 1 || text.startsWith(word, i)) return true;
  }
  return false;
}

/** False where the line can only be chatter. Officials speak in too many ways to be passed over. */
export function mayMatter(text: string, context: IntakeContext): boolean {
  if (context.mentionsBot || context.direct || context.quoteText !== null) return true;
  if (
    context.roles.some(
      (role) => role === 'officer' || role === 'leader' || role === 'dispatcher' || role === 'secretary',
    )
  )
    return true;
  return holdsTrigger(toSimplified(text));
}
