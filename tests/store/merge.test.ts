import { describe, expect, it } from 'vitest';
import type { CaseState } from '../../src/domain/case.ts';
import type { ReminderItem } from '../../src/domain/messages.ts';
import {
  casesToCheck,
  type Mergeable,
  mergeDraft,
  type Standing,
  trimAtClaim,
} from '../../src/store/merge.ts';
import type { OutboxDraft } from '../../src/store/port.ts';
import { aBrief, aDraft, aReminder, numberOf, T0 } from '../support/cases.ts';

const rowOf = ({ guard, ...draft }: OutboxDraft): Mergeable => ({ ...draft, guards: guard ? [guard] : [] });
/** As the case was when the reminder was written, but for what is given. */
const standing = (serial: number, changes: Partial<Standing>): Standing => {
  const { state, office, assignee, dueAt } = aBrief(serial);
  return { state, office, assignee, dueAt, supervision: 'none', ...changes };
};
const states = (known: Record<number, CaseState>) => (number: string) =>
  new Map(
    Object.entries(known).map(([serial, state]) => [
      numberOf(Number(serial)),
      standing(Number(serial), { state }),
    ]),
  ).get(number);
const merged = (...drafts: [OutboxDraft, ...OutboxDraft[]]): Mergeable => {
  const [first, ...rest] = drafts;
  return rest.reduce((row, draft) => mergeDraft(row, draft) ?? row, rowOf(first));
};
const linesOf = (row: Mergeable | null) =>
  row?.say.template === 'reminder'
    ? row.say.params.items.map(({ brief, step }) => `${brief.number} ${step}`)
    : [];

describe('merging reminders', () => {
  it('appends lines, in order, and takes the graver kind, the earlier date and the higher urgency', () => {
    const row = merged(
      aReminder(1, 'due_soon', { dueAt: T0 + 5 }),
      aReminder(2, 'response_overdue', { dueAt: T0 + 9, priority: 3 }),
    );
    expect(linesOf(row)).toEqual([`${numberOf(1)} due_soon`, `${numberOf(2)} response_overdue`]);
    expect(row).toMatchObject({ kind: 'overdue', case: null, dueAt: T0 + 5, priority: 3 });
    expect(row.cases).toEqual([numberOf(1), numberOf(2)]);
  });

  it('names the case where all lines are about one', () => {
    expect(merged(aReminder(1, 'due_soon'), aReminder(1, 'overdue'))).toMatchObject({ case: numberOf(1) });
  });

  it('joins only lines of one template', () => {
    const items = [{ brief: aBrief(2), step: 'proposal_1' as const, as: 'secretary' as const }];
    const proposal = aDraft(2, { say: { template: 'supervision_proposed', params: { items } } });
    expect(mergeDraft(rowOf(aReminder(1, 'overdue')), proposal)).toBeNull();
    expect(mergeDraft(rowOf(aDraft(1)), aDraft(2))).toBeNull();
    expect(mergeDraft(rowOf(proposal), proposal)?.kind).toBe(proposal.kind);
  });
});

describe('trimming at the claim', () => {
  const trim = (row: Mergeable, known: Record<number, CaseState>) => trimAtClaim(row, 'key', states(known));

  it('leaves a row alone of which all is still true', () => {
    const row = merged(aReminder(1, 'overdue'), aReminder(2, 'due_soon'));
    expect(trim(row, { 1: 'assigned', 2: 'in_progress' })).toBe(row);
  });

  it('takes out lines whose case has left the states of its guard', () => {
    const row = merged(aReminder(1, 'overdue'), aReminder(2, 'due_soon'), aReminder(3, 'due_soon'));
    const after = trim(row, { 1: 'resolved', 2: 'assigned', 3: 'assigned' });
    expect(linesOf(after)).toEqual([`${numberOf(2)} due_soon`, `${numberOf(3)} due_soon`]);
    expect(after).toMatchObject({ kind: 'due_soon', case: null, cases: [numberOf(2), numberOf(3)] });
  });

  it('keeps a line without a guard while its case is open', () => {
    const row = merged(aReminder(1, 'overdue', { guard: null }), aReminder(2, 'overdue', { guard: null }));
    expect(linesOf(trim(row, { 1: 'deferred', 2: 'cancelled' }))).toEqual([`${numberOf(1)} overdue`]);
    expect(linesOf(trim(row, { 1: 'deferred' }))).toEqual([`${numberOf(1)} overdue`]);
  });

  it('takes out what became of the case since: others have it, it has more time, it is supervised', () => {
    const line = (step: ReminderItem['step'], as: ReminderItem['as'], now: Partial<Standing>): number => {
      const items = [{ brief: aBrief(1), step, as }];
      const template = as === 'secretary' ? 'supervision_proposed' : 'reminder';
      const row = rowOf(aReminder(1, 'overdue', { say: { template, params: { items } } }));
      const after = trimAtClaim(row, 'key', () => standing(1, { state: 'assigned', ...now }));
      return after === null ? 0 : 1;
    };
    expect(line('overdue', 'officer', {})).toBe(1);
    expect(line('overdue', 'officer', { assignee: 'chen' })).toBe(0);
    expect(line('overdue', 'leader', { assignee: 'chen' })).toBe(1);
    expect(line('overdue', 'leader', { office: 'gongdian' })).toBe(0);
    expect(line('overdue', 'leader', { dueAt: T0 + 9e9 })).toBe(0);
    expect(line('response_overdue', 'officer', { dueAt: T0 + 9e9 })).toBe(1);
    expect(line('proposal_1', 'secretary', { assignee: 'chen' })).toBe(1);
    expect(line('proposal_1', 'secretary', { supervision: 'yellow' })).toBe(0);
    expect(line('proposal_2', 'secretary', { supervision: 'yellow' })).toBe(1);
    expect(line('proposal_2', 'secretary', { supervision: 'red' })).toBe(0);
    expect(line('proposal_1', 'secretary', { dueAt: T0 + 9e9 })).toBe(0);
  });

  it('drops what has no line left, and a plain row whose guard fails', () => {
    expect(
      trim(merged(aReminder(1, 'overdue'), aReminder(2, 'overdue')), { 1: 'closed', 2: 'closed' }),
    ).toBeNull();
    const plain = rowOf(aDraft(1, { guard: { case: numberOf(1), states: ['assigned'] } }));
    expect(trimAtClaim(plain, null, states({ 1: 'closed' }))).toBeNull();
    expect(trimAtClaim(plain, null, states({}))).toBeNull();
    expect(trimAtClaim(plain, null, states({ 1: 'assigned' }))).toBe(plain);
  });

  it('never takes lines out of what was not to be merged', () => {
    const row = rowOf(aReminder(1, 'overdue', { guard: null, mergeKey: null }));
    expect(trimAtClaim(row, null, states({ 1: 'closed' }))).toBe(row);
    expect(casesToCheck(row, null)).toEqual([]);
  });

  it('asks for the states of lines and guards, each once', () => {
    const row = merged(aReminder(1, 'overdue'), aReminder(2, 'overdue', { guard: null }));
    expect(casesToCheck(row, 'key')).toEqual([numberOf(1), numberOf(2)]);
  });
});
