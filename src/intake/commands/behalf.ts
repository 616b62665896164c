/** Acting for those without the bot: 代报 代接 代办结 代评, with who said it and how. */
import type { CommandExtra, Intent } from '../reading.ts';

type Behalf = NonNullable<CommandExtra['behalf']>;

const WORDS: readonly (readonly [RegExp, Intent])[] = [
  [/^代(?:为)?(?:办结|结案)/u, 'resolve'],
  [/^代(?:为)?(?:接单|接收|接|签收)/u, 'accept'],
  [/^代(?:为)?(?:评价|评分|评)/u, 'rate'],
  [/^代(?:为)?(?:进展|反馈)/u, 'progress'],
  [/^代(?:为)?(?:上报|报事|报)/u, 'report'],
];
const MEANS: readonly (readonly [RegExp, Behalf['means']])[] = [
  [/电话|来电|打来|打电话|口头电话|接听/u, 'phone'],
  [/上门|走访|当面|现场|来访|到访|见面|柜台|窗口|来办公室/u, 'visit'],
  [/书面|来信|纸质|信件|函|单子|表/u, 'paper'],
];
const WHO =
  /(?:^|[\s,:;(])((?:[\u4e00-\u9fff]{2,6}?(?:所|站|局|院|公司|中心|村|办|队))?[ ]?[\u4e00-\u9fff]{1,3}(?:师傅|主任|所长|站长|医生|大爷|大娘|奶奶|爷爷|婆婆|阿姨|嫂子|叔|伯|老师|工|书记|警官|同志|邻长|组长|某|村民|先生|女士)|[\u4e00-\u9fff]{2,3}(?=电话|来电|上门|打来|口头|说|反映)|[\u4e00-\u9fff]{2,6}?(?:所|站|局|院|公司|中心|队)(?=电话|来电|说|反馈|回复))/u;

export interface BehalfLine {
  readonly intent: Intent;
  readonly line: string;
  readonly behalf: Behalf;
}

/** Null where the line does not begin with one of the words. `line` is what stands after the word. */
export function readBehalf(text: string): BehalfLine | null {
  for (const [pattern, intent] of WORDS) {
    const word = pattern.exec(text)?.[0];
    if (word === undefined) continue;
    const line = text.slice(word.length).replace(/^[\s:,]+/u, '');
    const words = line.replace(/^[#\dA-Za-z-]+[ ]*/u, '');
    const means = MEANS.find(([shape]) => shape.test(words))?.[1] ?? 'chat';
    return { intent, line, behalf: { who: WHO.exec(words)?.[1]?.trim() ?? null, means } };
  }
  return null;
}
