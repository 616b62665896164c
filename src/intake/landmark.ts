/**
 * The landmark of a matter: 王家桥, 老井边, 桥头小卖部, 村部门口. Found by shape, since no list of a
 * country's names holds a village's own: a kind of place at the end, the name before it, a side after it.
 */

/** Kinds that need a name before them: 塘边 alone is any pond. Each with what may not follow. */
const NAMED_KINDS =
  '家门口|家门前|家后面|家屋后|家旁边|家前面|家对面|家附近|水库|山塘|水塘|大塘|塘坝|塘|大坝|河坝|水坝|坝|坳上|坳|湾里|湾|冲里|冲|坪里|坪|岭上|岭|坡上|坡|垅里|垅|垄|咀|嘴上|垸|洲|滩|塅|墩|寨|岗|圳|渠道|渠|沟|潭|溪|河|港|桥|涵洞|隧道|山|屋场|大屋|老屋|新屋|院子|大院|庄|坊|铺|弄堂|巷子|巷|大街|街|国道|省道|县道|乡道|村道|组道|公路|马路|大道|路|岔路|安置点|小区|花园|公寓|宿舍|果园|茶园|林场|农场|猪场|鸡场|鸭场|牛场|养殖场|砖厂|木材厂|加工厂|厂|矿|工地|基地|合作社|超市|商店|药店|饭店|餐馆|酒店|宾馆|门市|银行|信用社|邮局|台区|田垅|窑|樟树|枫树|古树|老树|槐树|桂花树|大树|井';
/** Kinds of which a village has one: they stand without a name too. */
const SINGLE_KINDS =
  '桥头|村口|村头|村尾|村部|村委会|村委|部门口|老井|供销社|小卖部|小学|中学|学校|教学点|幼儿园|敬老院|卫生室|卫生院|文化广场|广场|操场|礼堂|戏台|祠堂|庙|寺|教堂|码头|渡口|机埠|泵站|电排|水闸|水塔|水厂|水井|古井|加油站|车站|站台|候车亭|公厕|垃圾池|垃圾站|垃圾房|垃圾屋|菜市场|农贸市场|集市|集镇|老街|新街|十字路口|三岔路口|丁字路口|岔路口|红绿灯|基站|变电站|球场|凉亭|牌坊|粮站|茶厂|纪念碑|坝口|街头|街尾|山背|河背|岭背|冲口|湾口|渡船口|塘湾|井湾|井湾里|窑场|停车场|电排站|抽水站|排灌站|收费站|检查站|篮球场|活动中心|服务中心|党群中心|晒谷坪|晒谷场|村小|大樟树|仓库|碾坊|榨油坊|剧院|老年活动室|农家书屋|文化站|电管站';
const SIDES =
  '十字路口|三岔路口|岔路口|路口|巷口|弄口|门口|大门口|门前|家门口|屋门口|屋后|屋前|屋后头|后面|后边|前面|前边|旁边|边上|旁|边|对面|背后|背面|附近|一带|下面|上面|上头|下头|脚下|桥下|桥头|头上|拐弯处|转弯处|拐角|弯道|转角|路段|交叉口|入口|出口|进口|尾巴|尽头|中间|里面|口子|口|头|尾|北侧|南侧|东侧|西侧|东头|西头|南头|北头';
const SINGLE = new Set(SINGLE_KINDS.split('|'));
/** Institutions act as well as stand: 卫生室周末没人 names no place unless a side follows. */
const ACTORS = new Set([
  '卫生室',
  '卫生院',
  '学校',
  '小学',
  '中学',
  '幼儿园',
  '敬老院',
  '村委会',
  '村委',
  '村部',
  '供销社',
  '银行',
  '信用社',
  '超市',
  '饭店',
  '药店',
  '合作社',
  '厂',
  '教学点',
  '水厂',
  '工地',
  '砖厂',
  '养殖场',
  '猪场',
  '鸡场',
  '鸭场',
  '加工厂',
  '木材厂',
  '小卖部',
  '粮站',
]);
/** 黄家坳公路塌方 is told of 黄家坳: what runs through a place is what the matter is about. */
const OBJECTS =
  /^(?:路|公路|马路|沟|渠|渠道|圳|水沟|河|井|塘|红绿灯|垃圾[池站房屋]|公厕|水井|古井|基站|水闸|水塔|凉亭|变电站|停车场|球场)$/u;
