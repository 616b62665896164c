/** An area's figures as a workbook: one row a township, the whole area last. */
import { type Cell, writeWorkbook } from '../../config/spreadsheet.ts';
import type { AreaFigures, AreaRow } from '../area.ts';
import { percent, type Rate } from '../rate.ts';
import { signedPercent } from '../words/numbers.ts';
import { zh } from '../words/zh.ts';
import { lasting } from '../words/zh-labels.ts';
import { fixedZip, type Stamp } from './docx.ts';
import { leftOut } from './figure-rows.ts';

const COLUMNS = [
  '乡镇',
  '收到',
  '比上期',
  '到期',
  '按时答复',
  '按时答复÷到期',
  '已办结',
  '已办结÷到期',
  '不算在内',
  '有评价',
  '满意和基本满意',
  '满意和基本满意÷有评价',
  '评价里不算在内',
  '首次联系（一半、九成）',
  '答复（一半、九成）',
  '在办',
  '超期',
  '挂账',
  '缺钱（元）',
  '说明办不了',
  '两次没解决',
  '督办',
] as const;

export async function areaFile({ name, rows, total }: AreaFigures, stamp: Stamp): Promise<Uint8Array> {
  const sheet = {
    name,
    rows: [[...COLUMNS], ...[...rows, total].map(cellsOf)],
    widths: COLUMNS.map((column) => (column.endsWith('不算在内') ? 40 : Math.max(9, column.length * 1.8))),
    printed: true,
  };
  return fixedZip(await writeWorkbook([sheet], new Date(stamp.at)), stamp);
}

const share = (rate: Rate): string => percent(rate) ?? '';

function cellsOf(row: AreaRow): readonly Cell[] {
  const { inTime, resolved } = row.due;
  return [
    row.id === null ? '合计' : row.name,
    row.received,
    row.overPeriodBefore === null ? '' : (signedPercent(row.overPeriodBefore) ?? ''),
    inTime.denominator,
    inTime.numerator,
    share(inTime),
    resolved.numerator,
    share(resolved),
    leftOut(inTime, zh),
    row.content.denominator,
    row.content.numerator,
    share(row.content),
    leftOut(row.content, zh),
    spread(row.times?.firstContactHours, 1),
    spread(row.times?.resolutionDays, 24),
    row.open,
    row.overdue,
    row.deferred,
    row.moneyMissing,
    row.explained,
    row.twiceUnsatisfied,
    row.supervised,
  ];
}

function spread(one: { median: number | null; p90: number | null } | undefined, hours: number): string {
  if (one === undefined || one.median === null || one.p90 === null) return '';
  return `${lasting(one.median * hours)}、${lasting(one.p90 * hours)}`;
}
