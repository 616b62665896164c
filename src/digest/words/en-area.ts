/** An area's digest in English. */
import { head } from '../../replies/lines.ts';
import type { AreaFigures, AreaRow } from '../area.ts';
import type { Period } from '../period.ts';
import { percent, type Rate } from '../rate.ts';
import { exclusions, periodName } from './en-labels.ts';

const MOST = 7;

export function areaLines(
  { name, rows, total }: AreaFigures,
  period: Period,
  missing: readonly string[],
): readonly string[] {
  const { shown, left } = head(rows, MOST);
  return [
    `${name} ${periodName(period)}: ${rows.length} townships in the order of the file, no ranking`,
    `Received ${total.received}${total.selfHandled > 0 ? `, ${total.selfHandled} of them handled by heads` : ''}.`,
    `${dueOf(total)}${leftOut(total.due.inTime)}`,
    `${rated(total.content)}${leftOut(total.content)}`,
    `${standing(total)}.`,
    ...shown.map((row) => `${row.name}: received ${row.received}. ${dueOf(row)} ${standing(row)}.`),
    ...(left > 0 ? [`${left} more townships are in the attached sheet.`] : []),
    ...(missing.length > 0 ? [`Not read and left out: ${missing.join(', ')}.`] : []),
  ];
}

const leftOut = ({ excluded }: Rate): string =>
  excluded.length === 0
    ? ''
    : ` Left out: ${excluded.map(({ why, count }) => `${exclusions[why]} ${count}`).join(', ')}.`;

const share = (rate: Rate): string => `${rate.numerator} (${percent(rate) ?? '—'})`;

function dueOf({ due: { inTime } }: AreaRow): string {
  if (inTime.denominator === 0) return 'Nothing was due.';
  return `Due ${inTime.denominator}, answered in time ${share(inTime)}.`;
}

const rated = (content: Rate): string =>
  content.denominator === 0
    ? 'Not rated yet.'
    : `Rated ${content.denominator}, satisfied or basically ${share(content)}.`;

function standing({ open, overdue, deferred, moneyMissing, supervised }: AreaRow): string {
  const parts = [
    `${overdue} overdue`,
    deferred > 0 ? `${deferred} deferred` : '',
    moneyMissing > 0 ? `${moneyMissing} yuan missing` : '',
    supervised > 0 ? `${supervised} supervised` : '',
  ];
  return `Open ${open}: ${parts.filter(Boolean).join(', ')}`;
}
