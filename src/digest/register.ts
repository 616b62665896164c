/** 台账: one row a case, with the columns that townships keep (domain.md, "The month"). */
import type { Cell, SheetToWrite } from '../config/spreadsheet.ts';
import type { Case, Instant } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import type { Roster } from '../domain/roster.ts';
import { offsetAt } from '../kernel/zone.ts';
import type { WordsContext } from '../replies/context.ts';
import { money } from '../replies/zh/phrases.ts';
import { type CaseRecord, eventsOf, hiddenOf, recordAt } from './facts.ts';
import type { Figures } from './figures.ts';
import { areaIn } from './history.ts';
import { byNumber } from './matters.ts';
import { within } from './period.ts';
import { collectPlaces, type PlaceNames } from './place-names.ts';
import { sources } from './words/zh-labels.ts';

export interface RegisterInput {
  readonly figures: Figures;
  readonly records: readonly CaseRecord[];
  readonly roster: Roster;
  readonly ctx: WordsContext;
}

interface Row extends CaseRecord {
  readonly index: number;
  readonly ctx: WordsContext;
  readonly places: PlaceNames;
  /** Numbers of the same matter at the same place, its own among them. */
  readonly again: readonly string[];
}

interface Column {
  readonly name: string;
  readonly width: number;
  readonly format?: string;
  readonly cell: (row: Row) => Cell;
}

const DAY_FORMAT = 'yyyy-mm-dd';
const TIME_FORMAT = 'yyyy-mm-dd hh:mm';

const open = ({ value }: Row): boolean => hiddenOf(value) === null;
const STATES: Readonly<Record<Case['state'], string>> = {
  reported: '待分派',
  assigned: '已交办',
  in_progress: '在办',
  resolved: '已答复，等评价',
  closed: '已结案',
  deferred: '挂账',
  cancelled: '已撤',
};
const OUTCOMES = {
  fixed: '办好了',
  partly_fixed: '办好一部分',
  explained: '说明办不了',
  self_handled: '邻长自办',
  withdrawn: '撤回',
  duplicate: '重复，并案',
  not_township: '不归镇里',
} as const;
const MEANS = { chat: '聊天', phone: '电话', visit: '上门', paper: '书面' } as const;
const RATED = { satisfied: '满意', basically: '基本满意', unsatisfied: '没解决' } as const;

/** The order is the township's own: paper registers have had it for years. */
const COLUMNS: readonly Column[] = [
  { name: '序号', width: 6, cell: ({ index }) => index },
  { name: '编号', width: 14, cell: ({ value }) => value.number },
  { name: '来源', width: 8, cell: ({ value }) => sources[value.source] },
  // Whoever has the number can look the caller up.
  { name: '外部编号', width: 18, cell: ({ value }) => (value.protected ? '' : (value.external ?? '')) },
  { name: '反映日期', width: 12, format: DAY_FORMAT, cell: ({ value, ctx }) => wall(value.receivedAt, ctx) },
  { name: '村', width: 12, cell: (row) => (row.value.protected ? '' : row.places.village(row.value)) },
  { name: '片', width: 9, cell: (row) => (open(row) ? row.places.zone(row.value) : '') },
  { name: '组', width: 10, cell: (row) => (open(row) ? row.places.groups(row.value) : '') },
  { name: '邻', width: 8, cell: (row) => (open(row) ? row.places.neighborhood(row.value) : '') },
  { name: '转报人', width: 12, cell: ({ value, ctx }) => reporterNames(value, ctx) },
  { name: '事项', width: 36, cell: matter },
  { name: '类别', width: 14, cell: ({ value, ctx }) => ctx.names.category(value.category) },
  { name: '户数', width: 7, cell: (row) => (open(row) ? row.value.households : null) },
  { name: '亩数', width: 7, cell: (row) => (open(row) ? areaIn(row.value.summary) : null) },
  {
    name: '主办',
    width: 12,
    cell: ({ value, ctx }) => (value.office === null ? '' : ctx.names.office(value.office)),
  },
  {
    name: '协办',
    width: 12,
    cell: ({ value, ctx }) => value.coOffices.map((id) => ctx.names.office(id)).join('、'),
  },
  { name: '时限', width: 16, format: TIME_FORMAT, cell: ({ value, ctx }) => wall(value.dueAt, ctx) },
  {
    name: '首次联系',
    width: 16,
    format: TIME_FORMAT,
    cell: ({ value, ctx }) => wall(value.firstContactAt, ctx),
  },
  { name: '核实情况', width: 24, cell: (row) => words(row, 'case_progressed', 'first') },
  { name: '进展', width: 28, cell: progress },
  { name: '结果', width: 30, cell: result },
  { name: '所需资金及来源', width: 16, cell: ({ value }) => (value.cost === null ? '' : money(value.cost)) },
  {
    name: '答复方式',
    width: 9,
    cell: (row) => answered(row, (event) => MEANS[event.behalf?.means ?? 'chat']),
  },
  { name: '答复日期', width: 12, format: DAY_FORMAT, cell: ({ value, ctx }) => wall(value.resolvedAt, ctx) },
  { name: '答复人', width: 10, cell: answerer },
  {
    name: '是否解决',
    width: 9,
    cell: ({ value: { solved } }) => (solved === null ? '' : solved ? '是' : '否'),
  },
  { name: '评价', width: 9, cell: ({ value: { rating } }) => (rating === null ? '' : RATED[rating]) },
  {
    name: '重复',
    width: 18,
    cell: ({ value, again }) =>
      value.mergedInto === null ? againWords(value.number, again) : `并入${value.mergedInto}`,
  },
  { name: '上次议定', width: 26, cell: decision },
  { name: '备注', width: 20, cell: remarks },
];