/** After these characters the kind was part of a thing: 路灯, 井盖, 桥面, 山体, 河水. */
const NOT_BEFORE: Readonly<Record<string, RegExp>> = {
  路: /^[灯面况过人基牌费滑标障堵塌坑坏烂不难太很线]/u,
  桥: /^[梁面栏墩板洞]/u,
  井: /^[盖水口坏塌没漏]/u,
  水井: /^[盖里水干]/u,
  山: /^[体洪火林上下里]/u,
  河: /^[水里道床]/u,
  塘: /^[水里基坝埂]/u,
  坝: /^[体脚漏渗]/u,
  渠: /^[水道]/u,
  沟: /^[水里渠]/u,
  溪: /^水/u,
  港: /^[里口]/u,
  街: /^[道坊上]/u,
  厂: /^[家里]/u,
  庙: /^会/u,
  广场: /^舞/u,
  坡: /^[度]/u,
  冲: /^[走了毁垮坏掉刷进出到上下洗]/u,
  岗: /^位/u,
  墩: /^[子]/u,
  公路: /^局/u,
  车站: /^票/u,
  学校: /^[的]?(?:老师|校长|收费|食堂)/u,
};
/** A building of a housing estate names itself. */
const BUILDING = '\\d{1,3}(?:栋|幢|号楼)(?:\\d{1,2}单元)?';
/** What looks like a name and is a verb or another word: 下河洗澡, 上小学, 宅基地. */
const NOT_NAMES =
  /^(?:[上下](?:河|山|街|路|岗|井|坡|塘|小学|中学|学校|幼儿园)|.{0,3}宅基地|.{0,3}滑坡|.{0,2}土地)$/u;
const BY_LENGTH = [...new Set([...SINGLE_KINDS.split('|'), ...NAMED_KINDS.split('|')])].sort(
  (a, b) => b.length - a.length,
);
const KIND = new RegExp(`${BUILDING}|${BY_LENGTH.join('|')}`, 'gu');
const SIDE = new RegExp(`^(?:的)?(${SIDES})`, 'u');
/** 老槐树下: one character is a side only of what one stands under, and where nothing falls. */
const UNDER = /^(?:底下|下)(?!雨|雪|面|来|去|水|陷|沉|坠|垮|了)/u;
const STANDS = /[树桥坎坡]$/u;
/** Words that end a name on its left: verbs, pronouns, particles, measure words. */
const STOPS = new Set(
  '在到是有的了从那这个把被和跟说看就都又还也去来我你他她它们请让给往离对很太不没无未已经约共些条只根盏处号口坏漏塌断停破堵倒掉响修过走骑挖查找问报堆拉砍开掉落冲里与及或像叫做住要将快直老远见整几每其于为由因而则被帮谁啥哪怎么跳成得吗呢吧啊哦嘛呀哒咯嗲滴点时天日月年起晚早午夜人伯叔婶嫂爷奶哥姐组邻',
);
/** 老 and 里 and 大 may open a name; they stop only in the middle of a word. */
const OPENERS = new Set('老新大小上下东西南北前后');
/** 昨晚上王家桥: here the opener ends a word of time or place and opens no name. */
const CLOSED =
  /(?:晚上|早上|路上|马上|地上|村上|镇上|街上|身上|山上|以上|一下|底下|地下|以下|楼下|乡下|之前|以前|之后|以后|然后|最后|前后|上下|东西|面前|目前|从前|长大|多大|多小|大小)$/u;
/** What a road or a ditch is made of or for is no name of it: 水泥路, 排水沟. */
const OF_WHAT =
  /^(?:排水|臭水|污水|下水|阴|明|暗|灌溉|引水|泄洪|主|支|水|水泥|混凝土|机耕|石子|泥巴|泥|黄泥|毛|通村|通组|村级|进村|入户|乡村|柏油|砂石|断头|产业|生产|盘山|环村|小|大|老|新|主干|出行|必经|这|那|村|组|乡|镇|县|人行|交通|高速)$/u;
const LINES = new Set([
  '路',
  '公路',
  '马路',
  '沟',
  '渠',
  '渠道',
  '圳',
  '大道',
  '巷',
  '巷子',
  '街',
  '大街',
  '村道',
  '组道',
  '乡道',
  '县道',
  '国道',
  '省道',
  '塘',
  '河',
  '池',
]);
const LONGEST_NAME = 4;

export interface Landmark {
  readonly place: string;
  readonly start: number;
  readonly end: number;
  /** False for a bare kind or side: 巷口 belongs to the place named before. */
  readonly named: boolean;
}

