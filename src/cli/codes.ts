/** `huiyin roster codes`: slips with a short code for each person, by which they bind themselves. */
import { stat, writeFile } from 'node:fs/promises';
import { writeWorkbook } from '../config/spreadsheet.ts';
import { type Issued, issueCodes } from '../desk/issuing.ts';
import { CODE_DAYS, codeToHash, printedCode } from '../domain/binding-code.ts';
import type { Policy } from '../domain/policy.ts';
import type { PersonId } from '../domain/roster.ts';
import { systemClock } from '../kernel/clock.ts';
import { printed } from '../kernel/zone.ts';
import { wordsContext } from '../replies/context.ts';
import { wholePost } from '../replies/zh/binding.ts';
import { randomBytes } from '../vault/key.ts';
import { hasAccount } from './accounts.ts';
import { askRunning, deaf } from './asking.ts';
import { isAddress } from './database.ts';
import { CliError } from './failure.ts';
import { openStore, openVault, refuseOtherKey, refuseTried } from './open.ts';
import { type Place, type PlaceOptions, placeOf } from './place.ts';
import { loadTownship, policyOf } from './township.ts';
import { whoIsWho } from './who.ts';

export interface CodesOptions extends PlaceOptions {
  readonly village?: string;
  readonly person: readonly string[];
  /** Also for those who have an account already. */
  readonly all?: boolean;
  readonly out?: string;
}

export async function rosterCodes(options: CodesOptions): Promise<void> {
  const place = await placeOf(options);
  const policy = policyOf(await loadTownship(place.township), 1);
  await refuseOld(options.out);
  const people = chosenPeople(options, await whoIsWho(place, policy), place.config);
  if (people.length === 0) {
    process.stdout.write('没有人要发：都有账号了。给已有账号的人再发，加 --all，或者写 --person。\n');
    return;
  }
  const codes = await issued(place, policy, people);
  if (options.out === undefined) process.stdout.write(codes.map((one) => `${slip(one, policy)}\n`).join(''));
  else await writeFile(options.out, await workbook(codes, policy), { mode: 0o600 });
  process.stderr.write(
    `${codes.length} 个绑定码${options.out === undefined ? '' : `写在 ${options.out}`}：${CODE_DAYS} 天内有效，各用一次；这些人以前没用过的码都作废了。码就是钥匙，只给本人，用完删掉。\n`,
  );
}

async function refuseOld(out: string | undefined): Promise<void> {
  if (out === undefined || (await stat(out).catch(() => null)) === null) return;
  throw new CliError(2, {
    what: `${out} 已经有了，不覆盖。`,
    safe: '没有发新的码。',
    next: '换一个文件名。',
  });
}

/** In the order of the roster. */
export function chosenPeople(
  { village, person, all = false }: Pick<CodesOptions, 'village' | 'person' | 'all'>,
  { roster, directory }: Policy,
  config: Place['config'],
): readonly PersonId[] {
  const named = new Set(person.map((words) => onePerson(words, { roster })));
  const place = village === undefined ? null : directory.villageByName(village);
  if (village !== undefined && place === null) throw unknown(`没有叫“${village}”的村。`);
  return roster.people
    .filter((one) => {
      const { id } = one;
      if (named.size > 0 && village === undefined) return named.has(id);
      const wanted = place === null || directory.villagesOf(id).includes(place.id);
      return named.has(id) || (wanted && (all || !hasAccount(one, config)));
    })
    .map(({ id }) => id);
}

function onePerson(words: string, { roster }: Pick<Policy, 'roster'>): PersonId {
  const fits = roster.people.filter(({ id, name }) => id === words || name === words);
  const [one, ...more] = fits.some(({ id }) => id === words) ? fits.filter(({ id }) => id === words) : fits;
  if (one === undefined) throw unknown(`名册上没有“${words}”。`);
  if (more.length > 0)
    throw unknown(`叫“${words}”的有 ${fits.length} 位：${fits.map(({ id }) => id).join('、')}，请写编号。`);
  return one.id;
}

const unknown = (what: string): CliError =>
  new CliError(2, { what, safe: '没有发新的码。', next: '照名册写全名或编号，再来一次。' });

/** By the running bot, which alone may write to a file; where none runs, or on a server, here. */
async function issued(place: Place, policy: Policy, people: readonly PersonId[]): Promise<readonly Issued[]> {
  type Made = { readonly codes: readonly Issued[]; readonly unknown: readonly string[] };
  if (isAddress(place.db)) return issuedHere(place, policy, people);
  const answer = await askRunning<Made>(place, { op: 'issue', people: [...people] });
  if (answer.state === 'deaf') throw deaf('没有发新的码');
  if (answer.state === 'nobody') return issuedHere(place, policy, people);
  const { codes, unknown: strange } = answer.value;
  if (strange.length === 0) return codes;
  throw new CliError(1, {
    what: `正在运行的机器人还不认识 ${strange.length} 个人：${strange.slice(0, 10).join('、')}。`,
    safe: '没有发新的码。',
    next: '乡镇文件改过了：重新启动机器人，再来一次。',
  });
}

async function issuedHere(
  place: Place,
  policy: Policy,
  people: readonly PersonId[],
): Promise<readonly Issued[]> {
  const scope = { township: policy.roster.township.id };
  const store = await openStore(place, systemClock);
  try {
    await refuseTried(store, scope.township, place.db);
    const vault = await openVault(place);
    await refuseOtherKey(store, scope.township, vault, place);
    const secrets = { codeHash: (code: string) => vault.blind(codeToHash(code)) };
    return await issueCodes(people, { store, scope, secrets, randomBytes });
  } finally {
    await store.close();
  }
}

interface Slip {
  readonly name: string;
  readonly post: string;
  readonly code: string;
  readonly until: string;
}

function slipOf({ person, code, expiresAt }: Issued, policy: Policy): Slip {
  const ctx = wordsContext(policy, systemClock.now(), false, 'zh-CN');
  return {
    name: ctx.names.person(person) ?? person,
    post: wholePost(person, ctx),
    code: printedCode(code),
    until: printed(expiresAt, policy.roster.township.timezone).slice(0, 10),
  };
}

function slip(issuedCode: Issued, policy: Policy): string {
  const { name, post, code, until } = slipOf(issuedCode, policy);
  return [name, post, code, `到 ${until}`].join('\t');
}

const HOW = '私信机器人，只发这一句（不要发在群里）：';

async function workbook(codes: readonly Issued[], policy: Policy): Promise<Uint8Array> {
  const rows = codes.map((one) => {
    const { name, post, code, until } = slipOf(one, policy);
    return [name, post, code, until, `${HOW}绑定 ${code}`];
  });
  return writeWorkbook([
    { name: '绑定码', rows: [['姓名', '职务', '绑定码', '有效到', '怎么用'], ...rows], printed: true },
  ]);
}
