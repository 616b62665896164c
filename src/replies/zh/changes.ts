/** What changes on the way: the same turn told to the reporter, to officers and to those above, each in their words. */
import type { Brief } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no, ref, said } from '../held-back.ts';
import { lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { byHour, day } from './dates.ts';
import { dueLine, howToAct, howToResolve, urgent } from './officer.ts';
import {
  facts,
  fullMatter,
  fullTitle,
  matter,
  office,
  otherOffice,
  promise,
  quoted,
  TIERS,
  title,
  what,
} from './phrases.ts';

const dueSentence = (brief: Brief, ctx: WordsContext): string | null => {
  const due = dueLine(brief, ctx);
  return due === null ? null : `时限：${due}。`;
};

const answerLater = (brief: Brief, ctx: WordsContext): string => promise(brief, ctx) || '办好给您回话。';

export const changes = {
  returned: ({ brief, reason, to, times }, ctx) => {
    if (to === 'reporter')
      return `${title(brief, ctx)}，原来的单位退回来了，值班员在重新分，分好告诉您，您不用再报。`;
    const why = quoted('退回原因：', reason, ctx);
    const how = `请重新交办：回“交办 ${ref(brief, ctx)} 单位”。`;
    if (to === 'dispatcher')
      return lines(`${fullTitle(brief, ctx)}，被退回${times > 1 ? `（第${times}次）` : ''}。`, why, how);
    return lines(
      `${fullTitle(brief, ctx)}，退回${times}次了，还没定下由谁办。`,
      why,
      `要您定的话，回“交办 ${ref(brief, ctx)} 单位”。`,
    );
  },
  transferred: ({ brief, from, reason, to }, ctx) => {
    const old = otherOffice(from, brief, ctx);
    if (to === 'reporter')
      return `${title(brief, ctx)}，${old}转给${office(brief, ctx)}了。${answerLater(brief, ctx)}`;
    const why = quoted('转办原因：', reason, ctx);
    if (to === 'old_officer')
      return lines(
        `${fullTitle(brief, ctx)}，已转给${office(brief, ctx)}。`,
        why,
        '他们接单以前，有人问起还请您答一声。',
      );
    return lines(
      `${urgent(brief)}${fullTitle(brief, ctx)}，${old}转来，请您办。`,
      why,
      facts(brief, '', ctx),
      dueSentence(brief, ctx),
      howToAct(brief, ctx),
    );
  },
  extension_decided: ({ brief, agree, until, reason, to }, ctx) => {
    const why = quoted('说明：', reason, ctx);
    if (to === 'reporter' && agree) {
      const then = until === null ? '办好给您回话。' : `最迟${day(until, ctx)}给您回话。`;
      return lines(`${title(brief, ctx)}，要多些时间，${then}`, why);
    }
    if (to === 'reporter') return `${title(brief, ctx)}还照原来的时间办。${promise(brief, ctx)}`;
    const date = until === null ? '' : `，${byHour(until, ctx)}办结`;
    if (agree) return lines(`${title(brief, ctx)}，同意延期${date}。`, why, howToResolve(brief, ctx));
    return lines(
      `${title(brief, ctx)}，没有同意延期，请抓紧办。`,
      why,
      dueSentence(brief, ctx),
      howToResolve(brief, ctx),
    );
  },
  deferral_decided: ({ brief, agree, reviewAt, reason, to }, ctx) => {
    const again = reviewAt === null ? '' : `，${day(reviewAt, ctx)}再看`;
    const why = quoted(to === 'reporter' ? '原因：' : '说明：', reason, ctx);
    if (to === 'reporter') {
      if (agree) return lines(`${title(brief, ctx)}眼下还办不了，先记着${again}，有结果告诉您。`, why);
      return `${title(brief, ctx)}接着办。${answerLater(brief, ctx)}`;
    }
    if (agree) return lines(`${title(brief, ctx)}，同意挂账${again}。到时我提醒您。`, why);
    return lines(
      `${title(brief, ctx)}，没有同意挂账，请接着办。`,
      why,
      dueSentence(brief, ctx),
      howToResolve(brief, ctx),
    );
  },
  reopened: ({ brief, text, to, times }, ctx) => {
    if (to === 'reporter')
      return `${title(brief, ctx)}，知道了，还没好。已请${office(brief, ctx)}重新办，${promise(brief, ctx) || '办好给您回话。'}`;
    const words = quoted('上报人说：', text, ctx);
    if (to === 'secretary')
      return lines(
        `${fullTitle(brief, ctx)}，上报人第${times}次说没解决，已请${office(brief, ctx)}重新办。`,
        words,
        dueSentence(brief, ctx),
        `要督办就回“督办 ${ref(brief, ctx)}”。`,
      );
    return lines(
      `${urgent(brief)}${fullTitle(brief, ctx)}，上报人说还没解决，请重新办。`,
      words,
      dueSentence(brief, ctx),
      howToResolve(brief, ctx),
    );
  },
  withdrawn: ({ brief, to, reason }, ctx) =>
    to === 'reporter'
      ? `${title(brief, ctx)}，您撤回了，不再办。又要办了，再说一声就行。`
      : lines(`${title(brief, ctx)}，${withdrawnBy(brief)}，您不用再办。`, quoted('原因：', reason, ctx)),
  merged: ({ brief, into, to }, ctx) =>
    to === 'reporter'
      ? `${no(brief, ctx)} 和 ${no(into, ctx)} ${matter(into, ctx)}是一件，并在一起办，办好一样告诉您。${promise(into, ctx)}`
      : `${no(brief, ctx)} 并到 ${no(into, ctx)} ${fullMatter(into, ctx)}里一起办，以后只回 ${no(into, ctx)} 就行。`,
  escalated: ({ brief, to, reason, audience }, ctx) => {
    const up = TIERS[to];
    const why = quoted('原因：', reason, ctx);
    if (audience === 'reporter') {
      const who = brief.office === null ? '正在分派' : `由${office(brief, ctx)}接着办`;
      return `${title(brief, ctx)}报到${up}了，${who}。${answerLater(brief, ctx)}`;
    }
    if (audience === 'village')
      return lines(
        `${fullTitle(brief, ctx)}，已上交${up}，由${office(brief, ctx)}接着办。`,
        why,
        '村里还请帮着答复群众。',
      );
    if (audience === 'office')
      return lines(
        `${fullTitle(brief, ctx)}，村里过了时限还没办好，提到${up}，归${office(brief, ctx)}办。`,
        why,
      );
    if (audience === 'dispatcher')
      return lines(
        `${fullTitle(brief, ctx)}，提到${up}，要您分派。`,
        why,
        facts(brief, '', ctx),
        `回“交办 ${ref(brief, ctx)} 单位”。`,
      );
    return lines(
      `${urgent(brief)}${fullTitle(brief, ctx)}，提到${up}，请您办。`,
      why,
      facts(brief, '', ctx),
      dueSentence(brief, ctx),
      howToAct(brief, ctx),
    );
  },
  supplemented: ({ brief, text, media, to }, ctx) => {
    const who = brief.office === null ? '值班员' : office(brief, ctx);
    if (to === 'reporter') return `${no(brief, ctx)} 补上了，${who}看得到。不用再报。`;
    const words = said(text, ctx);
    const photos = media > 0 ? `新增照片等附件：${media}份` : null;
    return lines(`${title(brief, ctx)}，有补充${words === null ? '。' : '：'}`, words, photos);
  },
  corrected: ({ brief, text, to }, ctx) => {
    if (to === 'reporter') return `改好了 ${no(brief, ctx)}：${what(brief, ctx)}。${promise(brief, ctx)}`;
    return lines(
      `${fullTitle(brief, ctx)}，内容有更正，请按新的办。`,
      quoted('更正：', text, ctx),
      dueSentence(brief, ctx),
    );
  },
  reclassified: ({ brief, before, to }, ctx) => {
    if (hushed(brief, ctx)) return `${no(brief, ctx)} 的类别改过了。${promise(brief, ctx)}`;
    const kinds = `从“${ctx.names.categoryShort(before)}”改为“${ctx.names.categoryShort(brief.category)}”`;
    if (to === 'reporter')
      return `${title(brief, ctx)}，类别${kinds}，由${office(brief, ctx)}负责。${promise(brief, ctx)}`;
    return lines(`${fullTitle(brief, ctx)}，类别${kinds}。`, dueSentence(brief, ctx));
  },
  decision: ({ brief, until, text, to }, ctx) => {
    const words = said(text, ctx);
    if (to === 'reporter') {
      const date = until === null ? '' : `，最迟${day(until, ctx)}给您回话`;
      return lines(
        `${title(brief, ctx)}，会上定了，由${office(brief, ctx)}负责${date}。`,
        quoted('定的是：', words, ctx),
      );
    }
    const date = until === null ? '' : `，${byHour(until, ctx)}办结`;
    return lines(
      `${fullTitle(brief, ctx)}，会上议定，由${office(brief, ctx)}负责${date}。`,
      quoted('议定：', words, ctx),
      howToResolve(brief, ctx),
    );
  },
} satisfies Partial<Words>;

const withdrawnBy = ({ outcome }: Brief): string =>
  outcome === 'not_township' ? '核定不归镇里管' : '上报人撤回了';