/** Words before a place that are no part of its name. */
const LEAD_IN =
  /^(?:麻烦|希望|恳请|建议|反映|发现|看见|看到|位于|靠近|经过|今天|昨天|现在|目前|最近|关于|咨询|请问|报告|通知|路过|旁边|因为|由于|感谢|联系|各位|领导|隔壁|附近|对面|旁边|有个|那个|家里|周边|现场|我村|本村|我组|本组|一条|几条)/u;

const isHan = (char: string): boolean => /[\u4e00-\u9fff]/u.test(char);

/** Where the name before a kind begins. */
function nameStart(text: string, kindAt: number, floor: number): number {
  let start = kindAt;
  while (start > floor && kindAt - start < LONGEST_NAME) {
    const char = text.charAt(start - 1);
    if (!isHan(char)) break;
    if (OPENERS.has(char)) {
      if (CLOSED.test(text.slice(Math.max(0, start - 2), start))) break;
      start--;
      continue;
    }
    if (STOPS.has(char)) break;
    start--;
  }
  start += LEAD_IN.exec(text.slice(start, kindAt))?.[0].length ?? 0;
  const code = /(?:[A-Za-z]{0,2}\d{1,4}号?|[A-Za-z]\d{3}|[一二三四五六七八九十]{1,2}号)$/u.exec(
    text.slice(Math.max(floor, start - 6), start),
  );
  return code !== null && start === kindAt ? start - code[0].length : start;
}

function landmarkAt(
  text: string,
  match: RegExpMatchArray & { index: number },
  floor: number,
): Landmark | null {
  const kind = match[0];
  const after = match.index + kind.length;
  if (NOT_BEFORE[kind]?.test(text.slice(after, after + 4)) === true) return null;
  const start = nameStart(text, match.index, floor);
  const beside = text.slice(after, after + 6);
  const side = SIDE.exec(beside) ?? (STANDS.test(kind) ? UNDER.exec(beside) : null);
  const end = after + (side?.[0].length ?? 0);
  const name = text.slice(start, match.index);
  const whole = text.slice(start, after);
  if (NOT_NAMES.test(whole) || /^(?:村(?![口头尾部委])|社区)/u.test(text.slice(after, after + 2)))
    return null;
  const ofWhat = side === null && LINES.has(kind) && OF_WHAT.test(name);
  const named = name !== '' && !ofWhat && !name.startsWith('家');
  const joined = floor > 0 && start === floor;
  const toward = /[从到往在去]$/u.test(text.slice(Math.max(0, start - 1), start));
  if (ACTORS.has(kind) && side === null && !named && !joined && !toward) return null;
  return { place: text.slice(start, end), start, end, named: named || SINGLE.has(kind) || /^\d/u.test(kind) };
}

/** All landmarks of the text, neighbours joined: 桥头 + 小卖部 is one place. */
export function findLandmarks(text: string): Landmark[] {
  const found: Landmark[] = [];
  for (const match of text.matchAll(KIND)) {
    const last = found.at(-1);
    if (last !== undefined && match.index < last.end) continue;
    const next = landmarkAt(text, match, last?.end ?? 0);
    if (next === null) continue;
    if (last?.named === true && next.start === last.end && OBJECTS.test(next.place)) continue;
    if (last !== undefined && next.start === last.end) {
      found[found.length - 1] = {
        place: last.place + next.place,
        start: last.start,
        end: next.end,
        named: true,
      };
    } else found.push(next);
  }
  return found;
}

const BARE_SIDE = new RegExp(`(?:^|[在从到,。; |])(${SIDES})`, 'u');

/** The place of a matter: the first named landmark; null where only any pond, any roadside is meant. */
export function readLandmark(text: string): string | null {
  const named = findLandmarks(text).filter((landmark) => landmark.named);
  // 公厕门坏了，村部旁边: what the matter is about stands somewhere.
  const where = named.find((landmark) => !OBJECTS.test(landmark.place)) ?? named[0];
  return where?.place ?? null;
}

/** A side or kind without a name (巷口, 塘边), to be added to a place already known. */
export function readPartOfPlace(text: string): string | null {
  // 往路上流 names no part of the place: any road will do.
  const landmark = findLandmarks(text).find((one) => one.named || !LINES.has(one.place));
  if (landmark !== undefined) return landmark.place;
  return BARE_SIDE.exec(text)?.[1] ?? null;
}
