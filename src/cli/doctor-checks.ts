/** Single parts that `huiyin doctor` looks at: each answers in one line what is wrong and what to do. */
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { idle } from '../domain/binding.ts';
import type { Policy } from '../domain/policy.ts';
import { DAY, MINUTE, printed } from '../kernel/zone.ts';
import { hasAccount } from './accounts.ts';
import { backupMark } from './backup-mark.ts';
import { isAddress } from './database.ts';
import { asFailure } from './failure.ts';
import type { Place } from './place.ts';
import { boundIn } from './who.ts';

export type Verdict = { readonly mark: '✓' | '!' | '✗'; readonly words: string };
export const good = (words: string): Verdict => ({ mark: '✓', words });
/** To be seen to before long; the bot runs all the same. */
export const soon = (words: string): Verdict => ({ mark: '!', words });
export const bad = (words: string): Verdict => ({ mark: '✗', words });

/** No machine that runs this stood before it was written: its battery is empty, or nobody has set it. */
const WRITTEN = Date.UTC(2026, 10, 1);
/** Clocks are set by seconds; minutes are a clock that went wrong and was not noticed. */
const SLACK = 5 * MINUTE;

/** @param lastAt when the database was written last; null where nothing is in it */
export function clockVerdict(now: number, lastAt: number | null, timezone: string): Verdict {
  const time = printed(now, timezone).slice(0, 16).replace('T', ' ');
  const mend = '打开自动对时（timedatectl set-ntp true，或系统设置里的自动时间），否则时限都会算错';
  if (now < WRITTEN) return bad(`机器的时间是 ${time}，不对：${mend}`);
  if (lastAt !== null && now < lastAt - SLACK)
    return bad(`机器的时间是 ${time}，比数据库里最后一条记录还早：${mend}`);
  return good(`时间 ${time}（${timezone}）：请和手机对一下`);
}

export async function configVerdict(file: string, place: Place): Promise<Verdict> {
  const there = (await stat(file).catch(() => null)) !== null;
  const adapters = Object.values(place.config.adapters).filter(({ enabled }) => enabled).length;
  if (!there)
    return soon(`没有设置文件 ${file}：数据库、平台都用默认的；要接聊天平台，照 docs/onboarding.md 写一份`);
  return adapters === 0
    ? soon(`设置文件 ${file}：没有开着的平台，机器人收不到话；在 adapters 里写上`)
    : good(`设置文件 ${file}：${adapters} 个平台开着`);
}

const DAYS = 7;

export async function backupVerdict(place: Place, now: number): Promise<Verdict> {
  if (isAddress(place.db))
    return good('数据库的备份由 pg_dump 来做，和 media 文件夹、密钥一起：huiyin backup 名字 会写出命令');
  if ((await stat(place.db).catch(() => null)) === null) return good('还没有数据，不用备份');
  const mark = await backupMark(place.db);
  const how = 'huiyin backup 备份/名字带日期.sqlite，再把它拷到别的机器；密钥文件另外放';
  if (mark === null) return soon(`没有备份过：${how}`);
  const days = Math.floor((now - mark.at) / DAY);
  if ((await stat(mark.file).catch(() => null)) === null)
    return days >= DAYS
      ? soon(`上次备份是 ${days} 天前，文件已不在 ${mark.file}：${how}`)
      : good(`${days} 天前备份过（文件已移走）`);
  return days >= DAYS
    ? soon(`上次备份是 ${days} 天前：${how}`)
    : good(`${days === 0 ? '今天' : `${days} 天前`}备份过：${mark.file}`);
}

const FONT = fileURLToPath(new URL('../digest/fonts/NotoSansSC-Subset.ttf', import.meta.url));
/** A TrueType file begins with this version. */
const TRUETYPE = 0x00_01_00_00;

export async function fontVerdict(file: string = FONT): Promise<Verdict> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > 100_000 && bytes.readUInt32BE(0) === TRUETYPE) return good('月报图表的中文字体在');
    return bad(`字体文件坏了：${file}。重新拷一份程序，不然月报的图没有字`);
  } catch (error) {
    return bad(`读不了字体文件：${asFailure(error).words.what}。重新拷一份程序，不然月报的图没有字`);
  }
}

/** How many people and groups the bot can reach, and bindings that nothing comes of. */
export async function peopleVerdicts(place: Place, file: Policy, whole: Policy): Promise<readonly Verdict[]> {
  const without = whole.roster.people.filter((one) => !hasAccount(one, place.config)).length;
  const { all } = await boundIn(place, file.roster.township.id);
  const left = all.filter((one) => idle(file, one) === 'left').length;
  const shadowed = all.filter((one) => idle(file, one) === 'file').length;
  return [
    without === 0
      ? good('每个人在开着的平台上都有账号')
      : soon(`${without} 人在开着的平台上没有账号，他们的消息会转给值班员：huiyin roster codes 发绑定码`),
    whole.roster.chats.length === 0
      ? soon('还没有登记群：把机器人拉进群，管理员在群里写“绑定 村名”')
      : good(`${whole.roster.chats.length} 个群登记了`),
    ...(left > 0 ? [soon(`${left} 个绑定的人或村已不在乡镇文件里，不起作用；不要把旧编号给新来的人用`)] : []),
    ...(shadowed > 0 ? [soon(`${shadowed} 个绑定和乡镇文件写的不一样，按文件算`)] : []),
  ];
}
