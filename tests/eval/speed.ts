import { danger } from '../../src/intake/classify/index.ts';
import { readAs } from './reading.ts';

/** Microseconds for the median message, each at its best of five: other work on the machine does not count. */
function perMessage(lines: readonly string[], work: (line: string) => unknown): number {
  const times = lines.map((line) => {
    let best = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 5; turn += 1) {
      const from = process.hrtime.bigint();
      work(line);
      best = Math.min(best, Number(process.hrtime.bigint() - from) / 1_000);
    }
    return best;
  });
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

const BARE = /停水|停电|路灯|垃圾|着火|上报|报修|漏水|井盖|污水/u;

export function measureSpeed(chatter: readonly string[], reports: readonly string[]) {
  const warm = chatter.slice(0, 500);
  for (const line of [...warm, ...reports]) readAs(line);
  return {
    'chatter, µs': perMessage(chatter, (line) => readAs(line)),
    'chatter, bare expression, µs': perMessage(chatter, (line) => BARE.test(line)),
    'report, µs': perMessage(reports, (line) => readAs(line)),
    'report, bare expression, µs': perMessage(reports, (line) => BARE.test(line)),
    'danger alone, µs': perMessage(chatter, (line) => danger(line)),
  };
}

/** Strings of 4,000 characters made to hurt: one character, cues without end, everything mixed. */
function hostile(reports: readonly string[]): string[] {
  const parts = [
    'a',
    '水',
    '没',
    '3组',
    '老人',
    '老人掉',
    '①',
    '，',
    ' ',
    '转发专家',
    '停水停电',
    '能不能',
    '有人',
    '（',
    '1',
    '。3组',
  ];
  const mixed = reports.join('，').repeat(20);
  return [
    ...parts.map((part) => part.repeat(4_000 / part.length)),
    mixed.slice(0, 4_000),
    [...mixed].reverse().join('').slice(0, 4_000),
  ];
}

/** Milliseconds of the process's own time for the slowest of the hostile inputs, the best of three tries each. */
export function worstCase(reports: readonly string[]): number {
  const slowest = hostile(reports).map((text) => {
    const tries = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      readAs(text, 'neighbor_head', true);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    });
    return Math.min(...tries);
  });
  return Math.max(...slowest);
}
