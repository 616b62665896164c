/** What people in posts say plainly of themselves and of cases: 下周二请假, 村里办不了，上交镇里, 这两个是一回事. */
import type { Role } from '../../domain/roster.ts';
import type { IntakeContext, Intent } from '../reading.ts';
import { isOfficial } from './posts.ts';
import { allRefs, certainRefs } from './refs.ts';

export interface OfficialWords {
  readonly intent: Intent;
  readonly confidence: number;
  /** Where the sentence itself tells of which cases. */
  readonly refs?: readonly string[];
  /** The words that carry the details, where not all do. */
  readonly words?: string;
}

const holds = (context: IntakeContext, roles: readonly Role[]): boolean =>
  context.roles.some((role) => roles.includes(role));

const LEAVE = /请假|休假|年假|年休|病假|事假|产假|婚假|丧假|陪护假|调休/u;
const AWAY = /出差|培训|学习|住院|外出|不在(?:家|岗|单位|镇里)/u;
const DEPUTY = /(?:由|请|让|找|交(?:给)?)[\u4e00-\u9fff]{2,4}?(?:同志)?(?:代|顶|负责|接替|替|接手)/u;
const SOME_DAY = /[今明后]天|周[一二三四五六日天]|星期|礼拜|\d{1,2}[号日月]|上午|下午|这几天|从.{1,6}到/u;

function isAbsence(text: string): boolean {
  return SOME_DAY.test(text) && (LEAVE.test(text) || (AWAY.test(text) && DEPUTY.test(text)));
}

/** Not what anybody asks of the township, but where the matter is to go. */
const UPWARD =
  /提级|上交(?:到|给|至)?(?:镇|乡|县|上面|上级|$|[,。!])|往上(?:报|交)|(?:报|交)(?:到|给|由)(?:镇|乡|县|上级|上面)/u;
const MAY_ESCALATE: readonly Role[] = ['zone_head', 'cadre', 'officer', 'leader', 'dispatcher', 'secretary'];

const SAME = /一回事|同一(?:件|个|回|桩|起)(?:事|问题)|(?:并|合)(?:成|到|在|为)一(?:起|件|个)/u;
const MAY_MERGE: readonly Role[] = ['dispatcher', 'secretary', 'admin', 'recorder'];

const FOLLOWED_UP = /回访[^。]{0,20}(?:满意|解决|没人接|接通|好了|不通)/u;

const POLICY =
  /^(?:帮我?|麻烦)?(?:查|查询|查一?下|看一?下|问一?下|找一?下|发一?下)([\u4e00-\u9fff]{2,12}?)的?政策(?:文件|规定|一页通)?[。?! ]*$/u;

/** Null where the sentence says none of it. `text` is normalised and stands without its numbers. */
export function officialWords(text: string, context: IntakeContext): OfficialWords | null {
  const policy = POLICY.exec(text)?.[1];
  if (policy !== undefined) return { intent: 'policy', confidence: 0.9, words: policy };
  if (holds(context, MAY_ESCALATE) && UPWARD.test(text)) return { intent: 'escalate', confidence: 0.85 };
  if (!isOfficial(context)) return null;
  if (isAbsence(text)) return { intent: 'absence', confidence: 0.85, refs: [] };
  if (FOLLOWED_UP.test(text)) return { intent: 'follow_up', confidence: 0.8 };
  if (holds(context, ['secretary']) && /督办|[红黄]牌/u.test(text) && text.length <= 30)
    return { intent: 'supervise', confidence: 0.8 };
  if (holds(context, MAY_MERGE) && SAME.test(text)) {
    const certain = certainRefs(text);
    return { intent: 'merge', confidence: 0.85, refs: certain.length > 0 ? certain : allRefs(text) };
  }
  return null;
}
