/** Persons in a text: who named himself, whose illness or child is told. Names of officials at work are none. */
import type { PersonalData, PiiKind } from './reading.ts';

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧符阳易文瞿鄢蔺盛詹聂符';
/** Could these two to four characters be a person's name? */
export const startsWithSurname = (words: string): boolean =>
  SURNAMES.includes(words.charAt(0)) || /^(?:欧阳|司马|上官|诸葛)/u.test(words);
const NAME = `(?:欧阳|司马|上官|诸葛|[${SURNAMES}])[\\u4e00-\\u9fff]{1,2}`;
const SELF = new RegExp(
  `(?:我叫|本人叫?|我是(?:第?[\\d一二三四五六七八九十]{1,3}组的?)?(?:[\\d一二三四五六七八九十]{1,3}邻的?)?(?:[\\u4e00-\\u9fff]{2,4}村的?)?|我名字叫|身份证姓名[:]?)(${NAME}?)(?=$|[,，。;；、:：\\s!！(（]|身份|电话|住|家|手机)`,
  'gu',
);
const ILLNESS =
  '确诊|查出|得了(?=.{0,6}(?:病|癌|炎|症|艾滋|结核|瘤))|患了?|感染|染上|住院|精神病|精神分裂|抑郁|肺结核|结核病|艾滋|乙肝|梅毒|癌|肿瘤|尿毒症|白血病|怀孕|流产|堕胎|吸毒|坐牢|离婚|出轨|新冠|阳性';
/** What may stand before a name beside the beginning of a clause. */
const BEFORE =
  '(?:(?<![\\u4e00-\\u9fff])|(?<=听说|据说|那个|邻居|[邻组村]的?|就是|说是|告诉|叫|有个|老人|村民|学生|小孩|孩子))';
const ILL = new RegExp(
  `${BEFORE}(${NAME}?)(?=(?:他|她|同志|老人|奶奶|爷爷|两口子|夫妻俩?|家里?)?(?:昨天|今天|已经|上周|被|刚|又|最近|好像|听说|正?在|是|有|要)?(?:闹|打算)?(?:${ILLNESS}))`,
  'gu',
);
const AGED = new RegExp(
  `${BEFORE}(${NAME}?)(?=[,，( ]{0,2}(?:今年|才)?(?:\\d{1,3}|[一二三四五六七八九十]{1,3})岁)`,
  'gu',
);
const CHILD_OF = new RegExp(
  `${BEFORE}(${NAME}?)(?=(?:家)?(?:的)?(?:小孩|孩子|儿子|女儿|孙子|孙女|崽|娃)[^,。]{0,3}?(?:叫|被|走失|不见|才))`,
  'gu',
);
const CHILD_NAME = new RegExp(
  `(?:小孩|孩子|儿子|女儿|孙子|孙女|学生|小朋友)(?:名?叫|名字是|姓名[:：]?)(${NAME}?)(?=$|[,，。;；、\\s(（]|今年|\\d|才)`,
  'gu',
);
const HEALTH =
  /确诊|肺结核|结核病|艾滋|HIV|乙肝|梅毒|癌|肿瘤|尿毒症|白血病|精神病|精神分裂|抑郁症|流产|堕胎|阳性|传染病/iu;
/** Somebody in particular has it: a name, or an old person or neighbour called by one. */
const SOMEONE = new RegExp(
  `(?:${NAME}|[${SURNAMES}](?:大爷|大娘|奶奶|爷爷|婆婆|阿姨|叔|伯|嫂|某|家|老师|医生|总)|(?:他|她)(?:家|妈|爸|老婆|儿子|女儿)?)[^,。;]{0,8}(?:${ILLNESS})`,
  'u',
);
const AGE = /(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,3})(?:岁|周岁)/gu;
const CHILD_OF_FAMILY = new RegExp(
  `(?:[${SURNAMES}][\\u4e00-\\u9fff]{0,2}家|老[${SURNAMES}]家)(?:的|里)?(?:小孩|孩子|儿子|女儿|孙子|孙女|娃|伢子|崽)`,
  'u',
);
const NOT_NAMES =
  /^(?:金额|石头|高压|高血|方便|方向|任何|任务|于是|万一|白天|马上|马路|黄色|江边|文件|文化|向我|易燃|田里|田埂|夏天|周边|周围|周末|何时|许多|严重|成都|段时|程序|林业|陆续|石桥|钱都|万元|金属|白蚁|熊孩|龙头|毛病|水平|阳光|阳台)/u;

function matchesOf(text: string, patterns: readonly RegExp[]): string[] {
  const names = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  return [...new Set(names)].filter(
    (name) => name.length >= 2 && !NOT_NAMES.test(name) && !/^.家$/u.test(name),
  );
}

/** 张三 → 张某: the surname alone tells nobody apart. */
export function maskName(name: string): string {
  const surname = /^(?:欧阳|司马|上官|诸葛)/u.exec(name)?.[0] ?? name.charAt(0);
  return `${surname}某`;
}

function isMinor(text: string): boolean {
  if (CHILD_OF_FAMILY.test(text)) return true;
  return [...text.matchAll(AGE)].some((match) => {
    const age = Number(match[1]);
    return Number.isNaN(age) ? !/^[二三四五六七八九]十|十[八九]/u.test(match[1] ?? '') : age < 18;
  });
}

const PERSONAL_HINT = /[岁叫诊患病癌孕童孩娃伢崽儿女孙染阳乙艾]|我是|本人|住院|查出|得了|坐牢|离婚/u;

/** Names to be masked, and the kinds of private facts found. `text` is clean, in the sender's own characters. */
export function findPersons(text: string): { personal: PersonalData[]; kinds: PiiKind[] } {
  if (!PERSONAL_HINT.test(text)) return { personal: [], kinds: [] };
  const children = matchesOf(text, [CHILD_NAME]);
  const named = matchesOf(text, [SELF, ILL, AGED, CHILD_OF]);
  const personal = [...new Set([...named, ...children])].map(
    (name): PersonalData => ({ kind: 'named_person', original: name, masked: maskName(name) }),
  );
  const kinds: PiiKind[] = personal.length > 0 ? ['named_person'] : [];
  if (isMinor(text) || children.length > 0) kinds.push('minor');
  if (HEALTH.test(text) && SOMEONE.test(text)) kinds.push('health');
  return { personal, kinds };
}
