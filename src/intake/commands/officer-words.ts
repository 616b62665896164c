/** Plain sentences of those who handle cases: 已经换好了, 正在路上, 申请延期到…, 不归我们管. */
import type { Intent } from '../reading.ts';

export interface PlainCommand {
  readonly intent: Intent;
  readonly confidence: number;
  readonly to: string | null;
}

const OFFICE = '[\\u4e00-\\u9fff]{2,8}?(?:所|站|办|局|中心|公司|中队|大队|院|委会|移动|电信|联通|队)';
/** What officials put right, as verbs that end a matter. */
const DO =
  '修复|修|更换|换|安装|装|弄|搞|处置|处理|清理|清运|清扫|清淤|清|疏通|通|抢修|维修|解决|恢复|接|补|填|拉|运|拖|办|发放|补发|发|到账|拆除|拆|加固|整改|落实|调解|调好|送达|送|登记|审批|批|焊|架|扶正|砍|锯|消毒|消杀|捕捉|抓|搬|移|排除|排|回填|铺|刷|扑灭|灭|关停|关|找到|劝停|制止|劝离|查处|处罚|取缔|退还|退|兑付|结清|付清|纳入|列入名单|办妥|移除|转移|安置|打捞|捞|封|盖|送电|合闸|送水|供水|供电|通水|剪';
/** Steps on the way: each is told to the reporter and ends nothing. */
const STEP =
  '联系|对接|沟通|协调|安排|派人|派车|派|通知|上报|报给|报县|申报|申请|赶|施工|查看|看过|核实|勘查|勘察|走程序|走流程|采购|订货|订|下单|催|告知|引导|约谈|约|拍照|取证|立案|下达|排查|调查|走访|入户|协商|请示|汇报|转告|提醒|督促|责令|送医|报警|拨打|到现场|去现场|到场';
const ALREADY = '(?:已于[^,。;]{1,6}|已经|已|现已|都|全部|均|刚刚|刚才|刚|业已|今天|上午|下午|早上)';
const DONE = new RegExp(
  `${ALREADY}[^,。;]{0,8}?(?:${DO})(?:好|完|通|上|掉|毕|完毕|到位|成功|干净|妥|走|了|完成|正常|供[水电]|通[车水行]|[^,。;一-龥]|$)|(?:${DO})(?:好|完|通|上|掉|毕|完毕|到位|妥|走|干净|成功)?(?:了|啦|哒)(?:新|$|[,。;!])|(?:${DO})(?:完成|完毕|到位|正常|成功|结束|好啦)|恢复(?:了)?(?:供水|供电|正常|通车|通行|通水|通电|畅通)|问题[^,。;]{0,4}解决|来[水电]了|(?:亮|通|正常|不漏|不堵|不响)了(?:$|[,。;!])|达成(?:协议|一致|和解)|搞定|(?:换|修|弄|搞|装|补|清)了(?:新|一|两|\\d|好|$|[,。;!])|已[^,。;]{0,4}(?:到账|完工|竣工|和解|平安)`,
  'u',
);
const NOT_DONE =
  /(?:还没|没有?|未|尚未|没能|不能|无法)(?!人员伤亡|问题)[^,。;]{0,6}(?:修|换|装|处理|清|解决|恢复|完|好|到|办)|多少|哪些|几件|什么|(?:明天|后天|下周|明早|改天|抽空|下个?月|马上|即将|准备|打算|争取|预计|计划|待|等)[^,。;]{0,12}|正在|才能|就能|[?吗呢]$/u;
