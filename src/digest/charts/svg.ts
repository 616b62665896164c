/**
 * The three charts as SVG, drawn by echarts without a browser. Dark, middle and light tones and a number on each bar:
 * they read the same on a black-and-white printer. Offices are in none of them.
 */
import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { WordsContext } from '../../replies/context.ts';
import type { Figures } from '../figures.ts';
import { short } from '../words/numbers.ts';
import type { ChartWords } from '../words/words.ts';

use([BarChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** In CSS pixels; drawn at 1.6 times that: sharp across half an A4 page and on a phone. */
export const CHART = { width: 1000, height: 640 } as const;

export const FONT = 'Noto Sans SC';
const [DARK, MIDDLE, LIGHT, ALERT] = ['#1f4e79', '#7f9fbf', '#b9cadb', '#b3401f'];
const TEXT = '#222222';

type Option = Parameters<ReturnType<typeof init>['setOption']>[0];

export function draw(option: Option): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...CHART });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT, color: TEXT }, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

const title = (text: string) => ({
  text,
  left: 24,
  top: 18,
  textStyle: { fontSize: 30, fontWeight: 'normal' as const, color: TEXT, fontFamily: FONT },
});
const legend = (data: readonly string[]) => ({
  data: [...data],
  right: 24,
  top: 22,
  itemGap: 22,
  textStyle: { fontSize: 22, color: TEXT, fontFamily: FONT },
});
const axisText = { fontSize: 22, color: TEXT, fontFamily: FONT };
const grid = {
  left: 40,
  right: 70,
  top: 90,
  bottom: 40,
  outerBounds: { left: 24, right: 40, top: 80, bottom: 16 },
} as const;
const numbers = { show: true, fontSize: 21, color: TEXT, fontFamily: FONT };
const valueAxis = {
  type: 'value' as const,
  minInterval: 1,
  axisLabel: axisText,
  splitLine: { lineStyle: { color: '#dddddd' } },
};

const MOST_CATEGORIES = 8;
const LONGEST = 9;
const clipped = (name: string): string =>
  [...name].length > LONGEST ? `${[...name].slice(0, LONGEST - 1).join('')}…` : name;

/** What is reported most, beside its mean of the periods before where there were any. */
export function categoriesChart(figures: Figures, words: ChartWords, ctx: WordsContext): string {
  const top = figures.received.byCategory.slice(0, MOST_CATEGORIES).reverse();
  const means = new Map(figures.means.map(({ category, mean }) => [category, mean]));
  const now = bars(
    words.thisPeriod,
    top.map(({ count }) => count),
    DARK,
  );
  const before = bars(
    words.meanBefore(figures.means[0]?.periods ?? 0),
    top.map(({ key }) => Number(short(means.get(key) ?? 0))),
    LIGHT,
  );
  const series = means.size > 0 ? [now, before] : [now];
  return draw({
    title: title(top.length === 0 ? words.empty(words.categories) : words.categories),
    legend: legend(series.map(({ name }) => name)),
    grid,
    xAxis: valueAxis,
    yAxis: { ...nameAxis, data: top.map(({ key }) => clipped(ctx.names.categoryShort(key))) },
    series: series.toReversed(),
  });
}

const nameAxis = { type: 'category', axisLabel: axisText, axisTick: { show: false } } as const;

const bars = (name: string, data: readonly number[], color: string | undefined) => ({
  type: 'bar' as const,
  name,
  data: [...data],
  itemStyle: { color: color ?? TEXT },
  barMaxWidth: 34,
  label: { ...numbers, position: 'right' as const },
});

/** Received in each of the last periods. */
export function trendChart(figures: Figures, words: ChartWords): string {
  const { trend } = figures;
  return draw({
    title: title(words.trend),
    grid,
    xAxis: {
      type: 'category',
      data: trend.map(({ period }) => words.shortPeriod(period)),
      axisLabel: { ...axisText, interval: 0, rotate: trend.length > 7 ? 40 : 0 },
      axisTick: { show: false },
    },
    yAxis: valueAxis,
    series: [
      {
        type: 'bar',
        barMaxWidth: 60,
        data: trend.map(({ count }, i) => ({
          value: count,
          itemStyle: { color: (i === trend.length - 1 ? DARK : MIDDLE) ?? TEXT },
        })),
        label: { ...numbers, position: 'top' },
      },
    ],
  });
}

interface Row {
  readonly name: string;
  readonly count: number;
  readonly color: string | undefined;
}

/** What fell due, what is open and what was rated: a bar for each, so that a small number can be read too. */
export function outcomeChart(figures: Figures, words: ChartWords): string {
  const rows = outcomeRows(figures, words);
  const nothing = rows.every(({ count }) => count === 0);
  return draw({
    title: title(nothing ? words.empty(words.outcome) : words.outcome),
    grid,
    xAxis: valueAxis,
    // The axis counts from below.
    yAxis: { ...nameAxis, data: rows.map(({ name }) => name).reverse() },
    series: [
      {
        type: 'bar',
        barMaxWidth: 34,
        data: rows
          .map(({ count, color }) => ({ value: count, itemStyle: { color: color ?? TEXT } }))
          .reverse(),
        label: { ...numbers, position: 'right' },
      },
    ],
  });
}

function outcomeRows({ due, ratings, matters }: Figures, words: ChartWords): readonly Row[] {
  const { denominator, numerator: inTime } = due.inTime;
  const late = due.answered.numerator - inTime;
  const running = matters.open.length - matters.overdue.length - matters.deferred.length;
  const part = (group: string, name: string, count: number, color: string | undefined): Row => ({
    name: words.part(group, name),
    count,
    color,
  });
  return [
    part(words.dueRow, words.inTime, inTime, DARK),
    part(words.dueRow, words.late, late, LIGHT),
    part(words.dueRow, words.unanswered, denominator - inTime - late, ALERT),
    part(words.openRow, words.running, running, DARK),
    part(words.openRow, words.overdue, matters.overdue.length, ALERT),
    part(words.openRow, words.deferred, matters.deferred.length, LIGHT),
    part(words.ratedRow, words.satisfied, ratings.satisfied, DARK),
    part(words.ratedRow, words.basically, ratings.basically, MIDDLE),
    part(words.ratedRow, words.unsatisfied, ratings.unsatisfied, ALERT),
    part(words.ratedRow, words.unrated, ratings.unrated, LIGHT),
  ];
}
