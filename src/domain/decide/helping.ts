/** What a helping office does with a case (会办): the lead answers, so it hears; nothing moves by it. */
import { type Decider, first, inState, withWords } from './guards.ts';
import type { Work } from './work.ts';

export const helps = ({ standing }: Work): boolean => standing.coOfficer && !standing.assignee;

export const helped: Decider = (work, command) => {
  const no = first(withWords(work, command), inState(work, command.name, 'case_supplemented'));
  if (no) return no;
  const { actor, policy } = work.ctx;
  const own = policy.directory
    .officesOf(actor?.person ?? '')
    .find(({ id }) => work.case.coOffices.includes(id));
  const text = own === undefined ? (command.text ?? '') : `${own.name}：${command.text}`;
  work.event('case_supplemented', { text, media: [], changes: {}, reporter: null, contacts: [] });
  const params = { brief: work.brief, text, media: 0, to: 'officer' } as const;
  return work.tellAssignee('progress', { template: 'supplemented', params }).acknowledge('supplement');
};