const STEPS = new RegExp(
  `(?:${ALREADY}|正在|正|在|先|去|要|会|就|再|继续|我们?|马上|明天|下午|上午)[^,。;]{0,8}?(?:${STEP})|(?:${STEP})(?:过|了|中|好了)|(?:师傅|配件|材料|工人|施工队|队伍|设备|抢修队|人员|车|货)[^,。;]{0,6}(?:在路上|明天|后天|下午|上午|下周|马上|已|到)|(?:明天|后天|下午|上午|今天|今晚|晚上|下周|马上|等会|一会|改天|抽空|回头|明早|过两天|这两天|尽快)[^,。;]{0,10}(?:去|来|到|修|处理|安排|施工|换|动工|进场|上门|派|解决|清|拉|落实)|正在|预计|排到|排期|在(?:路上|修|办|处理|等|排队|走)|处理中|办理中|(?:等|待)[^,。;]{1,12}(?:批|复|到|来|后|结果|资金|配件|材料|鉴定|通知)|去过了?|到过|看过了?|先(?:围|拉|立|放|垫)`,
  'u',
);
const EXPLAIN =
  /(?:按|依|依据|根据|按照)[^,。;]{0,20}(?:规定|政策|文件|标准|条例|办法|要求)[^,。;]{0,12}(?:不|无法|暂不|没)|(?:不|无法|不能|没法|暂时?无法|暂不能)[^,。;]{0,6}(?:由[^,。;]{1,6}处理|受理|办理|解决|列入|纳入|享受|安排|实施|补发|批准|支持)|不(?:符合|在)[^,。;]{0,12}(?:条件|政策|范围|标准|规定|救助)|没有(?:政策|资金)依据|超出[^,。;]{0,8}(?:范围|权限)|已进入(?:法院|诉讼|司法)|政策不允许|达不到[^,。;]{0,8}(?:标准|条件)|不属实|情况不实|查无(?:此|实据)|未发现[^,。;]{0,8}(?:问题|违规|异常)|属于?(?:私人|个人|家庭)[^,。;]{0,6}(?:事|纠纷)|属于?(?:历史遗留|自然现象)/u;
/** It is their own matter, and they were told so. */
const THEIR_OWN =
  /(?:是|属于?)(?:用户|住户|户主|自家|自己|私人|个人|户内|他家|她家|家里)[^,。;]{0,10}(?:产权|内部|问题|原因|管|线|设施|责任|纠纷)|不属于?公共/u;
const TOLD_WHY = /解释|说明|讲清|讲明|讲过|告知|告诉|劝/u;
const RETURN =
  /不(?:归|属于?|是)(?:我们?|本|咱|该)?[^,。;]{0,8}(?:管|办|职责|职能|范围|业务|负责|的事|管辖)|不是我们[^,。;]{0,6}(?:的|管)|(?:派|分|发|转)错(?:了|单|部门)|(?:给|请|麻烦)[^,。;]{0,3}退回|申请退回|与我[^,。;]{0,4}无关|重新(?:派|分)单|不在(?:我们?|本)[^,。;]{0,6}(?:辖区|范围|区域|片|地盘)|退(?:了吧|回去吧?$|掉吧)/u;
const TRANSFER = new RegExp(
  `(?:请|应|应该|建议|麻烦|要|得|需)?(?:转交|转给|转到|移交|转|交给|找)(?:给|到|由)?(${OFFICE})`,
  'u',
);
const BELONGS = new RegExp(
  `(?:是|属于?|归|由)(${OFFICE})(?:的事|来?管|养护|管护|维护|管辖|主管|负责|的职责|的业务|那边|$|[,。;])`,
  'u',
);
const EXTENSION =
  /申请(?:再)?(?:延期|延长|宽限|延迟)|延期(?:到|至|\d|几)|(?:延长|宽限|推迟|顺延|往后推|延后|缓)[^,。;]{0,4}(?:到|至|\d|[一二两三四五]|几天)|(?:能不能|可否|能否|请|恳请|请求|要|可不可以)[^,。;]{0,10}(?:延期|延长|宽限|缓几天|缓到|推迟|晚几天|延几天)|(?:按期|到期|期限内|规定时间|限期内)[^,。;]{0,6}(?:完不成|办不完|来不及|无法完成)|要延(?:几|\d|[一二两三])/u;
const DEFER =
  /(?:申请|建议|先|只能|暂)[^,。;]{0,4}挂账|列入(?:明年|下年度?)(?:计划|预算)|(?:没|缺|无)(?:有)?(?:资金|经费|钱|预算|项目|指标)[^。;]{0,12}(?:挂|等(?:到)?(?:明年|下半年|上级|项目|资金)|列入|明年|下年)/u;
const CONTACT =
  /(?:给|要|查|发|问|看)[^,。;]{0,10}(?:联系方式|联系电话|电话号码|电话)|(?:联系方式|联系电话|电话)(?:是)?(?:多少|给我|发我|发一下)/u;
