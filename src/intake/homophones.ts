/**
 * Voice input writes the right sound with the wrong characters: 变呀器 → 变压器, 自来谁谁压 → 自来水水压.
 * A stretch is corrected where it sounds like a word of the field and shares a character with it at
 * the same place, so that ordinary words (一路等 for 路灯) are left alone unless they share and sound.
 */
import { pinyin } from 'pinyin-pro';

/** Words that are heard often and mean nothing else when they sound like this. */
const TERMS: readonly string[] = [
  '变压器',
  '自来水',
  '水龙头',
  '化粪池',
  '下水道',
  '电线杆',
  '高压线',
  '液化气',
  '煤气罐',
  '灭火器',
  '消防栓',
  '消防通道',
  '卫生院',
  '卫生室',
  '供水站',
  '供电所',
  '挖掘机',
  '垃圾桶',
  '垃圾池',
  '垃圾车',
  '窨井盖',
  '泥石流',
  '山体滑坡',
  '合作医疗',
  '养老保险',
  '养老金',
  '残疾证',
  '低保户',
  '宅基地',
  '危房',
  '拖欠工资',
  '太阳能路灯',
  '摄像头',
  '抽水机',
  '幼儿园',
  '护栏',
  '路灯',
  '井盖',
  '垃圾',
  '水压',
  '停电',
  '停水',
  '电线',
  '电杆',
  '塌方',
  '滑坡',
  '漏电',
  '水管',
  '噪音',
  '水库',
  '堤坝',
  '涵洞',
  '路面',
  '水井',
];
/** Two characters are weak evidence: these are words of their own. */
const ORDINARY = new Set([
  '绿灯',
  '谁管',
  '无水',
  '雾水',
  '路等',
  '路登',
  '拉机',
  '点线',
  '听水',
  '停点',
  '路边',
  '路名',
  '路免',
  '为房',
  '水景',
  '水经',
  '水净',
  '睡管',
  '电感',
  '电赶',
]);

interface Anchor {
  readonly term: string;
  readonly at: number;
}

const ANCHORS: ReadonlyMap<string, readonly Anchor[]> = (() => {
  const anchors = new Map<string, Anchor[]>();
  for (const term of TERMS) {
    for (let at = 0; at < term.length; at++) {
      const char = term.charAt(at);
      anchors.set(char, [...(anchors.get(char) ?? []), { term, at }]);
    }
  }
  return anchors;
})();

const SOUNDS = new Map<string, readonly string[]>();

/** All toneless readings of a character, with the pairs that Hunan speech does not tell apart made one. */
function sounds(char: string): readonly string[] {
  const known = SOUNDS.get(char);
  if (known !== undefined) return known;
  const readings = /[\u4e00-\u9fff]/u.test(char)
    ? pinyin(char, { multiple: true, toneType: 'none', type: 'array' })
    : [];
  const heard = readings.map((reading) => reading.replace(/^([zcs])h/, '$1').replace(/([ie])ng$/, '$1n'));
  SOUNDS.set(char, heard);
  return heard;
}

function soundsAlike(a: string, b: string): boolean {
  const heard = sounds(b);
  return sounds(a).some((reading) => heard.includes(reading));
}

/**
 * Does `term` sound like what stands at `start`, without being it? Compared in place, and most often given up at
 * the first or second character: every character of every message comes through here.
 */
function fits(text: string, start: number, term: string): boolean {
  if (start + term.length > text.length) return false;
  let same = true;
  for (let i = 0; i < term.length; i++) {
    const own = text.charAt(start + i);
    if (own === term.charAt(i)) continue;
    if (!soundsAlike(own, term.charAt(i))) return false;
    same = false;
  }
  return !same && !(term.length === 2 && ORDINARY.has(text.slice(start, start + 2)));
}

function correctionAt(text: string, index: number): { start: number; term: string } | null {
  const anchors = ANCHORS.get(text.charAt(index));
  if (anchors === undefined) return null;
  let best: { start: number; term: string } | null = null;
  for (const { term, at } of anchors) {
    const start = index - at;
    if (start < 0 || (best !== null && best.term.length >= term.length)) continue;
    if (fits(text, start, term)) best = { start, term };
  }
  return best;
}

/** The text with misheard words of the field put right; the length stays the same. */
export function correctHomophones(text: string): string {
  let corrected = text;
  for (let i = 0; i < corrected.length; i++) {
    const hit = correctionAt(corrected, i);
    if (hit !== null)
      corrected = corrected.slice(0, hit.start) + hit.term + corrected.slice(hit.start + hit.term.length);
  }
  return corrected;
}
