/** `huiyin corrections`: what reclassifications have taught, as a list, and how one is taken back. */
import { CORRECTIONS, correctionKey, correctionsIn, type KeptCorrection } from '../desk/correction-facts.ts';
import type { Policy } from '../domain/policy.ts';
import { systemClock } from '../kernel/clock.ts';
import { printed } from '../kernel/zone.ts';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/port.ts';
import { CliError } from './failure.ts';
import { carriersIn } from './held.ts';
import { openStore, refuseTried } from './open.ts';
import { type PlaceOptions, placeOf } from './place.ts';
import { openReader } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';

export interface CorrectionsOptions extends PlaceOptions {
  /** `LC2611-0042`, or its serial where only one case of the list has it. */
  readonly remove?: string;
}

export async function corrections(options: CorrectionsOptions): Promise<void> {
  const place = await placeOf(options);
  const policy = policyOf(await loadTownship(place.township), 1);
  const { kept, carried } = await readAll(place.db, policy.roster.township.id);
  if (options.remove === undefined) {
    process.stdout.write(listed(kept, policy));
    return;
  }
  const one = chosen(kept, options.remove);
  if (carried) throw inChat(null);
  const store = await openStore(place, systemClock).catch((error: unknown) => {
    throw error instanceof StoreError && error.code === 'in_use' ? inChat(error) : error;
  });
  try {
    await refuseTried(store, policy.roster.township.id, place.db);
    await remove(store, policy.roster.township.id, one);
  } finally {
    await store.close();
  }
  process.stdout.write(`收回了：${lineOf(one, policy)}\n以后类似的不再照它归类；这一件的类别没有动。\n`);
}

/** Beside a running bot too: nothing is written and no lock is needed. */
async function readAll(db: string, township: string) {
  const reader = await openReader(db);
  try {
    const carriers = await carriersIn((prefix) => reader.leases(township, prefix), systemClock.now());
    const kept = correctionsIn(await reader.facts({ township }, CORRECTIONS));
    return { kept, carried: carriers.size > 0 };
  } finally {
    await reader.close();
  }
}

function listed(kept: readonly KeptCorrection[], policy: Policy): string {
  if (kept.length === 0) return '还没有：值班员改类以后，这里会列出来。\n';
  return kept.map((one) => `${lineOf(one, policy)}\n`).join('');
}

/** Number, category, words, who, when. */
function lineOf({ number, category, text, by, at }: KeptCorrection, policy: Policy): string {
  const { taxonomy, directory, roster } = policy;
  const name = taxonomy.categories.find(({ id }) => id === category)?.short ?? `${category}（已停用）`;
  const who = directory.person(by)?.name ?? by;
  const when = printed(at, roster.township.timezone).slice(0, 16).replace('T', ' ');
  return [number, name, text.replaceAll(/\s+/g, ' '), who, when].join('\t');
}

function chosen(kept: readonly KeptCorrection[], wanted: string): KeptCorrection {
  const serial = /^\d+$/.test(wanted) ? Number(wanted) : null;
  const fits = kept.filter(
    ({ number }) =>
      number.toUpperCase() === wanted.toUpperCase() || Number(number.split('-').at(-1)) === serial,
  );
  const [one, ...more] = fits;
  if (one !== undefined && more.length === 0) return one;
  throw new CliError(2, {
    what:
      one === undefined
        ? `没有从 ${wanted} 记下的归类。`
        : `${wanted} 不止一件：${fits.map(({ number }) => number).join('、')}。`,
    safe: '什么都没有改动。',
    next: '用 huiyin corrections 看全部，写完整的编号。',
  });
}

async function remove(store: Store, township: string, { number, category }: KeptCorrection): Promise<void> {
  const at = systemClock.now();
  const entry = { at, by: null, what: 'correction_removed', case: number, detail: { category, by: 'cli' } };
  const change = { answer: null, facts: { [correctionKey(number)]: null }, audit: [entry] };
  const [result] = await store.transact({ township }, [{ load: {}, decide: () => change }]);
  if (!result?.ok) throw result?.error ?? new Error('nothing was written');
}

/** A running bot would not hear of it: it is told in chat instead. */
function inChat(error: unknown): CliError {
  return new CliError(
    1,
    {
      what: '机器人正在运行，只有它自己能改这个数据库。',
      safe: '什么都没有改动。',
      next: '值班员私信机器人“撤销改类 42”；或者停下机器人再来一次。',
    },
    error,
  );
}
