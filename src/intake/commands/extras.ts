/** What single commands carry besides: agreement, money, ground, score, period. */
import { readNumber } from '../numerals.ts';
import type { CommandExtra, Intent } from '../reading.ts';

const COST =
  /(?:约|大约|需要?|预计|估计|概算)?[ ]?(\d+(?:\.\d+)?|[一二两三四五六七八九十百]{1,4})[ ]?(万|千|百)?(?:多)?(?:元|块钱|块)/u;
const SCALE: Readonly<Record<string, number>> = { 万: 10_000, 千: 1_000, 百: 100 };

export function readCost(text: string): number | undefined {
  const match = COST.exec(text);
  if (match === null) return undefined;
  const amount = /^\d/.test(match[1] ?? '') ? Number(match[1]) : readNumber(match[1] ?? '');
  return amount === null ? undefined : Math.round(amount * (SCALE[match[2] ?? ''] ?? 1));
}

const GROUND = /(?:依据|根据|按照|按)([^,。;]{2,60})/u;
const PARTLY =
  /部分(?:解决|完成|办结)|先临时|临时(?:处理|措施|解决)|暂时(?:先)?|还差|先(?:立|拉|围|垫|补)|未完全|一半/u;
const AGREE_NOT = /^(?:不同意|不批准|不批|不准|驳回|拒绝)/u;

/** 1 满意, 2 基本满意, 3 不满意 or unsolved; null where the words rate nothing. */
export function readScore(text: string): 1 | 2 | 3 | null {
  if (/不满意|不太满意|没(?:有)?解决|未解决|很?不满|差评|没(?:修|弄|办|搞|处理)好|还是不行/u.test(text))
    return 3;
  if (/基本满意|还算满意|比较满意|基本上?(?:可以|解决)|一般|还行|还可以/u.test(text)) return 2;
  if (/满意|好评|点赞/u.test(text)) return 1;
  const digit = /^[ ]*([123])(?:$|[\s,。!分星])/u.exec(text)?.[1];
  return digit === '1' ? 1 : digit === '2' ? 2 : digit === '3' ? 3 : null;
}

function followUp(text: string): CommandExtra {
  const reached = /(?:未|没有?|无)(?:接通|人接|联系上)|不通|无人接听|关机|空号/u.test(text)
    ? false
    : /接通|通了|联系上|见到|上门/u.test(text)
      ? true
      : undefined;
  const solved = /(?:未|没有?)(?:完全)?解决|没修好|没弄好/u.test(text)
    ? false
    : /解决|修好|已好|好了|办好/u.test(text)
      ? true
      : undefined;
  const screening = /认定|记录在案|不属实|维持原/u.test(text)
    ? 'recorded'
    : /周期|(?:转|纳入|列入)计划|定期/u.test(text)
      ? 'periodic_plan'
      : /重办|返工|重新办/u.test(text)
        ? 'redo'
        : undefined;
  return {
    ...(reached === undefined ? {} : { reached }),
    ...(solved === undefined ? {} : { solved }),
    ...(screening === undefined ? {} : { screening }),
  };
}

/** `2026-10`, 2026年10月, 10月, 上个月 → `2026-10`. */
export function readPeriod(text: string, at: string | null): string | undefined {
  const full = /(\d{4})[-年./](\d{1,2})/u.exec(text);
  if (full !== null) return `${full[1]}-${(full[2] ?? '').padStart(2, '0')}`;
  const year = Number((at ?? '').slice(0, 4));
  const thisMonth = Number((at ?? '').slice(5, 7));
  if (!year || !thisMonth) return undefined;
  const period = (y: number, m: number): string => `${y}-${String(m).padStart(2, '0')}`;
  if (/上个?月/u.test(text)) return thisMonth === 1 ? period(year - 1, 12) : period(year, thisMonth - 1);
  if (/本月|这个?月/u.test(text)) return period(year, thisMonth);
  const month = readNumber(/(\d{1,2}|[一二三四五六七八九十]{1,2})月/u.exec(text)?.[1] ?? '');
  if (month === null || month < 1 || month > 12) return undefined;
  return period(month > thisMonth ? year - 1 : year, month);
}

export function extraOf(intent: Intent, word: string, rest: string, at: string | null): CommandExtra {
  if (intent === 'decide_extension' || intent === 'decide_deferral') return { agree: !AGREE_NOT.test(word) };
  if (intent === 'resolve') return PARTLY.test(rest) ? { partly: true } : {};
  if (intent === 'supervise') {
    const color = /红/u.test(word + rest) ? 'red' : /黄/u.test(word + rest) ? 'yellow' : undefined;
    return color === undefined ? {} : { color };
  }
  if (intent === 'defer') {
    const cost = readCost(rest);
    return cost === undefined ? {} : { cost };
  }
  if (intent === 'explain') {
    const ground = GROUND.exec(rest)?.[1];
    return ground === undefined ? {} : { ground };
  }
  if (intent === 'follow_up') return followUp(rest);
  if (intent === 'reclassify') return /^(?:撤销|取消)/u.test(word) ? { undo: true } : {};
  if (intent === 'absence') return word === '销假' ? { back: true } : {};
  if (intent === 'digest' || intent === 'register') {
    const period = readPeriod(word + rest, at);
    return period === undefined ? {} : { period };
  }
  return {};
}
