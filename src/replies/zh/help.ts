/** Help by role: the sentences people can write, none of which must be learnt by heart. */
import type { Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { type HelpSection, helpSections } from '../help-sections.ts';
import { lines } from '../lines.ts';
import { sampleDay } from '../typed-commands.ts';

const SECTIONS: Readonly<Record<HelpSection, (ctx: WordsContext) => string>> = {
  head: () =>
    lines(
      '有事直接说：3组桥头路灯不亮。照片可发可不发。',
      '查询 号码｜补充 号码 的话｜更正 号码 的话｜撤回 号码｜催办 号码',
      '办好了我来问您；没好就回“号码 没解决”。',
      '自己办好的：#自办 3组倒树已清走。村里办不了：提级 号码 原因',
    ),
  officer: (ctx) =>
    lines(
      '接单 号码｜办结 号码 做了什么｜进展 号码 的话',
      '退回 号码 原因｜转办 号码 单位 原因｜询问 号码 问题｜联系方式 号码｜照片 号码',
      `延期 号码 原因 到${sampleDay(ctx)}｜挂账 号码 原因 到${sampleDay(ctx)}｜无法办理 号码 原因和依据`,
      `请假 ${sampleDay(ctx)}到${sampleDay(ctx, 16)} 由谁代`,
    ),
  admin: () =>
    lines(
      '配人：绑定 编码 姓名｜解绑 姓名（编码在我发的通知里）',
      '配群：绑群 编码 村名，或在群里写 绑定 村名｜解绑群',
    ),
  leader: () => lines('定延期：同意 号码｜不同意 号码 原因', '转办 号码 单位 原因｜查询'),
  dispatcher: () =>
    lines(
      '交办 号码 单位｜改类 号码 类别｜会办 号码 单位｜并案 号码 号码',
      '回访 号码 接通 已解决 满意｜甄别 号码 重办（或 转周期、认定）',
      '替人办：代报、代接、代办结、代评，写明是谁、怎么说的（电话、上门）',
      '计划停电 3组 明天8点到17点｜提级 号码 原因',
    ),
  secretary: (ctx) =>
    lines(
      '督办 号码｜销账 号码｜同意 号码｜不同意 号码 原因',
      `议定 号码 单位 ${sampleDay(ctx)} 怎么办`,
      '月报｜查询',
    ),
};

export function help({ roles }: Templates['help'], ctx: WordsContext): string {
  const { dutyPhone } = ctx.township;
  return lines(
    '可以这样写（大意对就行，号码换成数字）：',
    ...helpSections(roles).map((section) => SECTIONS[section](ctx)),
    '政策 低保｜意见反馈 您的意见',
    `急事先打 119、110、120${dutyPhone === null ? '' : `，值班电话 ${dutyPhone}`}。`,
  );
}
