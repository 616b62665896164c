/** Plain sentences of those who report: 撤销刚才那条, 还是没好, 有人管吗, 我报的事怎么样了, 灯亮了. */
import type { Intent } from '../reading.ts';

export interface ReporterWords {
  readonly intent: Intent;
  readonly confidence: number;
  readonly score: 1 | 2 | 3 | null;
  /** True where the words point back to a case told before: they are no new report, whatever they name. */
  readonly pointsBack: boolean;
}

const MEDIA = '(?:图片?|照片|相片|视频|片子|截图|影像)';
const RETRACT_MEDIA = new RegExp(
  `${MEDIA}[^。;]{0,6}(?:发错|传错|错了|不对|删|撤|搞错|弄错)|(?:发|传|上传|搞|弄)错(?:了)?(?:一张|张|个)?${MEDIA}|(?:删|撤)(?:掉|了|除|回)?[^。;]{0,8}${MEDIA}|不是这张${MEDIA}?`,
  'u',
);
const WITHDRAW =
  /^(?:把)?(?:撤回|撤销|撤掉|撤了|作废)|^取消(?:上报|报事|刚才|这条|那条|吧|了?$|上一)|(?:刚才|刚刚|上一?条|上面|前面|那条|这条|那个事|我报的)[^。;]{0,10}(?:不算|作废|撤|取消|不要了|删掉|报错|发错)|(?:报|发|写|点)错(?:了)?(?:群|消息|信息)?[^是应]{0,6}$|不(?:用|需要|必|消)(?:再)?(?:处理|修|管|来人|派人|来修|来看|麻烦|办|报|跑)了|^误报|不报了|搞错了[^是应]{0,4}(?:没|不用)/u;
const CORRECT =
  /(?:更正|纠正)|(?:地点|位置|地址|组别|户数|内容|数量|时间)[^,。]{0,4}(?:改一?下|改成|改为)|(?:说|写|报|打|讲|搞)错(?:了)?[^。]{0,6}(?:是|应该|应为|改成|改为)|^(?:不是|不在)[^,。;?]{0,12}(?:组|邻|村|户|路|桥|边|口|湾|坳|\d|片)[^,。;?]{0,4}[,，。 ]?(?:而?是|应该是|应是|在)[^?]{1,20}$|^(?:位置|地点|地址|组别|户数|电话|数量|时间)?(?:应该|应)(?:是|为)|(?:地点|位置|组|户数)(?:说|写|报|打)错|错了[,， ]?是/u;
const MERGE =
  /(?:跟|和|与|同)[^。;?]{1,24}(?:是)?(?:同一|同样|一)(?:个|件|回|桩|码|起|处|条)?(?:事|问题|情况)|(?:是|属于?|报的是)(?:同一|一)(?:件|回|桩|码|起|个)(?:事|问题)|重复(?:上报|报)|报重(?:复)?了?|(?:已经)?有人报(?:过)?了|(?:并|合)(?:成|在|到)一(?:起|件|个)|(?:刚才|上面|前面)[^。;]{0,8}(?:已经)?报过了/u;
/** What is wrong or put right in a village: a sentence about anything else is small talk. */
const THING =
  '灯|水|电|路|网|信号|垃圾|管|沟|盖|桥|气|补贴|低保|工资|养老金|问题|厕|狗|墙|渠|塘|坑|线|杆|电梯|屋|房|井|坝|污|臭味|宽带|压|桶|池|树|护栏';
