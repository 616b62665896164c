/** The command words, one table for all commands and all roles. */
import type { Intent } from '../reading.ts';

export interface Verb {
  readonly intent: Intent;
  /** Alternatives of a regular expression. */
  readonly words: string;
  /**
   * What makes the word a command: `alone` it always is; `ended` at the beginning and followed by a
   * space, a mark or nothing; `ref` only beside a case number, a quoted case or an address to the bot.
   */
  readonly needs: 'alone' | 'ended' | 'ref';
}

const V = (intent: Intent, needs: Verb['needs'], words: string): Verb => ({ intent, needs, words });

export const VERBS: readonly Verb[] = [
  V('resolve', 'alone', '已办结|已经办结|办结|已办完|办完了|处理完毕|处理完成|已处理完|结案'),
  V('resolve', 'ref', '完成了?|解决了|已解决|办好了|搞定了?'),
  V('accept', 'ended', '已接单|接单|签收|受理|接件|认领|接收'),
  V('progress', 'ended', '进展情况|进展反馈|进展|进度反馈|跟进'),
  V('ask_reporter', 'ended', '询问|追问|请补充|请核实|问一下报事人'),
  V('ask_reporter', 'ref', '请问|问'),
  V('contact', 'alone', '联系方式|联系电话'),
  V('contact', 'ref', '电话号码|电话|要电话|号码'),
  V('return', 'ended', '退回|退件|退单|打回|退还'),
  V('transfer', 'ended', '转办|转交|转派|移交|改派'),
  V('transfer', 'ref', '转给|转到|转'),
  V('co_handle', 'ended', '会办|协办|联办|会同'),
  V('request_extension', 'alone', '申请延期|请求延期|延期申请'),
  V('request_extension', 'ended', '延期|展期|延长|宽限'),
  V('decide_extension', 'alone', '不同意延期|同意延期|批准延期|准予延期|不批准延期'),
  V('decide_deferral', 'alone', '不同意挂账|同意挂账|批准挂账|准予挂账|不批准挂账'),
  V('decide_extension', 'ended', '不同意|同意|不批准|批准|不批|准了|批了|不准|驳回|准予|拒绝'),
  V('defer', 'ended', '申请挂账|挂账|暂缓|缓办'),
  V('explain', 'alone', '无法办理|不能办理|不予办理|无法解决'),
  V('explain', 'ref', '办不了|没法办|做不到'),
  V('assign', 'ended', '交办|派单|指派|分派'),
  V('assign', 'ref', '派给|派|交给|给'),
  V('reclassify', 'ended', '改类别|改分类|改类|重新分类|归类|撤销改类|取消改类'),
  V('reclassify', 'ref', '(?:类别|分类)?(?:归到|归为|归入)|(?:类别|分类)改(?:为|成)'),
  V('merge', 'ended', '并案|并件|并单'),
  V('merge', 'ref', '合并|并入|并到|并'),
  V('escalate', 'ended', '提级办理|提级|上交|升级'),
  V('supervise', 'ended', '红牌督办|黄牌督办|挂牌督办|督办|红牌|黄牌'),
  V('clear', 'ended', '销账|销号|消账'),
  V('decide', 'ended', '议定|会议议定|会定'),
  V('follow_up', 'ended', '回访'),
  V('follow_up', 'ended', '甄别'),
  V('absence', 'alone', '销假'),
  V('absence', 'ended', '请假|休假'),
  V('policy', 'ended', '政策查询|查政策|政策'),
  V(
    'digest',
    'ended',
    '(?:(?:\\d{4}[-年])?\\d{1,2}月份?的?|上个?月的?|本月的?)?(?:民情)?月报(?:发(?:给)?我|给我|来一份|发一?下|看一?下)?|月度报告',
  ),
  V('register', 'ended', '导出(?:\\d{1,2}月份?的?)?台账|(?:\\d{1,2}月份?的?|上个?月的?|本月的?)?台账'),
  V('help', 'ended', '帮助|使用说明|使用帮助|菜单|help|HELP|Help|怎么用'),
  V('complain', 'alone', '意见反馈|反馈意见|投诉机器人'),
  V('known_matter', 'ended', '已知事项|计划停电|计划停水|计划停气|计划施工|计划检修|计划停网'),
  V('status', 'ended', '查询|查进度|查件|查单|进度查询'),
  V('status', 'ref', '查一下|查|进度|状态|怎么样了|办得怎么样了?'),
  V('urge', 'ended', '催办|催单|催一下|催一催|加急'),
  V('urge', 'ref', '催|快点'),
  V('supplement', 'ended', '补充说明|补充一下|补充|追加'),
  V('supplement', 'ref', '补'),
  V('correct', 'ended', '更正一下|更正|纠正'),
  V('correct', 'ref', '更改|修改|改正|改为|改成|改'),
  V('withdraw', 'ended', '撤回|撤销|撤单'),
  V('withdraw', 'ref', '取消|作废|不用管了|不要了'),
  V('self_handle', 'ended', '已自办|自办|已自行处理|自行处理'),
];

const COMPILED = VERBS.map((verb) => ({ verb, pattern: new RegExp(`^(?:${verb.words})`, 'u') }));
/** Polite and auxiliary words before a command. */
const BEFORE =
  /^(?:我(?:们)?(?:要|想)?|请(?:求)?|麻烦|帮(?:我|忙)?|申请|建议|已经?|现|需要?|要(?:求)?|关于|我来|看(?:一?下)?|发(?:一?下)?|给我|生成|调出|可以|应当?|该)(?=[\u4e00-\u9fff])/u;
const ENDS = /^(?:$|[\s,:;。!?~、#([\d-]|LC|了(?:$|[\s,:;。!?]))/u;

export interface VerbMatch {
  readonly verb: Verb;
  readonly word: string;
  readonly rest: string;
}

function longestAt(body: string, allowed: (verb: Verb, rest: string) => boolean): VerbMatch | null {
  let best: VerbMatch | null = null;
  for (const { verb, pattern } of COMPILED) {
    const word = pattern.exec(body)?.[0];
    if (word === undefined || (best !== null && best.word.length >= word.length)) continue;
    const rest = body.slice(word.length);
    if (allowed(verb, rest)) best = { verb, word, rest };
  }
  return best;
}

/**
 * The command word at the beginning of `body`, after polite words. `certain` is true beside a
 * reference or where the bot was addressed: then a word needs no end after it.
 */
export function verbAt(body: string, certain: boolean): VerbMatch | null {
  const allowed = (verb: Verb, rest: string): boolean =>
    certain || verb.needs === 'alone' || (verb.needs === 'ended' && ENDS.test(rest));
  const plain = longestAt(body, allowed);
  if (plain !== null) return plain;
  const polite = BEFORE.exec(body)?.[0];
  return polite === undefined ? null : longestAt(body.slice(polite.length), allowed);
}
