/**
 * The cheap test before everything: can this line mean anything to the bot at all? Most lines of a
 * group can't. Passing decides nothing; what is held back here is never looked at again, so every
 * reader behind the gate is asked by its own words.
 */
import type { Taxonomy } from '../domain/category.ts';
import type { Role } from '../domain/roster.ts';
import { terms } from '../taxonomy/expand.ts';
import { lexiconOf } from '../taxonomy/index.ts';
import { isAnnounced } from './announced.ts';
import { withoutCorrections } from './classify/corrections.ts';
import { buildTrie, type Trie } from './classify/trie.ts';
import { reporterWords } from './commands/reporter-words.ts';
import type { Judge } from './judge.ts';
import { foldWidth } from './normalise.ts';
import type { IntakeContext } from './reading.ts';
import { toSimplified } from './traditional.ts';

/** Words of commands, of orders to the bot, and halves of misheard words of the field. */
const MORE =
  '上报 报事 自办 接龙 办结 接单 延期 挂账 退回 转办 会办 督办 销账 议定 回访 甄别 请假 销假 政策 月报 台账 帮助 意见反馈 已知事项 计划停 查询 催 补充 更正 撤 改类 并案 提级 上交 交办 询问 进展 联系方式 无法办理 代报 代接 代办 代评 忽略 机器人 所有件 管理员 ' +
  '自来 呀器 压器 谁压 露灯 陆灯 店线 垃级 拉圾 停店 井该 景盖 高压 化分 通知 通告 公告 红包 受贿 行贿 贪污 好处费 回扣 贿选 拉票 选票 挪用 侵吞 私吞 冒领 套取 公款 确诊 艾滋 梅毒 乙肝 结核 坐牢 离婚 出轨 吸毒 精神病 开会 参加 转告';

const COMMANDS = buildTrie(MORE.split(' '));
const OFFICIALS: ReadonlySet<Role> = new Set<Role>([
  'cadre',
  'officer',
  'leader',
  'dispatcher',
  'secretary',
  'recorder',
  'admin',
]);
const tries = new WeakMap<Taxonomy, Trie>();

/** All that names a subject of the taxonomy or states a problem of it. */
function trieOf(taxonomy: Taxonomy): Trie {
  const known = tries.get(taxonomy);
  if (known !== undefined) return known;
  const words = taxonomy.categories.flatMap(({ id }) => {
    const { strong, topic, pairs = [] } = lexiconOf(id);
    const objects = pairs.map(([object]) => object);
    return [strong, topic, ...objects]
      .flatMap((list) => terms(list).map((term) => term.text))
      .concat(taxonomy.words[id] ?? []);
  });
  const trie = buildTrie([...new Set(words)]);
  tries.set(taxonomy, trie);
  return trie;
}

/** Digits may be references or groups; these marks open tags and labels. */
const MARKS = (() => {
  const marks = new Uint8Array(65_536);
  for (const char of '#＃【［[｜|①②③=＝0123456789０１２３４５６７８９') marks[char.charCodeAt(0)] = 1;
  return marks;
})();

function holdsMark(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (MARKS[text.charCodeAt(i)] === 1) return true;
  return false;
}

/** Stops at the first word of the trie, since one is enough. */
function holdsTerm(text: string, trie: Trie): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    let node = trie.roots[code] ?? 0;
    for (let j = i + 1; node !== 0; j++) {
      if ((trie.ends[node] ?? -1) >= 0) return true;
      node = trie.nexts[node]?.get(text.charCodeAt(j)) ?? 0;
    }
  }
  return false;
}

/** A short line that scores less is chatter, however its words are normalised and split later. */
const FLOOR = 0.05;
/** In a longer one small talk may hide a matter. */
const SHORT = 40;

/** False where the line can only be chatter. Officials speak in too many ways to be passed over. */
export function mayMatter(text: string, context: IntakeContext, judge: Judge): boolean {
  if (context.mentionsBot || context.direct || context.quoteText !== null) return true;
  if (context.roles.some((role) => OFFICIALS.has(role))) return true;
  const simplified = toSimplified(foldWidth(text));
  if (holdsMark(simplified) || holdsTerm(simplified, COMMANDS) || isAnnounced(simplified)) return true;
  if (judge.danger(simplified) !== null || judge.isQuestion(simplified) || reporterWords(simplified) !== null)
    return true;
  if (!holdsTerm(simplified, trieOf(withoutCorrections(context.taxonomy)))) return false;
  return text.length > SHORT || judge.reportScore(simplified, context.taxonomy) >= FLOOR;
}
