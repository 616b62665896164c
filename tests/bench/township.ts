/** Who writes what in the measured township: the one of the demonstration, at ten on a working Monday. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildPolicy } from '../../src/config/policy.ts';
import { readTownship } from '../../src/config/township.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Clock } from '../../src/kernel/clock.ts';

export const TOWNSHIP_FILE = fileURLToPath(new URL('../../seeds/township.yaml', import.meta.url));

/** Monday, 2 November 2026, 10:00 in China. */
const TEN_O_CLOCK = Date.UTC(2026, 10, 2, 2);

/** Runs as fast as the machine's, but always from the same morning, so that no quiet hour holds a message. */
export const benchClock: Clock = { now: () => TEN_O_CLOCK + Math.floor(performance.now()) };

export function benchTownship(): { readonly text: string; readonly policy: Policy } {
  const text = readFileSync(TOWNSHIP_FILE, 'utf8');
  const file = readTownship(text, 'township.yaml');
  if (!file.ok) throw new Error('the demonstration township has errors');
  return { text, policy: buildPolicy(file.value, 1) };
}

/** A neighbor head with the account and the group in which she writes. */
export interface Writer {
  readonly account: string;
  readonly chat: string;
  /** 3组 */
  readonly group: string;
}

export function writersOf({ roster, directory }: Policy): readonly Writer[] {
  return roster.villages.flatMap((village) => {
    const chat = roster.chats.find(
      ({ adapter, kind, village: of }) => adapter === 'bridge' && kind === 'heads' && of === village.id,
    );
    const groups = village.zones.flatMap((zone) => zone.groups);
    return groups.flatMap((group) =>
      group.neighborhoods.flatMap(({ head }) => {
        const account = head == null ? undefined : directory.person(head)?.accounts.bridge;
        return account === undefined || chat === undefined
          ? []
          : [{ account, chat: chat.external, group: group.name }];
      }),
    );
  });
}

const PLACES = ['王家桥', '村部门口', '水井边', '老樟树下', '小学后面', '塘坝上', '李家院子', '晒谷坪'];
const MATTERS = [
  '路灯坏了两盏，晚上黑得很',
  '垃圾桶满了三天没人拉',
  '自来水从早上起就停了',
  '路面塌了一个坑，车子过不去',
  '水渠堵了，田里进不了水',
  '化粪池满了，臭得很',
];
const OPENINGS = ['', '报告：', '反映一下，', '今天看到'];

/** Plain reports as heads write them; `n` makes one out of 192 wordings and a sender. */
export function reportText(n: number, { group }: Writer): string {
  const opening = OPENINGS[Math.floor(n / 48) % OPENINGS.length];
  const place = PLACES[Math.floor(n / 6) % PLACES.length];
  return `${opening}${group}${place}${MATTERS[n % MATTERS.length]}`;
}

/** A line as a bridge writes it. */
export function line(id: string, writer: Writer, text: string, at: string | null = null): string {
  const chat = { id: writer.chat, kind: 'group' };
  return JSON.stringify({ type: 'message', id, chat, from: { id: writer.account }, text, at });
}
