import { denied } from './denied.ts';

/** What is only feared, warned of or nearly happened: 怕掉下去, 万一着火, 差点触电. */
const SUPPOSED =
  /(?:万一|要是|如果|假如|倘若|怕|担心|防止|预防|防范|避免|以免|免得|以防|谨防|严防|防|会|可能|容易|差点儿?|差一点|险些|几乎|差一步|小心|当心|注意|警惕|随时|面临|迟早|早晚|禁止|严禁|不准|莫)[^,，。;；!！?？\n]{0,8}$/u;

/** Denied or only supposed: what a danger must not be read from. */
export function unreal(text: string, start: number): boolean {
  return denied(text, start) || SUPPOSED.test(text.slice(Math.max(0, start - 12), start));
}

/** Ours, here: without such a word an alarming text may be a story or a letter passed on. */
const LOCAL =
  /\d+\s*[组邻片号栋]|[一二三四五六七八九十][组邻]|我们?(?:村|组|家|这|屋|院|邻|厂|小区)|[湾坳冲垅塅岭屋]|村口|村里|后山|隔壁|刚才|刚刚|快来|马上|现在/u;
const PASSED_ON = /转发|扩散|转给|转到|接力|分享给|告诉身边|发给(?:家人|朋友|亲友)|看到请转|转起来|传给/u;
const LETTER =
  /专家|紧急通知|央视|新闻|网传|千万|家人|孩子们|医生说|最新|据说|听说|朋友圈|国家|卫健委|疾控|公安部|警方|提醒|广大|全国|看到|紧急|别再|不要再|发现|为了|群友|大家|亲戚|下一代|功德/u;

/** A chain letter: passed on with an alarm and nothing of this place. */
export function isChainLetter(text: string): boolean {
  return PASSED_ON.test(text) && LETTER.test(text) && !LOCAL.test(text.replace(/现在|马上|刚刚/gu, ''));
}

const DRILL =
  /演练|急救培训|组织.{0,6}培训|演习|实训|培训班|宣传|讲座|宣讲|知识竞赛|主题班会|安全课|倡议书|告知书|一封信|温馨提示|安全提示|应急预案|预案|消防月|普法|案例|警示教育|排查工作|专项行动|志愿者活动|开展.{0,12}(?:活动|排查|检查|培训|工作)/u;
const STORY =
  /新闻(?:里|上|说|报道)?|电视(?:里|上|剧)|电影|抖音|快手|视频(?:里|上)|网上(?:看|说|传)|网传|据报道|报道称|小说|故事|格言|谚语|笑话|段子|寓言|游戏|综艺|朋友圈看|外省|隔壁县|外地|别的县|邻县|国外|美国|日本|韩国|明星|剧情|球赛|比赛里|梦见|梦到|做梦|做了个梦|直播间/u;
const PAST =
  /去年|前年|大前年|上个?月|上半年|前几年|那几年|[一二三四五六七八九十几\d]{1,3}年前|[一二三四五六七八九十几\d]{1,3}个?多?月前|以前|从前|小时候|当年|那年|那时候|年轻的?时候?|早年|曾经|历史上|老早|(?:19|20)\d{2}年/u;
const PRESENT =
  /现在|今天|今早|今晚|今日|刚才|刚刚|又|还在|至今|目前|这会|这几天|正在|马上|昨天|昨晚|昨夜|快/u;
const POLICY =
  /怎么(?:预防|防|赔|理赔|认定|申请|报销|补偿|索赔)|如何(?:预防|防|赔|认定|申请)|赔(?:偿)?标准|补助标准|救助政策|(?:补助|补偿|赔偿|保险|救助金|补贴|抚恤)(?:怎么|什么时候|何时|多少|标准|还没)|有什么(?:补助|补偿|政策|救助)|能(?:不能)?(?:赔|报销|申请)/u;
const OVER =
  /(?:火|烟)(?:已经?|都)?(?:被)?(?:扑灭|灭了|熄了)|(?:已|已经|都|被|人)(?:扑灭|救上来|救起来|救出来|救下来|找到了?|找着了?|送回家|脱险|脱困|接回来|回来了|平安)|找到了(?!.{0,4}[吗没])|虚惊一场|有惊无险|平安(?:无事|归来|到家|回家)|已(?:经)?(?:处置|处理)(?:完|好)|没事了|人没事|都没事|安全了/u;
const STILL_OPEN = /没找到|冇找到|未找到|还没|没有找到|又|复燃|还有人|另外|受伤/u;
/** What comes after: help, money and blame. The harm is done, the matter is another one. */
const AFTERMATH =
  /没地方住|没饭吃|没衣穿|失火后|火灾后|着火后|无家可归|救济|救助|捐款|重建|不赔|没赔|不肯赔|赔偿|索赔|理赔|医药费|医疗费|住院费|买米|不认账|拒绝支付|工伤|报销|抚恤/u;
const ACUTE = /流血|出血|昏|快来|快点|救命|救人|120|119|躺在|动不得|起不来|喊不应|还在|正在|不省人事|现在/u;
/** The manner of a complaint about what keeps happening, not of a cry for help. */
const REPORTED = /事件|频发|屡屡|连续发生|违规操作|屡次|经常发生/u;
const OLD_MATTER = /(?:那个|上次|上回|上周|之前|前几天)[^,，。!！\n]{0,10}(?:的事|那事|那个事|事情|那件)/u;

/** Only told: of a drill, out of the news, of elsewhere. What alarms in it is no matter of ours. */
export function isTold(text: string): boolean {
  const here = text.replace(/隔壁(?:县|镇|乡|市|村)|现在|马上/gu, '');
  return (STORY.test(text) && !LOCAL.test(here)) || /演练|演习/u.test(text);
}

const THEFT = /偷|盗|贼|撬|骗|扒/u;
/** It goes on, or somebody may still be caught or stopped. */
const GOES_ON =
  /正|在(?:偷|撬|翻|砸|追|跑|转账|屋里)|还在|快(?:来|点)|往.{1,6}跑|跑了?(?:没|不)远|追|抓(?:到|住|了|贼)|堵住|打|刀|砍|抢|绑|威胁|闹|现在|刚刚?(?:进|翻|撬|跑|看|被)|马上|要转|让我转/u;

/** A theft or fraud that is over: a matter for the police, and nobody need be paged. */
export const isTheftOver = (text: string): boolean => THEFT.test(text) && !GOES_ON.test(text);

/** 气得我要跳楼，麻将又输了: a way of speaking, beside what nobody dies of. */
const IDIOM =
  /(?:气|烦|急|累|热|笑|输|困)(?:得|死)(?:我|人)?(?:都|就|真)?(?:想|要)(?:跳楼|跳河|上吊|撞墙|去?死)/u;
const TRIFLE = /麻将|打牌|股票|彩票|作业|考试|球|游戏|抢票|减肥|加班|输了/u;

/** Reasons for which alarming words are no emergency: told, taught, long over or asked about. */
export function isNoAlarm(text: string): boolean {
  if (isChainLetter(text) || OLD_MATTER.test(text) || POLICY.test(text)) return true;
  if (IDIOM.test(text) && TRIFLE.test(text)) return true;
  if (AFTERMATH.test(text) && !ACUTE.test(text)) return true;
  if (REPORTED.test(text) && !ACUTE.test(text)) return true;
  if (OVER.test(text) && !STILL_OPEN.test(text)) return true;
  if (PAST.test(text) && !PRESENT.test(text)) return true;
  return (DRILL.test(text) || STORY.test(text)) && !/真的(?:着火|起火)|不是演[练习]/u.test(text);
}
