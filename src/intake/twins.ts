/** 又停水又停电: one breath, one place, two matters for two offices. */
import type { Matter } from './reading.ts';
import type { Scene } from './report.ts';

const SERVICES: readonly (readonly [word: string, told: RegExp])[] = [
  ['停水', /停水|断水|[没冇]水(?!管|沟|表|井)|水[也又都]?(?:停|断|没得|冇)/u],
  ['停电', /停电|断电|[没冇]电(?!视|话|梯|脑)|(?<!水)电[也又都]?(?:停|断|没得|冇)/u],
  ['断网', /断网|[没冇]网|网[也又都]?(?:断|没得|冇)|信号[也又都]?(?:没|断|冇)/u],
];
const BOTH = /水电(?:都|全|也|一起|双)?(?:停|断|没)/u;
/** One comes of the other, or is told of it. */
const BECAUSE = /导致|害得|搞得|弄得|所以|因为|抽不|来了|恢复|只|光/u;

/** `matter` once for each service that is out, where there are several; else as it is. */
export function twins(matter: Matter, text: string, scene: Scene): Matter[] {
  if (matter.urgency === 'U1' || BECAUSE.test(text)) return [matter];
  const out = SERVICES.filter(([word, told]) => told.test(text) || (word !== '断网' && BOTH.test(text)));
  if (out.length < 2) return [matter];
  const { judge, context } = scene;
  return out.map(([word]) => {
    const { category, confidence, urgency } = judge.classify(word, context.taxonomy);
    return { ...matter, category, confidence, urgency };
  });
}
