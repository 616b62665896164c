/** What is not said to the bot at all: notices, chain replies, chain letters, greetings in series. */

import { startsWithSurname } from './names.ts';

const NOTICE_HEAD =
  /^[\s]*(?:[【[《]|\()?[^\n】\]》)]{0,12}(?:通知|通告|公告|公示|温馨提示|友情提示|提示|预警|提醒|倡议书|公开信)(?:[】\]》)]|[:!\n])/u;
const PLANNED =
  /(?:定于|将于|拟于|计划于|计划|将对|将进行|将在|预计)[^。]{0,40}(?:停电|停水|停气|施工|检修|维修|召开|开会|举行|开展|封闭|断网|接种|体检|发放|收费|消杀|封路)/u;
const TOLD =
  /(?:停电|停水|停气|停网|施工|检修|会议|开会|体检|接种|消杀|收款|缴费)[^。]{0,6}(?:通知|公告|通告)|请(?:大家|各位|广大|居民|村民|用户|相互转告|提前|做好|互相转告|知悉|周知|注意)[^。]{0,12}|敬请(?:谅解|配合|理解)|特此(?:通知|公告)|(?:请|望)[^。]{0,12}(?:准时|按时|务必)?(?:参加|参会|到场|到会)|相互转告|给您带来(?:的)?不便/u;
const SIGNED =
  /(?:——|--|—)[ ]?[\u4e00-\u9fff]{2,16}(?:所|站|公司|委会|办|局|镇|村|院|中心|支部|政府)[\s\d年月日.]*$/u;
const FUTURE =
  /明天|明日|明早|明晚|后天|下周|[本这]?周[一二三四五六日天]|今晚|(?:\d{1,2})月(?:\d{1,2})(?:日|号)/u;
const CHAIN = /^[#＃]?(?:接龙|例[ ：:]|报名接龙|群接龙)|接龙[】\]]/u;
const LETTER =
  /^(?:转|转发|扩散|求扩散)[:,!]|(?:紧急|速|赶紧|马上|请|帮忙|大家)[^。]{0,4}(?:扩散|转发|转告|传)|转(?:发|给)[^。]{0,10}(?:群|亲|家人|朋友|所有|更多)|朋友圈|据说|听说[^。]{0,20}(?:了|的)|网传|传疯了|疯传|刚刚?接到通知|为了(?:家人|孩子)|转走|央视(?:曝光|报道)|专家(?:说|提醒)|科学研究|不转不是/u;

const OUTAGE = /停电|停水|停气|断网|检修|封路|封闭|停止供[水电]|管网改造|线路改造/u;
const NOW = /昨|已经|还|又|什么时候|几时|能|会不会|[?吗么呢]|坏|没人/u;

/** An interruption that is planned: 明天供电所检修，3组停电8小时. */
export function isPlanned(text: string): boolean {
  return FUTURE.test(text) && OUTAGE.test(text) && !NOW.test(text);
}

/** Come and take part: 今天村部打疫苗，大家来; 明晚放电影，愿意的来看. */
const INVITED =
  /(?:今天|明天|今晚|明晚|下午|上午|晚上|后天|本周|下?周[一二三四五六日天])[^。]{0,16}(?:打[^,。]{0,4}疫苗|接种|体检|义诊|放电影|唱戏|演出|剪发|理发|量血压|讲座|开会|宣讲|培训|集中办理|发放|领取)[^。?]{0,12}(?:大家|请|都来|欢迎|带好|带上|记得|速来|参加|转告|空腹|(?:愿意|想[^,。?]{1,4}|有(?:空|意|兴趣|需要)|需要|没打|要[^,。?]{1,4})的)/u;

/** What is told in praise, or of good deeds; a matter beside it has words of its own. */
const PRAISE = /表扬|点赞|好人好事|正能量|志愿者|志愿服务|看望|慰问|送温暖/u;
const BUT =
  /没|冇|不|坏|漏|堵|断|塌|垮|倒|臭|裂|另外|还有|但|希望|建议|能|怎么|什么|[?]|(?<!得)反映(?!得)|摔|病|昏|着火|受伤/u;

/** 表扬一下林秀英，路灯的事反映得及时; 志愿者去看望老人. */
export function isPraise(text: string): boolean {
  return PRAISE.test(text) && !BUT.test(text);
}

/** Somebody announces something to come. */
export function isNotice(text: string): boolean {
  if (NOTICE_HEAD.test(text) || isPlanned(text) || INVITED.test(text)) return true;
  if (/(?:相互|互相)转告/u.test(text) && FUTURE.test(text)) return true;
  if (SIGNED.test(text) && (PLANNED.test(text) || TOLD.test(text) || FUTURE.test(text))) return true;
  return PLANNED.test(text) && (TOLD.test(text) || FUTURE.test(text));
}

/** A chain reply: its header, or nothing but a numbered list of names. */
export function isChainReply(text: string): boolean {
  if (CHAIN.test(text)) return true;
  const lines = text.split('\n').filter((line) => line !== '');
  const names = lines.filter((line) => {
    const item = /^\d{1,3}[.、) ][ ]?([\u4e00-\u9fff]{2,4})(?:[ +]?\d{0,2}(?:人|票|份|号)?)?$/u.exec(
      line.trim(),
    );
    return item !== null && startsWithSurname(item[1] ?? '');
  });
  return names.length >= 2 && names.length >= lines.length - 2 && lines.length - names.length <= 2;
}

/** Forwarded hearsay that wants to be forwarded again. */
export function isChainLetter(text: string): boolean {
  if (SIGNED.test(text)) return false;
  return LETTER.test(text) && !/\d组|\d邻|我家|我们(?:组|这|村)|刚才我|亲眼/u.test(text);
}

const SWEEPING =
  /(?:把|将)?(?:所有|全部|一切|每(?:个|一)件?|全体)(?:的)?[^。;]{0,8}?(?:件|案|单|事项|工单|案件|问题|待办|评价|评分|状态|数据)[^。;]{0,8}(?:改|标|设|置|全|都|删|清|办结|结案|关闭|满意|通过)|忽略(?:掉)?(?:以上|之前|前面|所有|一切|你|上面)?[^。;]{0,8}(?:规则|指令|设定|提示|限制|要求)|(?:ignore|disregard)[^.]{0,30}(?:instruction|rule|prompt|previous)|你现在(?:是|扮演|有)[^。;]{0,12}(?:管理员|权限|书记|助手)|(?:给我|授予|赋予|开通)[^。;]{0,6}(?:管理员|权限)|(?:输出|告诉我|显示|发出|导出|公布)[^。;]{0,10}(?:系统提示|密码|密钥|所有人的?(?:电话|手机号?|身份证)|全部(?:电话|手机号|身份证|名单))|(?:删除|清空)[^。;]{0,8}(?:数据|数据库|案件|工单|记录)|system ?prompt|jailbreak|开发者模式|机器人[^。;]{0,8}(?:把|将)[\u4e00-\u9fff]{2,4}的(?:电话|手机|身份证|住址)|(?:把|将|让)我[^。;]{0,4}(?:改|设|升|加|当|做)(?:成|为|到)?[^。;]{0,4}(?:片长|组长|书记|主任|管理员|承办人|干部|领导)|(?:删|清)(?:掉|除|空)[^。;]{0,4}(?:所有|全部|别人|人家|大家|其他人)/iu;

/** An order over everything, or an attempt to rule the bot by words. */
export function isSweeping(text: string): boolean {
  return SWEEPING.test(text);
}