const FIX = '修|处理|解决|拉|清|疏通|换|装|补|来人|派人|恢复|弄|搞|管|办|落实|收|通水|通电|来水|来电';
const STILL = new RegExp(
  `还是(?:没(?:有)?(?:修|好|弄|搞|水|电|人来|人修|人管|来|通|亮|解决|处理|到账|到|拉|清|网|信号|动)|不(?:亮|通|行|出水|来水|来电|热|转|走水)|老样子|漏|堵|停(?:水|电|着)|黑(?:的|灯|灯瞎火)|滴水|臭|冇)|(?:${THING})[^,。;?]{0,6}(?:还是|依然|仍然|照样|仍旧|仍)(?:没|不|漏|堵|停|一样|这样|那样|是)|(?:修|弄|搞|换|疏通|处理|清|补)(?:了|过|好)[^。;?]{0,10}(?:又|还是|还|照样|依然|仍)(?:在)?(?:坏|漏|不亮|堵|停|没|不行|一样|不通|黑|裂|塌|冒|臭|响|断|不)|没(?:有)?(?:修|弄|处理|清|补|整)(?:好|干净|到位|彻底|完)|没(?:有)?(?:彻底|真正|完全)解决|又(?:反弹|回去了)|冇(?:修|搞|弄)好|老问题|治标不治本|根本没(?:修|处理|解决|清|拉|来)|(?:依然|仍然|照样)(?:没(?:修|好|水|电|来人|解决|处理)|不(?:亮|通|行)|漏|堵)`,
  'u',
);
const BACK =
  /上次|上回|之前|前几天|前两天|早就|以前|先前|报(?:过|了|的|上去)|反映(?:过|了|的|上去)|说(?:过|的)|(?:那|这)(?:个|件|条|处|盏|根|段)?[^,。;?]{1,12}(?:的)?(?:事|问题|情况)|我报|我反映|刚才|那件事|这件事|那事|这事|答应/u;
const URGE_ASK = new RegExp(
  `(?:有人|有没有人|有冇人|没人|到底谁|冇人)(?:来)?(?:管|负责|${FIX})(?:吗|嘛|不|没|么|了|呢|啊|\\?|$)|(?:怎么|咋|为什么|为何|为啥|何解)[^,。;?]{0,6}(?:还没|还不|没人|冇人|一直不|一直没)[^,。;?]{0,6}(?:${FIX}|人|来|动静|消息|结果)|(?:什么时候|啥时候|几时|哪天|好久|多久|何时|还要多久|要等多久|等到什么时候)[^,。;?]{0,8}(?:${FIX}|有(?:水|电|网|人|结果|消息))|催(?:一?下|促|办)|(?:赶紧|赶快|快点|尽快|抓紧|麻烦快)(?:给)?(?:${FIX})|到底(?:管|${FIX}|还${FIX})|等了[^,。;]{1,5}(?:天|周|月|星期|小时)|拖了[^,。;]{1,6}了`,
  'u',
);
const URGE_STILL = new RegExp(
  `(?:还|都|一直|至今|到现在|迟迟|仍|依然)(?:还)?(?:没|未|冇|不见)(?:有)?(?:人)?(?:来)?(?:${FIX}|动静|消息|回音|下文|答复|回复|见人|人来|人管)|没(?:有)?(?:下文|动静|回音|人理)|石沉大海`,
  'u',
);
const STATUS =
  /(?:我|上次|上回|之前|前几天|前两天|昨天|那个|那件|我们|刚才|\d组|报|反映)[^。;]{0,16}(?:怎么样了|咋样了|怎样了|如何了|什么进度|啥进度|进度|到哪(?:一步|里|了)|办到|有结果|结果(?:呢|吗|怎么样)|处理(?:了)?(?:没|吗|没有)|解决(?:了)?(?:没|吗|没有)|办(?:好|了)(?:没|吗)|修(?:好|了)(?:没|吗)|好了(?:没|吗)|受理了?(?:没|吗)|派(?:人|单)了(?:没|吗))|办(?:得|理得?)(?:怎么样|如何|咋样)|处理(?:得|的)(?:怎么样|如何|咋样)|(?:办|处理)到(?:哪|什么)|有(?:结果|消息|回音|进展|回复|着落|下文)(?:了)?(?:吗|没|么|冇)|查(?:一?下|询)?[^。;]{0,8}(?:进度|情况|结果|我报|办得|状态)|(?:什么|啥)(?:进展|进度|情况了|结果)/u;
const SUPPLEMENT =
  /^(?:再)?(?:补充|补一(?:下|句|个|张)|补(?:个|张)|追加|加一(?:句|点))|^(?:刚才|刚刚|上面|前面|我)(?:那个|那条|说的|报的|反映的)[^。]{0,12}(?:还有|另外|地点|位置|地址|是在|具体|在|就是)|(?:照片|图片?|视频|位置|定位)(?:来了|补上|在(?:下面|这)|发(?:上来|给你|一下)了?)|^(?:这是|附上?|附图|上图|见图)[^。]{0,6}(?:照片|图|位置|视频|现场)|^忘(?:了|记)说|^漏了?说/u;
