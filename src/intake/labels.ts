/** Templates: 【上报】, 地点：…, 位置=…, in any order and with any of the words people use as labels. */

export type Field =
  | 'place'
  | 'area'
  | 'matter'
  | 'category'
  | 'time'
  | 'households'
  | 'wish'
  | 'person'
  | 'other';

const WORDS: Readonly<Record<Field, string>> = {
  place: '发生地点|事发地点|报事地点|具体地点|具体位置|详细地址|地点|位置|地址|地方|在哪里|在哪|哪里',
  area: '片/组/邻|片组邻|村/组|村组|组/邻|组别|村别|所属片区|片区|所属组|小组|村|片|组|邻',
  matter:
    '情况说明|具体情况|问题描述|问题内容|反映问题|反映内容|反映事项|主要问题|诉求内容|事件描述|事项内容|情况|事由|描述|问题|事项|内容|反映|事情|现象|简述|事件|什么事|详情|隐患|事',
  category: '事项类别|问题类别|问题类型|类别|类型|分类|种类|性质',
  time: '发生时间|发现时间|起始时间|时间|何时|什么时候',
  households: '涉及户数|影响户数|户数|影响范围|涉及|影响',
  wish: '希望解决|期望|诉求|希望|要求|请求|建议处理|处理建议|急不急|紧急程度|紧急|急否|缓急',
  person:
    '上报人|报事人|反映人|报告人|报送人|联系人|填报人|当事人|邻长姓名|邻长|组长|片长|姓名|名字|网格员|人员|人物',
  other: '联系电话|联系方式|电话号码|电话|手机号码|手机号|手机|照片|附件|图片|现场照片|备注',
};

const FIELD_OF: ReadonlyMap<string, Field> = new Map(
  (Object.keys(WORDS) as Field[]).flatMap((field) =>
    WORDS[field].split('|').map((word) => [word, field] as const),
  ),
);
const ALL = [...FIELD_OF.keys()].sort((a, b) => b.length - a.length).join('|');
const LABEL = new RegExp(
  `(?:^|[\\n;|/,，。\\]】\\s])[ ]*(?:\\d{1,2}[、.] ?)?[【\\[]?(${ALL})[】\\]]?[ ]*[:=][ ]*`,
  'gu',
);
const HEADER =
  /^[ ]*(?:[【[《]|\()(?:[^\]】》)\n]{0,10})?(?:上报|报事|民情|急报|急事|报修|反映|报告|诉求|求助|报送|随手拍|隐患|问题|紧急|急(?=[】\]]))(?:[^\]】》)\n]{0,6})?(?:[】\]》]|\))[ :]*/u;
/** A meeting or a day of vaccination also has a time, a place and contents. */
const EVENT =
  /会议|开会|参会|召开|培训|体检|义诊|报名|活动|讲座|演出|放映|招聘|宣讲|屋场会|党日|选举大会|接种/u;

export interface Template {
  readonly fields: ReadonlyMap<Field, string>;
  /** The words outside any label. */
  readonly rest: string;
  readonly header: boolean;
}

/** Separators that end a value, and the brackets of an empty one. */
function tidy(value: string): string {
  return value.replace(/^[\s|/;,]+|[\s|/;,]+$/gu, '');
}

/** 组：2 says 2组. */
function area(label: string, value: string): string {
  const unit = /[组邻]/u.exec(label)?.[0];
  return unit !== undefined && /^\d{1,2}$/u.test(value) ? `${value}${unit}` : value;
}

/** Reads a template; null where the text is none. `text` is normalised. */
export function readTemplate(text: string): Template | null {
  const header = HEADER.exec(text);
  const body = header === null ? text : text.slice(header[0].length);
  const marks = [...body.matchAll(LABEL)];
  const fields = new Map<Field, string>();
  let rest = tidy(body.slice(0, marks[0]?.index ?? body.length));
  for (const [i, mark] of marks.entries()) {
    const field = FIELD_OF.get(mark[1] ?? '') ?? 'other';
    const said = tidy(body.slice(mark.index + mark[0].length, marks[i + 1]?.index ?? body.length));
    const value = area(mark[1] ?? '', said);
    const before = fields.get(field);
    if (value !== '') fields.set(field, before === undefined ? value : `${before};${value}`);
  }
  const labelled =
    fields.has('matter') ||
    (fields.has('place') && marks.length >= 2) ||
    (fields.has('category') && marks.length >= 2);
  if (header === null && (!labelled || EVENT.test(body))) return null;
  if (rest !== '' && fields.has('matter') && rest.length > 120) rest = rest.slice(0, 120);
  return { fields, rest, header: header !== null };
}
