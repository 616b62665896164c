/** What nobody's message brings: the list to call back, the calendar's end, failed work, a post that ended. */
import type { FollowUpItem, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { no, person, ref, said } from '../held-back.ts';
import { clip, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { calendarDay, hour } from './dates.ts';
import { dueLine, howToAct, howToResolve, reporterLine, urgent } from './officer.ts';
import { facts, fullTitle, quoted, RATINGS } from './phrases.ts';

/** Jobs and tasks by name, as an admin calls them. */
const WORK: Readonly<Record<string, string>> = {
  digest: '月报',
  monthly_digest: '月报',
  weekly_digest: '周报',
  bulletin: '月通报',
  office_bulletins: '月通报',
  area: '片区月报',
  area_digest: '片区月报',
  letter: '提醒函',
  meeting: '民情分析会的材料',
  follow_up: '回访名单',
  calendar_end: '节假日到期的提醒',
  media: '取照片',
  media_show: '转照片',
  media_sweep: '清理照片',
};

const workName = (work: string): string =>
  WORK[work] ?? (work.startsWith('meeting_') ? '民情分析会的材料' : '一项定时的活');

const ANSWER = 40;

/** #0042 龙塘湾村3组王家桥路灯不亮：换了灯泡｜回访 42 接通 已解决 满意 */
function line({ brief, answer, rating }: FollowUpItem, ctx: WordsContext): string {
  const how = `回访 ${ref(brief, ctx)} 接通 已解决 满意`;
  if (brief.protected)
    return `${no(brief, ctx)} ${ctx.inGroup ? '这件事' : ctx.names.categoryShort(brief.category)}（要保密）｜${how}`;
  const words = said(answer, ctx);
  const rated = rating === null ? '' : `（${RATINGS[rating]}）`;
  return `${fullTitle(brief, ctx)}${words === null ? '' : `：${clip(words, ANSWER)}`}${rated}｜${how}`;
}

function followUp({ items, more }: Templates['follow_up'], ctx: WordsContext): string {
  if (items.length === 0) return '眼下没有要回访的。';
  const [only = '', ...others] = items.map((item) => line(item, ctx));
  return lines(
    others.length > 0
      ? `这${items.length}件办了、答复了，请打电话回访，问问满不满意：`
      : `请打电话回访，问问满不满意：${only}`,
    others.length > 0 ? only : null,
    ...others,
    more > 0 ? `还有${more}件，打完这些回“回访”再看。` : null,
    '打完照竖线后面的样子回一句；没打通，把“接通”以后换成“未接通”。',
  );
}

function handedOver(params: Templates['handed_over'], ctx: WordsContext): string {
  const { brief, before } = params;
  const due = dueLine(brief, ctx);
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}，原来由${person(before, '一位同事', ctx)}办，现在请您接着办。`,
    facts(brief, '', ctx),
    reporterLine(params, ctx),
    due === null ? null : `时限：${due}。`,
    brief.state === 'assigned' ? howToAct(brief, ctx) : howToResolve(brief, ctx),
  );
}

export const byClock = {
  handed_over: handedOver,
  follow_up: followUp,
  work_failed: ({ work, detail, ended }, ctx) =>
    lines(
      ended
        ? `${workName(work)}试了两个星期都没做成，我不再试了。`
        : `${workName(work)}没做成，我隔一会儿再试，做成了就不用管。`,
      quoted('情况：', detail, ctx),
      '请管系统的人看一下日志。别的事照常。',
    ),
  account_down: ({ account, since, why, qr }, ctx) =>
    lines(
      `我在${ctx.inGroup ? '一个平台' : ` ${clip(account, 40)} `}上${why === 'kicked' ? '被挤下线了' : '要重新登录'}，从${hour(since, ctx)}起收不到也发不出。`,
      '要发的话我都留着，急的改走别的平台；连上了再补发，并告诉您一声。',
      why === 'kicked'
        ? '请看看是不是别处用同一个账号登录了，或者密钥换了；改好后重启我。'
        : qr
          ? '请到运行我的那台机器上看二维码，用这个账号的手机扫一下。'
          : '请管系统的人重新登录。',
    ),
  account_back: ({ account, since }, ctx) =>
    `${ctx.inGroup ? '断开的平台' : `${clip(account, 40)} `}又连上了（从${hour(since, ctx)}断到现在）。断开时要发的话正在补发，您不用管。`,
  files_elsewhere: ({ names }, ctx) =>
    ctx.inGroup
      ? '（另有附件，这里发不了。）'
      : `（另有${names.length}份附件，这里发不了：${names.map((name) => clip(name, 40)).join('、')}。在能收文件的平台上回同样的话就能收到，也可以请值班员打印。）`,
  calendar_end: ({ until, passed }, ctx) =>
    lines(
      passed
        ? `节假日我只知道到${calendarDay(until, ctx)}，已经过了：春节、端午这些和调休都没有算，时限按周一到周五。`
        : `节假日我只知道到${calendarDay(until, ctx)}，再往后的春节、端午这些和调休还不知道，时限只能按周一到周五。`,
      '请升级程序；或在乡镇文件的 holidays 里补上放假和调休，再把 holidaysUntil 写到补到的那天。',
    ),
} satisfies Partial<Words>;
