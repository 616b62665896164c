/** Help by role. The sentences people write are Chinese; the English beside them says what they do. */
import type { Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { type HelpSection, helpSections } from '../help-sections.ts';
import { lines } from '../lines.ts';
import { sampleDay } from '../typed-commands.ts';

const SECTIONS: Readonly<Record<HelpSection, (ctx: WordsContext) => string>> = {
  head: () =>
    lines(
      'Just say it: 3组桥头路灯不亮. A picture helps, none is needed.',
      'How it stands: 查询 N · add: 补充 N … · correct: 更正 N … · drop it: 撤回 N · hurry: 催办 N',
      'Not solved after all: N 没解决 · solved by yourself: #自办 … · pass up: 提级 N and why',
    ),
  officer: (ctx) =>
    lines(
      'Accept: 接单 N · done: 办结 N … · progress: 进展 N … · ask: 询问 N … · phone: 联系方式 N · photos: 照片 N',
      'Give back: 退回 N … · pass on: 转办 N office … · can’t be done: 无法办理 N …',
      `More time: 延期 N … 到${sampleDay(ctx)} · defer: 挂账 N … 到${sampleDay(ctx)} · away: 请假 ${sampleDay(ctx)}到${sampleDay(ctx, 16)}`,
    ),
  admin: () =>
    lines(
      'People: 绑定 reference name · 解绑 name (references stand in my notices)',
      'Groups: 绑群 reference village, or 绑定 village in the group · 解绑群',
    ),
  leader: () => 'Decide: 同意 N · 不同意 N … · pass on: 转办 N office …',
  dispatcher: () =>
    lines(
      'Assign: 交办 N office · category: 改类 N … · helper: 会办 N office · merge: 并案 N N · pass up: 提级 N …',
      'Called back: 回访 N 接通 已解决 满意 · check: 甄别 N 重办 (or 转周期, 认定)',
      'For others: 代报 代接 代办结 代评, with who said it and how · planned: 计划停电 3组 …',
    ),
  secretary: (ctx) =>
    lines(
      'Supervise: 督办 N · clear: 销账 N · decide: 同意 N · 不同意 N …',
      `Meeting: 议定 N office ${sampleDay(ctx)} … · digest: 月报`,
    ),
};

export function help({ roles }: Templates['help'], ctx: WordsContext): string {
  const { dutyPhone } = ctx.township;
  return lines(
    'You can write (N is the case number; near enough is good enough):',
    ...helpSections(roles).map((section) => SECTIONS[section](ctx)),
    'Policy: 政策 低保 · complain about me: 意见反馈 …',
    `In an emergency call 119, 110 or 120 first${dutyPhone === null ? '' : `, duty desk ${dutyPhone}`}.`,
  );
}
