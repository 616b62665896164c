/** The commands people write: their names and how to write each. Keys are intents (src/intake/reading.ts). */
import type { WordsContext } from '../context.ts';
import { sampleDay } from './dates.ts';

export type Role = 'officer' | 'leader' | 'secretary' | 'dispatcher' | 'reporter';

export const ROLES: Readonly<Record<Role, string>> = {
  officer: '承办人',
  leader: '分管领导',
  secretary: '书记',
  dispatcher: '值班员',
  reporter: '上报人',
};

interface CommandWords {
  readonly name: string;
  /** Who may, as a rule. */
  readonly who: Role;
  /** `n` is a case number or the word 号码. */
  readonly usage: (n: string, ctx: WordsContext) => string;
}

const fixed = (text: string) => () => text;

export const COMMANDS: Readonly<Record<string, CommandWords>> = {
  report: { name: '上报', who: 'dispatcher', usage: fixed('3组桥头路灯不亮') },
  emergency: { name: '报急事', who: 'dispatcher', usage: fixed('3组桥头起火') },
  consult: { name: '咨询', who: 'dispatcher', usage: fixed('养老认证怎么办') },
  self_handle: { name: '自办', who: 'reporter', usage: fixed('#自办 3组桥头倒树已清走') },
  mixed: { name: '上报', who: 'dispatcher', usage: fixed('3组桥头路灯不亮') },
  supplement: { name: '补充', who: 'reporter', usage: (n) => `补充 ${n} 又坏了一盏` },
  correct: { name: '更正', who: 'reporter', usage: (n) => `更正 ${n} 在桥东头` },
  withdraw: { name: '撤回', who: 'reporter', usage: (n) => `撤回 ${n}` },
  retract_media: { name: '删照片', who: 'reporter', usage: (n) => `删照片 ${n}` },
  status: { name: '查询', who: 'reporter', usage: (n) => `查询 ${n}` },
  urge: { name: '催办', who: 'reporter', usage: (n) => `催办 ${n}` },
  merge: { name: '并案', who: 'dispatcher', usage: (n) => `并案 ${n} 另一件的号码` },
  rate: { name: '评价', who: 'reporter', usage: (n) => `${n} 满意` },
  reopen: { name: '重办', who: 'reporter', usage: (n) => `${n} 没解决` },
  accept: { name: '接单', who: 'officer', usage: (n) => `接单 ${n}` },
  progress: { name: '进展', who: 'officer', usage: (n) => `进展 ${n} 已去看过` },
  ask_reporter: { name: '询问', who: 'officer', usage: (n) => `询问 ${n} 大概几户` },
  contact: { name: '看联系方式', who: 'officer', usage: (n) => `联系方式 ${n}` },
  return: { name: '退回', who: 'officer', usage: (n) => `退回 ${n} 不归我们管` },
  transfer: { name: '转办', who: 'officer', usage: (n) => `转办 ${n} 供电所 线路归他们` },
  co_handle: { name: '会办', who: 'dispatcher', usage: (n) => `会办 ${n} 供电所` },
  request_extension: {
    name: '延期',
    who: 'officer',
    usage: (n, ctx) => `延期 ${n} 等材料 到${sampleDay(ctx)}`,
  },
  decide_extension: { name: '同意延期', who: 'leader', usage: (n) => `同意 ${n}` },
  decide_deferral: { name: '同意挂账', who: 'secretary', usage: (n) => `同意 ${n}` },
  defer: { name: '挂账', who: 'officer', usage: (n, ctx) => `挂账 ${n} 等资金 到${sampleDay(ctx)}` },
  resolve: { name: '办结', who: 'officer', usage: (n) => `办结 ${n} 换了灯泡` },
  explain: { name: '答复“无法办理”', who: 'officer', usage: (n) => `无法办理 ${n} 原因，依据什么` },
  assign: { name: '交办', who: 'dispatcher', usage: (n) => `交办 ${n} 村建办` },
  reclassify: { name: '改类', who: 'dispatcher', usage: (n) => `改类 ${n} 路灯` },
  escalate: { name: '提级', who: 'dispatcher', usage: (n) => `提级 ${n} 村里办不了` },
  supervise: { name: '督办', who: 'secretary', usage: (n) => `督办 ${n}` },
  clear: { name: '销账', who: 'secretary', usage: (n) => `销账 ${n}` },
  decide: {
    name: '议定',
    who: 'secretary',
    usage: (n, ctx) => `议定 ${n} 村建办 ${sampleDay(ctx)} 换灯杆`,
  },
  follow_up: { name: '回访', who: 'dispatcher', usage: (n) => `回访 ${n} 接通 已解决 满意` },
  screen: { name: '甄别', who: 'dispatcher', usage: (n) => `甄别 ${n} 认定 依据` },
  known_matter: { name: '登记已知事项', who: 'dispatcher', usage: fixed('计划停电 3组 明天8点到17点') },
  digest: { name: '看月报', who: 'secretary', usage: fixed('月报') },
  register: { name: '看台账', who: 'dispatcher', usage: fixed('台账') },
  policy: { name: '查政策', who: 'dispatcher', usage: fixed('政策 低保') },
  help: { name: '看帮助', who: 'dispatcher', usage: fixed('帮助') },
  complain: { name: '提意见', who: 'dispatcher', usage: fixed('意见反馈 您的意见') },
  absence: {
    name: '请假',
    who: 'officer',
    usage: (_, ctx) => `请假 ${sampleDay(ctx)}到${sampleDay(ctx, 16)} 由谁代`,
  },
  notice: { name: '发通知', who: 'dispatcher', usage: fixed('通知 内容') },
  sensitive: { name: '说这件事', who: 'dispatcher', usage: fixed('私信我说') },
  discipline: { name: '反映这件事', who: 'dispatcher', usage: fixed('请打 12388') },
  unauthorized: { name: '做这件事', who: 'dispatcher', usage: fixed('帮助') },
  chatter: { name: '办这句话', who: 'dispatcher', usage: fixed('3组桥头路灯不亮') },
};

const ANY: CommandWords = { name: '这样办', who: 'dispatcher', usage: (n) => `查询 ${n}` };

export const commandWords = (command: string | null): CommandWords => COMMANDS[command ?? ''] ?? ANY;
