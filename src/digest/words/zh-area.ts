/** An area's digest in a chat: the whole, then township by township in the order of the file. */
import { head } from '../../replies/lines.ts';
import { money } from '../../replies/zh/phrases.ts';
import type { AreaFigures, AreaRow } from '../area.ts';
import type { Period } from '../period.ts';
import { percent, type Rate } from '../rate.ts';
import { exclusions, periodName } from './zh-labels.ts';

/** With the whole before them and the rest after they make fourteen lines. */
const MOST = 7;

export function areaLines(
  { name, rows, total }: AreaFigures,
  period: Period,
  missing: readonly string[],
): readonly string[] {
  const { shown, left } = head(rows, MOST);
  return [
    `${name}${periodName(period)}月报（${rows.length}个乡镇，按名册顺序，不排名）`,
    `共收到${total.received}件${total.selfHandled > 0 ? `，其中邻长自办${total.selfHandled}件` : ''}。`,
    `${dueOf(total)}${leftOut(total.due.inTime)}`,
    `${rated(total.content)}${leftOut(total.content)}`,
    `${standing(total)}。`,
    ...shown.map((row) => `${row.name}：收到${row.received}件；${dueOf(row)}${standing(row)}。`),
    ...(left > 0 ? [`还有${left}个乡镇，见附件。`] : []),
    ...(missing.length > 0 ? [`没有读到数据，没算在内：${missing.join('、')}。`] : []),
  ];
}

const leftOut = ({ excluded }: Rate): string =>
  excluded.length === 0
    ? ''
    : `不算在内：${excluded.map(({ why, count }) => `${exclusions[why]}${count}`).join('、')}。`;

const share = (rate: Rate): string => `${rate.numerator}件（${percent(rate) ?? '—'}）`;

function dueOf({ due: { inTime } }: AreaRow): string {
  if (inTime.denominator === 0) return '没有到期的。';
  return `到期${inTime.denominator}件，按时答复${share(inTime)}。`;
}

const rated = (content: Rate): string =>
  content.denominator === 0
    ? '还没有评价。'
    : `有评价${content.denominator}件，满意和基本满意${share(content)}。`;

function standing({ open, overdue, deferred, moneyMissing, supervised }: AreaRow): string {
  const parts = [
    overdue > 0 ? `超期${overdue}件` : '没有超期的',
    deferred > 0 ? `挂账${deferred}件` : '',
    moneyMissing > 0 ? `缺钱${money(moneyMissing)}` : '',
    supervised > 0 ? `督办${supervised}件` : '',
  ];
  return `在办${open}件，${parts.filter(Boolean).join('，')}`;
}
