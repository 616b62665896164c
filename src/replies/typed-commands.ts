/**
 * The commands people write: how to write each, and who may, as a rule. One table for all languages,
 * since the intake reads them in Chinese only. Keys are intents (src/intake/reading.ts).
 */
import { addDays, localDate } from '../kernel/zone.ts';
import type { WordsContext } from './context.ts';

export type Role = 'officer' | 'leader' | 'secretary' | 'dispatcher' | 'reporter';

export interface TypedCommand {
  readonly who: Role;
  /** An example. `n` is a case number or the word 号码. */
  readonly usage: (n: string, ctx: WordsContext) => string;
}

const fixed = (text: string) => () => text;

/** A day some time from now, by default two weeks, as people write it: examples must not lie in the past. */
export function sampleDay(ctx: WordsContext, days = 14): string {
  const [, month, day] = addDays(localDate(ctx.now, ctx.timezone), days).split('-').map(Number);
  return `${month}月${day}日`;
}

const COMMANDS: Readonly<Record<string, TypedCommand>> = {
  report: { who: 'dispatcher', usage: fixed('3组桥头路灯不亮') },
  emergency: { who: 'dispatcher', usage: fixed('3组桥头起火') },
  consult: { who: 'dispatcher', usage: fixed('养老认证怎么办') },
  self_handle: { who: 'reporter', usage: fixed('#自办 3组桥头倒树已清走') },
  mixed: { who: 'dispatcher', usage: fixed('3组桥头路灯不亮') },
  supplement: { who: 'reporter', usage: (n) => `补充 ${n} 又坏了一盏` },
  correct: { who: 'reporter', usage: (n) => `更正 ${n} 在桥东头` },
  withdraw: { who: 'reporter', usage: (n) => `撤回 ${n}` },
  retract_media: { who: 'reporter', usage: fixed('照片发错了') },
  status: { who: 'reporter', usage: (n) => `查询 ${n}` },
  urge: { who: 'reporter', usage: (n) => `催办 ${n}` },
  merge: { who: 'dispatcher', usage: (n) => `并案 ${n} 另一件的号码` },
  rate: { who: 'reporter', usage: (n) => `${n} 满意` },
  reopen: { who: 'reporter', usage: (n) => `${n} 没解决` },
  accept: { who: 'officer', usage: (n) => `接单 ${n}` },
  progress: { who: 'officer', usage: (n) => `进展 ${n} 已去看过` },
  ask_reporter: { who: 'officer', usage: (n) => `询问 ${n} 大概几户` },
  contact: { who: 'officer', usage: (n) => `联系方式 ${n}` },
  photos: { who: 'officer', usage: (n) => `照片 ${n}` },
  return: { who: 'officer', usage: (n) => `退回 ${n} 不归我们管` },
  transfer: { who: 'officer', usage: (n) => `转办 ${n} 供电所 线路归他们` },
  co_handle: { who: 'dispatcher', usage: (n) => `会办 ${n} 供电所` },
  request_extension: { who: 'officer', usage: (n, ctx) => `延期 ${n} 等材料 到${sampleDay(ctx)}` },
  decide_extension: { who: 'leader', usage: (n) => `同意 ${n}` },
  decide_deferral: { who: 'secretary', usage: (n) => `同意 ${n}` },
  defer: { who: 'officer', usage: (n, ctx) => `挂账 ${n} 等资金 到${sampleDay(ctx)}` },
  resolve: { who: 'officer', usage: (n) => `办结 ${n} 换了灯泡` },
  explain: { who: 'officer', usage: (n) => `无法办理 ${n} 原因，依据什么` },
  assign: { who: 'dispatcher', usage: (n) => `交办 ${n} 村建办` },
  reclassify: { who: 'dispatcher', usage: (n) => `改类 ${n} 路灯` },
  escalate: { who: 'dispatcher', usage: (n) => `提级 ${n} 村里办不了` },
  supervise: { who: 'secretary', usage: (n) => `督办 ${n}` },
  clear: { who: 'secretary', usage: (n) => `销账 ${n}` },
  decide: { who: 'secretary', usage: (n, ctx) => `议定 ${n} 村建办 ${sampleDay(ctx)} 换灯杆` },
  follow_up: { who: 'dispatcher', usage: (n) => `回访 ${n} 接通 已解决 满意` },
  screen: { who: 'dispatcher', usage: (n) => `甄别 ${n} 认定 依据` },
  known_matter: { who: 'dispatcher', usage: fixed('计划停电 3组 明天8点到17点') },
  digest: { who: 'secretary', usage: fixed('月报') },
  register: { who: 'dispatcher', usage: fixed('台账') },
  policy: { who: 'dispatcher', usage: fixed('政策 低保') },
  help: { who: 'dispatcher', usage: fixed('帮助') },
  complain: { who: 'dispatcher', usage: fixed('意见反馈 您的意见') },
  absence: { who: 'officer', usage: (_, ctx) => `请假 ${sampleDay(ctx)}到${sampleDay(ctx, 16)} 由谁代` },
  notice: { who: 'dispatcher', usage: fixed('通知 内容') },
  sensitive: { who: 'dispatcher', usage: fixed('私信我说') },
  discipline: { who: 'dispatcher', usage: fixed('请打 12388') },
  unauthorized: { who: 'dispatcher', usage: fixed('帮助') },
  chatter: { who: 'dispatcher', usage: fixed('3组桥头路灯不亮') },
};

const ANY: TypedCommand = { who: 'dispatcher', usage: (n) => `查询 ${n}` };

export const typedCommand = (command: string | null): TypedCommand => COMMANDS[command ?? ''] ?? ANY;

export const TYPED_COMMANDS = Object.keys(COMMANDS);