const RATING =
  /^(?:我(?:们)?|对[^,。]{1,8}|这次|评价[: ]?|总体|处理(?:结果|得)?|办理结果|结果)?(?:是|很|非常|十分|比较|基本上?|还算|还|较|特别|相当|不太|不|不怎么|不是很|挺|蛮|都)*(?:满意|好评)|^(?:没(?:有)?解决|未解决|解决了)[了啊呢吧的]*$|^[123][ ,、.分]*(?:满意|基本满意|不满意|没解决|非常满意)|(?:很|非常|十分|基本|比较|不|不太|挺|蛮)满意/u;
const DONE =
  '亮|通|修好|弄好|搞好|解决|恢复|干净|清走|拉走|运走|装好|补好|修通|通车|通电|通水|填好|换好|处理好|办好|到账|清掉';
const WORKS = new RegExp(
  `(?:水|电|气|网|信号|wifi)(?:都|也|已经|终于|总算|又)*(?:来|有|通)(?:了|啦|哒|咯)|(?:${THING})[^,。;!?]{0,8}(?:${DONE}|好|不漏|不堵|不停|不臭|不响|不黑|正常)(?:了|啦|哒|咯|喽|咧|完了)|^(?:现在|今天|刚才|已经|都|全部?|总算|终于|这下|早上|下午|昨天)*(?:${DONE}|来水|来电|来网|有水|有电|有网)(?:了|啦|哒|咯|喽|咧)|^(?:现在|今天|已经)?(?:不漏|不堵|不停电|不停水|不臭)(?:了|啦|哒)`,
  'u',
);
const NOT_WORKS =
  /(?:没|不|还没|冇|未)(?:有)?[^,。;!?]{0,3}(?:亮|通|好|修|解决|恢复|干净|拉|清|正常|来|到账|补|装|处理)|什么时候|怎么|[?吗]|要是|如果|希望|能|才|就好了|最好|太好|幸好|好了伤疤|再不|又|坏|漏|塌|堵|停了|烂|裂|断|掉/u;

const found = (
  intent: Intent,
  confidence: number,
  pointsBack: boolean,
  score: 1 | 2 | 3 | null = null,
): ReporterWords => ({ intent, confidence, score, pointsBack });

function readRating(text: string): ReporterWords | null {
  if (!RATING.test(text)) return null;
  if (/不(?:太|怎么|是很)?满意|没(?:有)?解决|未解决|不行|^3/u.test(text)) return found('rate', 0.95, true, 3);
  if (/基本|比较|还算|还行|还可以|^2/u.test(text)) return found('rate', 0.95, true, 2);
  return found('rate', 0.95, true, 1);
}

/** A statement that it works now counts as basically satisfied; one with any "but" does not. */
function readWorks(text: string): ReporterWords | null {
  if (
    text.length > 40 ||
    !WORKS.test(text) ||
    NOT_WORKS.test(text.replace(/不(?:漏|堵|停|臭|响|黑)(?:电|水)?了/gu, ''))
  )
    return null;
  return found('rate', 0.8, true, 2);
}

const GOOD_NOW = /^(?:已经|现在|都|全部?|今天|终于|总算)*(?:好|可以|行|没问题|没事|正常)(?:了|啦|哒|咯)/u;

/**
 * What a reporter's sentence does to a case told before; null where it does nothing. Beside a
 * case (`named`: a number or a quote) a bare 好了 says that it works.
 */
export function reporterWords(text: string, named = false): ReporterWords | null {
  if (named && GOOD_NOW.test(text) && !NOT_WORKS.test(text)) return found('rate', 0.85, true, 2);
  if (RETRACT_MEDIA.test(text)) return found('retract_media', 0.95, true);
  if (SUPPLEMENT.test(text)) return found('supplement', 0.85, true);
  if (CORRECT.test(text)) return found('correct', 0.85, true);
  if (WITHDRAW.test(text)) return found('withdraw', 0.9, true);
  if (MERGE.test(text)) return found('merge', 0.85, true);
  const rating = readRating(text);
  if (rating !== null) return rating;
  const back = BACK.test(text);
  if (STATUS.test(text)) return found('status', 0.85, true);
  const urges = URGE_ASK.test(text) || URGE_STILL.test(text);
  if (urges && (back || !STILL.test(text))) return found('urge', back ? 0.9 : 0.7, back);
  if (STILL.test(text)) return found('reopen', 0.85, true);
  return readWorks(text);
}
