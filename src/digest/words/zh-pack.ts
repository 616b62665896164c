/** The words of the papers in Chinese. */

import { localDate } from '../../kernel/zone.ts';
import type { WordsContext } from '../../replies/context.ts';
import { calendarDay } from '../../replies/zh/dates.ts';
import { money } from '../../replies/zh/phrases.ts';
import { sum } from '../rate.ts';
import { short } from './numbers.ts';
import type { PackWords } from './words.ts';
import { lasting, some } from './zh-labels.ts';

export const pack: PackWords = {
  title: '民情分析会材料',
  subtitle: (period, asOf) => `${period}（在办件截至${asOf}）`,
  figures: '一、本期数字',
  figuresSheet: '数字',
  figureColumns: ['项目', '件数', '比例', '不算在内'],
  charts: '二、三张图',
  needs: '三、需要书记定的事',
  decisions: '四、上次议定的事办得怎样',
  decisionColumns: ['编号', '事项', '议定', '现在'],
  matters: '五、在办的事，逐件议',
  unassigned: '未交办',
  matterColumns: ['编号', '事项和进展', '承办、时限', '会上议定（单位、日期、怎么办；办不了的写明谁去说明）'],
  explained: '六、说明了办不了的事',
  explainedColumns: ['编号', '事项', '为什么办不了', '单位、日期'],
  bulletin: '七、各单位：上期没办完的和本期超期的',
  bulletinColumns: ['单位', '事项', '到本期末'],
  bulletinNote: '按名册顺序，只列事项和日期，不打分、不排名。',
  repeats: '八、90天内又来的地方',
  incidents: '九、一件事多人反映',
  none: '没有。',
  more: (left) => `还有${left}件，见台账。`,
  privateNote: '（涉及个人，细节不印）',
  roomForDecision: '',
  rows: {
    received: '收到',
    bySource: '　按来源',
    byTier: '　按层级',
    byCategory: '　按类别',
    byVillage: '　按村',
    byOffice: '　按承办单位',
    unknown: '村不明或保密',
    unassigned: '未分派',
    inTime: '按时答复÷到期',
    answered: '已答复÷到期',
    resolved: '已办结÷到期',
    tier: (name) => `　${name}级：按时答复；已办结`,
    closedOfReceived: '已结案÷收到',
    content: '满意和基本满意÷有评价',
    discontent: '没解决÷有评价',
    firstContact: '首次联系（自然时间）',
    resolution: '从反映到答复（自然时间）',
    twiceTransferred: '转了两次以上÷已答复',
    nothingLeftOut: '无',
    spread: (count, median, p90) => `${count}件：一半在${median}内，九成在${p90}内`,
  },
  cost: (yuan) => `约需${money(yuan)}`,
  households: (count) => `${count}户`,
  latest: (words) => `进展：${words}`,
  reason: (words) => `原因：${words}`,
  reviewOn: (date) => `挂账，${date}再看`,
  wasDue: (date) => `超期，原定${date}`,
  dueOn: (date) => `时限${date}`,
  lasting,
  marks: ({ supervision, returns, unsatisfied, extensions }) =>
    [
      supervision === 'red' ? '红色督办' : supervision === 'yellow' ? '黄色督办' : '',
      returns > 0 ? `退回${returns}次` : '',
      extensions > 0 ? `延期${extensions}次` : '',
      unsatisfied > 0 ? `${unsatisfied}次没解决` : '',
    ].filter(Boolean),
  bulletinDate: (state, date) =>
    date === ''
      ? ''
      : state === 'deferred'
        ? `${date}再看`
        : state === 'overdue'
          ? `原定${date}`
          : state === 'open' || state === 'redo'
            ? `时限${date}`
            : date,
  repeat: ({ category, village, groups, place, numbers }, ctx) => {
    const spot = `${groups.map((id) => ctx.names.group(id)).join('、')}${place ?? ''}`;
    return `${ctx.names.village(village)}${spot}，${ctx.names.categoryShort(category)}，${numbers.length}次：${some(numbers)}`;
  },
  incident: ({ category, from, to, reports, villages, numbers }, ctx) => {
    const days = [...new Set([day(from, ctx), day(to, ctx)])].join('至');
    const extents = villages.map(({ village, cases, households, unknownHouseholds, area }) => {
      const size = [
        `${cases}件`,
        households > 0 ? `${households}户` : '',
        unknownHouseholds > 0 ? `${unknownHouseholds}件没报户数` : '',
        area > 0 ? `${short(area)}亩` : '',
      ].filter(Boolean);
      return `${ctx.names.village(village)}${size.join('、')}`;
    });
    const households = sum(villages.map((one) => one.households));
    const area = sum(villages.map((one) => one.area));
    const sums = [households > 0 ? `${households}户` : '', area > 0 ? `${short(area)}亩` : ''].filter(
      Boolean,
    );
    const total = villages.length > 1 && sums.length > 0 ? `；共${sums.join('、')}` : '';
    return `${days}${ctx.names.categoryShort(category)}，${reports}人报：${extents.join('；')}${total}（${some(numbers)}）`;
  },
};

const day = (at: number, ctx: WordsContext): string => calendarDay(localDate(at, ctx.timezone), ctx);