const ASK =
  /(?:请问|麻烦问|问一下|问下|想问|请核实|请确认|核实一下)|(?:具体|详细|确切)?(?:在)?(?:哪里|哪个位置|哪个组|什么位置|哪\d?(?:户|家|盏|根|段|处|一户)|什么地方|哪边|哪(?:个|条|盏|根|户))|(?:具体|详细)(?:位置|地址|地点|情况)|(?:位置|照片|地址|定位|图片?)[^,。;]{0,3}(?:发|拍|说)(?:一下|个|过来|给我|下)|(?:发|拍)(?:个|张|一张|几张|一下)?(?:照片|图|位置|定位|视频)|(?:什么时候|何时|几时)(?:开始|发现|方便|在家)|(?:多少|几)(?:户|米|盏|人)(?:\?|$|呢|啊)|(?:谁|哪位)(?:家|的|反映)|联系人是/u;
const GREETED = /^(?:收到|已收到|好的?|好嘞|行|明白|知道了?|了解|ok|OK|得|要得|没问题)[,。!~ ]/u;
const ACCEPT =
  /^(?:收到|好的?|行|可以|嗯+|明白|知道了?|了解|ok|OK|Ok|得|要得|没问题|接了|已接|我接|遵命)?[,。!~ ]*(?:我们?|这边|本人|站里|所里)?(?:这就|马上|现在|立即|立刻|等下|等会|一会|下午|上午|明天|就|先|今天|待会|晚点)?(?:就)?(?:来|去|到|过来|过去|派人|安排人?|接单?|前往)(?:现场)?(?:去)?(?:看看?|处理|查看|一下|看一下|看下|修|办|核实|落实|跟进|解决|现场|检查|了解|抢修|负责)?(?:一下|下|情况)?(?:了|的|吧|啊|哈)?[。!~ ]*$/u;
const BARE_ACCEPT =
  /^(?:收到|已收到|好的?|好嘞|好滴|行|可以|嗯+|明白|知道了?|了解|ok|OK|Ok|得行|要得|没问题|接了|已接|接单|我接了?|接到|马上处理|马上办|马上去|立即处理|立刻处理|我(?:来|去)(?:处理|办|看看?|跟进)|(?:我们|这边)(?:来)?处理|安排|马上安排|遵命|是)[了的啊哈呢吧]?$/u;

const plain = (intent: Intent, confidence: number, to: string | null = null): PlainCommand => ({
  intent,
  confidence,
  to,
});

/** Is every word of it just an acceptance: 收到, 好的我去看? */
export function isBareAcceptance(bare: string): boolean {
  return BARE_ACCEPT.test(bare) || (bare.length <= 24 && ACCEPT.test(bare));
}

/** Who should have it instead, if the words say so. */
function elsewhere(text: string): PlainCommand | null {
  const to = TRANSFER.exec(text)?.[1] ?? null;
  if (to !== null && (/转|移交/u.test(text) || RETURN.test(text))) return plain('transfer', 0.8, to);
  const owner = BELONGS.exec(text)?.[1] ?? null;
  if (owner !== null && /转|不是我们|的事|负责|退/u.test(text)) return plain('transfer', 0.75, owner);
  return RETURN.test(text) ? plain('return', 0.85) : null;
}

/** A clause of a step (已派挖机清理) ends nothing; one clause that does, and none that waits, resolves. */
function isDone(text: string): boolean {
  if (NOT_DONE.test(text)) return false;
  return text.split(/[,。;!\n]/u).some((clause) => DONE.test(clause) && !STEP_ONLY.test(clause));
}

const STEP_ONLY = new RegExp(`${ALREADY}[^,。;]{0,8}?(?:${STEP})`, 'u');

/** What an official's plain sentence does to the case it speaks of; null where it does nothing. */
export function officerWords(text: string): PlainCommand | null {
  if (EXTENSION.test(text)) return plain('request_extension', 0.9);
  if (DEFER.test(text)) return plain('defer', 0.85);
  const other = elsewhere(text);
  if (other !== null) return other;
  if (EXPLAIN.test(text) || (THEIR_OWN.test(text) && TOLD_WHY.test(text))) return plain('explain', 0.85);
  if (CONTACT.test(text) && !/具体|哪/u.test(text)) return plain('contact', 0.85);
  if (isDone(text)) return plain('resolve', 0.85);
  const asked = ASK.test(text);
  if (asked && /[?]|请|麻烦|吗|呢|具体|多少|发/u.test(text) && !/^已/u.test(text))
    return plain('ask_reporter', 0.75);
  if (STEPS.test(text)) return plain('progress', 0.8);
  if (asked) return plain('ask_reporter', 0.7);
  return GREETED.test(text) && text.length <= 40 ? plain('accept', 0.75) : null;
}
