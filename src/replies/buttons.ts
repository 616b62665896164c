/**
 * What can be answered by a tap, where the platform has buttons: the same words that a person would type.
 * Only in private, and only where one answer says it all, or asks for the rest: what needs a reason or a date is
 * written.
 */
import type { Brief, Say } from '../domain/messages.ts';
import type { WordsContext } from './context.ts';
import { typed } from './reference.ts';

export interface Button {
  readonly label: string;
  /** Read like any message. */
  readonly command: string;
}

type Labels = Readonly<
  Record<
    'accept' | 'resolve' | 'satisfied' | 'basically' | 'unsolved' | 'agree' | 'supervise' | 'withdraw',
    string
  >
>;

const LABELS: Readonly<Record<WordsContext['locale'], Labels>> = {
  'zh-CN': {
    accept: '接单',
    resolve: '办结',
    satisfied: '满意',
    basically: '基本满意',
    unsolved: '没解决',
    agree: '同意',
    supervise: '督办',
    withdraw: '撤回',
  },
  en: {
    accept: 'Accept',
    resolve: 'Resolve',
    satisfied: 'Satisfied',
    basically: 'Good enough',
    unsolved: 'Not solved',
    agree: 'Agree',
    supervise: 'Supervise',
    withdraw: 'Withdraw',
  },
};

export function buttonsOf(say: Say, ctx: WordsContext): readonly Button[] {
  if (ctx.inGroup) return [];
  const labels = LABELS[ctx.locale];
  const one = (word: keyof Labels, command: string, brief: Brief): Button => ({
    label: labels[word],
    command: `${command} ${typed(brief.number, ctx)}`,
  });
  switch (say.template) {
    case 'assignment':
      return say.params.redo ? [] : [one('accept', '接单', say.params.brief)];
    case 'page':
      return [one('accept', '接单', say.params.brief)];
    case 'done':
      // What was done is asked for then.
      return say.params.command === 'accept' ? [one('resolve', '办结', say.params.brief)] : [];
    case 'resolved':
    case 'explained':
      return say.params.ask ? ratings(say.params.brief, one) : [];
    case 'rating_question':
      return ratings(say.params.brief, one);
    case 'extension_requested':
    case 'deferral_requested':
      return [one('agree', '同意', say.params.brief)];
    case 'ask_withdraw':
      return [one('withdraw', '撤回', say.params.brief)];
    case 'supervision_proposed': {
      const [only, ...others] = say.params.items;
      return only === undefined || others.length > 0 ? [] : [one('supervise', '督办', only.brief)];
    }
    default:
      return [];
  }
}

type One = (word: keyof Labels, command: string, brief: Brief) => Button;

const ratings = (brief: Brief, one: One): readonly Button[] => [
  one('satisfied', '满意', brief),
  one('basically', '基本满意', brief),
  one('unsolved', '没解决', brief),
];