export const REGISTER_COLUMNS = COLUMNS.map(({ name }) => name);

/** Received or answered in the period, or open now; by number, as they are at `figures.asOf`. */
export function registerSheet({ figures, records, roster, ctx }: RegisterInput): SheetToWrite {
  const { from } = figures.period;
  const places = collectPlaces(roster, ctx);
  const again = againOf(figures);
  const rows = records
    .flatMap((record) => recordAt(record, figures.asOf) ?? [])
    .filter(({ value }) => concerns(value, from, figures.cut))
    .toSorted(byNumber)
    .map(
      (record, i): Row => ({
        ...{ ...record, index: i + 1, ctx, places },
        again: again.get(record.value.number) ?? [],
      }),
    );
  return {
    name: '台账',
    rows: [[...REGISTER_COLUMNS], ...rows.map((row) => COLUMNS.map(({ cell }) => cell(row)))],
    widths: COLUMNS.map(({ width }) => width),
    formats: COLUMNS.map(({ format }) => format ?? null),
    printed: true,
  };
}

const concerns = (c: Case, from: Instant, cut: Instant): boolean =>
  isOpen(c.state) || [c.receivedAt, c.resolvedAt, c.closedAt].some((at) => within(at, from, cut));

function againOf(figures: Figures): ReadonlyMap<string, readonly string[]> {
  const all = figures.repeats.flatMap(({ numbers }) => numbers.map((number) => [number, numbers] as const));
  return new Map(all);
}

/** The others of its place. A cell of Excel ends at 32,767 letters, and each of ten thousand would name them all. */
function againWords(own: string, again: readonly string[]): string {
  const near = again.slice(0, MOST_AGAIN + 1).filter((one) => one !== own);
  const more = again.length > MOST_AGAIN + 1 ? `等${again.length - 1}件` : '';
  return `${near.slice(0, MOST_AGAIN).join('、')}${more}`;
}

const MOST_AGAIN = 12;

/** A spreadsheet has no time zone: the cell shows what the township's clock showed. */
function wall(at: Instant | null, ctx: WordsContext): Date | null {
  return at === null ? null : new Date(at + offsetAt(at, ctx.timezone));
}

/** Who passed it on, as officials read it. */
export function reporterNames(value: Case, ctx: WordsContext): string {
  if (value.protected) return '保密';
  const names = value.reporters.map(({ who, behalf }) => {
    const name = ctx.names.person(who) ?? (who.startsWith('@') ? '群众' : '');
    return behalf === null ? name : `${name}（代报）`;
  });
  return [...new Set(names.filter(Boolean))].join('、');
}

function matter(row: Row): string {
  const { value, ctx } = row;
  if (!open(row)) return `${ctx.names.categoryShort(value.category)}（涉及个人，细节见案卷）`;
  return [value.place ?? '', value.summary].filter(Boolean).join('：');
}

type Said = 'case_progressed';

function words(row: Row, type: Said, which: 'first' | 'last'): string {
  if (!open(row)) return '';
  const said = eventsOf(row, type);
  return said.at(which === 'first' ? 0 : -1)?.data.text ?? '';
}

function progress(row: Row): string {
  const state = STATES[row.value.state];
  const last = words(row, 'case_progressed', 'last');
  return last === '' ? state : `${state}：${last}`;
}

function result(row: Row): string {
  const { outcome, answer } = row.value;
  if (outcome === null) return '';
  return answer === null || !open(row) ? OUTCOMES[outcome] : `${OUTCOMES[outcome]}：${answer}`;
}

type Answer = ReturnType<typeof lastAnswer>;
const lastAnswer = (row: Row) => eventsOf(row, 'case_resolved', 'case_explained').at(-1);

function answered(row: Row, read: (event: NonNullable<Answer>) => string): string {
  const event = row.value.resolvedAt === null ? undefined : lastAnswer(row);
  return event === undefined ? '' : read(event);
}

/** The officer, or the office that a dispatcher wrote for. */
function answerer(row: Row): string {
  return answered(
    row,
    ({ data: { handler } }) => row.ctx.names.person(handler) ?? row.ctx.names.office(handler),
  );
}

function decision(row: Row): string {
  const { decided } = row.value;
  if (decided === null) return '';
  const office = decided.office === null ? '' : row.ctx.names.office(decided.office);
  const due = wall(decided.dueAt, row.ctx);
  const date = due === null ? '' : `${due.toISOString().slice(0, 10)}前`;
  return [office, date, open(row) ? decided.text : ''].filter(Boolean).join('，');
}

function remarks({ value }: Row): string {
  const { returns, extensions, reopens, supervision, reviewAt, protected: hidden } = value;
  return [
    supervision === 'none' ? '' : supervision === 'red' ? '红色督办' : '黄色督办',
    returns > 0 ? `退回${returns}次` : '',
    extensions > 0 ? `延期${extensions}次` : '',
    reopens > 0 ? `重办${reopens}次` : '',
    reviewAt === null ? '' : '挂账中',
    hidden ? '保密' : '',
  ]
    .filter(Boolean)
    .join('，');
}
