/** What a township does in a span of time, always the same: who reports what and when, and what becomes of it. */
import type { Case } from '../../src/domain/case.ts';
import { addDays, dayNumber, type Instant, instantOf, localDateTime } from '../../src/kernel/zone.ts';
import type { Whole } from './house.ts';

/** Numbers in [0, 1), the same in each run (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const HEADS = [
  { who: 'lin', group: 'g-fl', where: '3组王家桥' },
  { who: 'qiu', group: 'g-fl', where: '3组祠堂边' },
  { who: 'he', group: 'g-fl', where: '5组晒谷坪' },
  { who: 'tang', group: 'g-fl', where: '5组水塘边' },
  { who: 'luo', group: 'g-bs', where: '2组码头' },
  { who: 'gu', group: 'g-bs', where: '2组河堤' },
] as const;

const PLAIN = ['路灯不亮', '垃圾三天没拉', '水渠堵了', '超市乱涨价', '路牌倒了'] as const;
const MATTERS = [
  ...PLAIN,
  '停水了，8户',
  '路面塌了一个坑',
  '停电了',
  '水管漏水',
  '两家为宅基地吵架',
  '变压器冒火花，电线掉地上了',
] as const;

/** What becomes of a report; the rest is left alone. */
const FATES = [
  'solved',
  'solved',
  'solved',
  'unrated',
  'unsatisfied',
  'accepted',
  'explained',
  'nobody',
] as const;
type Fate = (typeof FATES)[number];

interface Turn {
  readonly at: Instant;
  readonly act: () => Promise<void>;
}

export interface YearOptions {
  readonly from: string;
  readonly to: string;
  readonly reports: number;
  readonly seed: number;
  /** Only what is reckoned in working time: an hour of the clock's change is nobody's. */
  readonly plain?: boolean;
}

/** Plays the span to its end. @returns the instants at which somebody wrote, and to which chats that is an answer */
export async function live(
  whole: Whole,
  { from, to, reports, seed, plain = false }: YearOptions,
): Promise<ReadonlyMap<Instant, string>> {
  const next = sequence(seed);
  const end = whole.at(to);
  const first = from.slice(0, 10);
  const days = dayNumber(to.slice(0, 10)) - dayNumber(first);
  const heard = new Map<Instant, string>();
  const turns: Turn[] = [];
  let last: Case | null = null;
  const say = async (who: string, text: string, at: Instant, group?: string): Promise<void> => {
    await whole.say(who, text, at, group);
    heard.set(whole.clock.now(), `u-${who} ${group ?? ''}`);
  };
  const later = (at: Instant, act: () => Promise<void>): void => {
    turns.push({ at, act });
    turns.sort((a, b) => a.at - b.at);
  };
  for (let n = 0; n < reports; n++) {
    // At any hour of the day and most of the night, by the local clock: none that a change of the clock skips.
    const day = Math.floor(next() * days);
    const at = localAt(whole, addDays(first, day), 240 + Math.floor(next() * 1199));
    const head = pick(HEADS, next());
    const [matter, fate] = [pick(plain ? PLAIN : MATTERS, next()), pick(FATES, next())];
    const delay = next();
    later(at, async () => {
      await say(head.who, `#上报 ${head.where}${matter}`, at, head.group);
      const made = await whole.casesAfter(last);
      last = made.at(-1) ?? last;
      for (const one of made) follow(one, fate, head.who, delay);
    });
  }
  const follow = (c: Case, fate: Fate, head: string, delay: number): void => {
    const n = c.year === 2026 ? String(c.serial) : c.number;
    const officer = async (words: string, at: Instant): Promise<void> => {
      const [now] = await whole.casesAfter({ ...c, serial: c.serial - 1 }, 1);
      if (now?.assignee != null) await say(now.assignee, words, at);
    };
    const { date, minutes } = localDateTime(whole.clock.now(), whole.zone);
    // Some hours later, or some days: by the local clock too.
    const hours = 5 + Math.floor(72 * delay);
    const at = (half: number): Instant => {
      const total = Math.floor(minutes / 60) + hours + 12 * half;
      return localAt(
        whole,
        addDays(date, Math.floor(total / 24)),
        60 * Math.max(4, total % 24) + (minutes % 60),
      );
    };
    const plan = (half: number, act: (when: Instant) => Promise<void>): void =>
      later(at(half), () => act(at(half)));
    if (fate === 'nobody') return;
    plan(0, (when) => officer(`接单 ${n}`, when));
    if (fate === 'accepted') return;
    plan(2, (when) =>
      officer(fate === 'explained' ? `无法办理 ${n} 不在计划内，依据年度计划` : `办结 ${n} 处理好了`, when),
    );
    if (fate === 'unrated') return;
    plan(3, (when) => say(head, `${n} ${fate === 'unsatisfied' ? '没解决' : '满意'}`, when));
    if (fate === 'unsatisfied') plan(8, (when) => officer(`办结 ${n} 又做了一遍`, when));
  };
  for (let turn = turns.shift(); turn && turn.at < end; turn = turns.shift()) await turn.act();
  await whole.until(end);
  return heard;
}

const localAt = (whole: Whole, date: string, minutes: number): Instant => {
  const two = (n: number): string => String(n).padStart(2, '0');
  return instantOf(date, `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`, whole.zone);
};

const pick = <T>(list: readonly T[], share: number): T => {
  const found = list[Math.floor(share * list.length)];
  if (found === undefined) throw new Error(`${share} is no share`);
  return found;
};
