/** The meeting's papers in Chinese. */
import type { WordsContext } from '../../replies/context.ts';
import { clip, head } from '../../replies/lines.ts';
import { shortNumber, typed } from '../../replies/reference.ts';
import { calendarDay } from '../../replies/zh/dates.ts';
import { money } from '../../replies/zh/phrases.ts';
import type { Matter } from '../matters.ts';
import { zh as digest } from '../words/zh.ts';
import { needs as reasons } from '../words/zh-labels.ts';
import type { MeetingWords } from './words.ts';

const MOST = 10;
const left = (count: number): readonly string[] => (count > 0 ? [`还有${count}件，见附件。`] : []);

const title = (matter: Matter, ctx: WordsContext): string =>
  `${shortNumber(matter.brief.number)} ${digest.matter(matter, ctx)}`;

function dated(matter: Matter, ctx: WordsContext): string {
  const { state, reviewAt, dueAt } = matter.brief;
  const date = digest.day(state === 'deferred' ? reviewAt : dueAt, ctx);
  if (date === '') return '';
  return state === 'deferred'
    ? `，挂账到${date}`
    : matter.overdue
      ? `，原定${date}，超期了`
      : `，时限${date}`;
}

export const zh: MeetingWords = {
  unassignedSheet: ({ items }, date, ctx) => {
    const { shown, left: more } = head(items, MOST);
    const example = items[0] === undefined ? '42' : typed(items[0].matter.brief.number, ctx);
    return [
      `民情分析会${calendarDay(date, ctx)}开，还有${items.length}件没有交办，会上要说交给谁：`,
      ...shown.map(({ matter }) => `${title(matter, ctx)}${dated(matter, ctx)}`),
      ...left(more),
      `能定的先交办：回“交办 ${example} 单位”。定不了的写在附件的表上，带到会上。`,
    ];
  },
  sheet: ({ office, items }, date, ctx) => {
    const { shown, left: more } = head(items, MOST);
    const example = items[0] === undefined ? '42' : typed(items[0].matter.brief.number, ctx);
    return [
      `民情分析会${calendarDay(date, ctx)}开，${office === null ? '' : ctx.names.office(office)}有${items.length}件要说：`,
      ...shown.map(({ matter }) => `${title(matter, ctx)}${dated(matter, ctx)}`),
      ...left(more),
      `能办的写怎么办、哪天办好：回“进展 ${example} 怎么办、哪天好”。`,
      `办不了的写为什么、谁去说明：回“无法办理 ${example} 原因”。写在附件的表上交来也行。`,
    ];
  },
  confirm: ({ items }, date, ctx) => {
    const { shown, left: more } = head(items, MOST);
    const silent = items.filter(({ words }) => words === null).length;
    return [
      `${calendarDay(date, ctx)}民情分析会，您单位要说的，请您过目：`,
      ...shown.map(({ matter, words }) => `${title(matter, ctx)}：${saying(words)}`),
      ...left(more),
      silent === 0
        ? '没问题就回“确认”；要改就再回一次“进展”。'
        : `还有${silent}件没说法，请催一下，或者您直接回“进展”加号码。都齐了回“确认”。`,
    ];
  },
  page: (needs, date, ctx) => {
    if (needs.length === 0) return [`${calendarDay(date, ctx)}民情分析会，没有非您定不可的事。`];
    return [
      `${calendarDay(date, ctx)}民情分析会，这${needs.length}件要您定：`,
      ...needs.map(({ matter, why }) => {
        const cost = matter.cost === null ? '' : `，约需${money(matter.cost)}`;
        const because = why.map((one) => reasons[one]).join('、');
        return `${title(matter, ctx)}，${digest.office(matter, ctx)}${dated(matter, ctx)}${cost}（${because}）`;
      }),
    ];
  },
  confirmed: (seen, open) =>
    seen + open === 0
      ? []
      : [`各单位的答复，分管领导看过${seen}家${open === 0 ? '，都看过了' : `，还有${open}家没回`}。`],
  minutes: (minutes, date, ctx) =>
    minutes.length === 0
      ? [`${calendarDay(date, ctx)}民情分析会：没有记到议定的事。补记就回“议定 号码 单位 日期 怎么办”。`]
      : [`${calendarDay(date, ctx)}民情分析会纪要草稿在附件，议定${minutes.length}件。看过、改好再定稿。`],
  unheard: (people, ctx) => {
    const { shown, left: more } = head(people, MOST);
    return [
      '会上议定的事，这几位反映人还没有听到，请打电话说一声：',
      ...shown.map(
        ({ number, person }) =>
          `${shortNumber(number)} ${(person === null ? null : ctx.names.person(person)) ?? '保密或不在名册'}`,
      ),
      ...(more > 0 ? [`还有${more}位，回“查询”看。`] : []),
    ];
  },
  heard: (count) => [`会上议定的${count}件，反映人都告诉到了。`],
  sheetTitle: (office, date) => `${office}　民情分析会（${date}）答复表`,
  sheetColumns: ['编号、事项', '怎么办，哪天办好', '办不了：为什么，谁去说明'],
  unassigned: '未交办',
  unassignedColumns: ['编号、事项', '交给哪个单位，哪天办好', '还没有交办：为什么'],
  sheetNote: '填一栏就行。聊天里回过的不用再填。',
  minutesTitle: (township, date) => `${township}民情分析会纪要（${date}）`,
  minutesNote: '草稿，待审定。',
  minutesColumns: ['编号', '事项', '议定', '单位、日期'],
  files: { sheet: (office) => `答复表-${office}`, minutes: '民情分析会纪要（草稿）' },
};

const saying = (words: string | null): string =>
  words === null ? '还没有说法' : words === '' ? '已有说法' : clip(words, 60);
