/** Several reminders to one person become one message, and lose what is no longer true when it goes. */
import type { Case } from '../domain/case.ts';
import { isOpen } from '../domain/case.ts';
import type { MessageKind, ReminderItem, Say } from '../domain/messages.ts';
import type { Guard } from './columns.ts';
import type { OutboxDraft } from './port.ts';

/** The part of a row that merging and trimming change. */
export interface Mergeable
  extends Pick<OutboxDraft, 'kind' | 'say' | 'case' | 'cases' | 'priority' | 'dueAt' | 'media'> {
  readonly guards: readonly Guard[];
}

/** The lines of a message that can grow by lines; null where it is no such message. */
function itemsOf(say: Say): readonly ReminderItem[] | null {
  return say.template === 'reminder' || say.template === 'supervision_proposed' ? say.params.items : null;
}

function withItems(say: Say, items: readonly ReminderItem[]): Say {
  if (say.template === 'reminder') return { template: say.template, params: { items } };
  if (say.template === 'supervision_proposed') return { template: say.template, params: { items } };
  return say;
}

function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())];
}

/** A merged reminder names `case` where it concerns one, else `cases` (bridge.md). */
function named(all: readonly string[]): Pick<Mergeable, 'case' | 'cases'> {
  return { case: all.length === 1 ? (all[0] ?? null) : null, cases: all };
}

const single = (value: string | null): readonly string[] => (value === null ? [] : [value]);

/** Steps of one clock: the later one says it all. */
const OVERTAKES: Partial<Record<ReminderItem['step'], ReminderItem['step']>> = {
  due_soon: 'overdue',
  proposal_1: 'proposal_2',
};

const overtaken = ({ step, brief }: ReminderItem, added: readonly ReminderItem[]): boolean =>
  added.some((later) => later.brief.number === brief.number && later.step === OVERTAKES[step]);

/** The row with the draft's lines appended, or null where they are not of one template with lines. */
export function mergeDraft(row: Mergeable, draft: OutboxDraft): Mergeable | null {
  const before = itemsOf(row.say);
  const added = itemsOf(draft.say);
  if (!before || !added || row.say.template !== draft.say.template) return null;
  const kinds: readonly MessageKind[] = [row.kind, draft.kind];
  return {
    kind: kinds.includes('overdue') ? 'overdue' : row.kind,
    say: withItems(row.say, [...before.filter((item) => !overtaken(item, added)), ...added]),
    ...named(union(row.cases, single(row.case), draft.cases, single(draft.case))),
    priority: Math.min(row.priority, draft.priority),
    dueAt: Math.min(row.dueAt, draft.dueAt),
    guards: draft.guard ? [...row.guards, draft.guard] : row.guards,
    media: [...row.media, ...draft.media],
  };
}

/** What a reminder depends on, as it is at the moment of the claim. */
export type Standing = Pick<Case, 'state' | 'office' | 'assignee' | 'dueAt' | 'supervision'>;

/** Undefined where there is no such case. */
export type StandingOf = (number: string) => Standing | undefined;

const holds = (guard: Guard, standingOf: StandingOf): boolean => {
  const standing = standingOf(guard.case);
  return standing !== undefined && guard.states.includes(standing.state);
};

/** A line stays while a guard of its case holds; one without a guard while its case is open. */
function keepsLine(item: ReminderItem, guards: readonly Guard[], standingOf: StandingOf): boolean {
  const { number } = item.brief;
  const standing = standingOf(number);
  if (standing === undefined || !stillTrue(item, standing)) return false;
  const own = guards.filter((guard) => guard.case === number);
  return own.length > 0 ? own.some((guard) => holds(guard, standingOf)) : isOpen(standing.state);
}

/** In the hours for which it was held others may have got the case, it may have got more time, or be supervised. */
function stillTrue({ brief, step, as }: ReminderItem, now: Standing): boolean {
  if (step !== 'response_overdue' && brief.dueAt !== now.dueAt) return false;
  if (as === 'secretary')
    return now.supervision === 'none' || (step === 'proposal_2' && now.supervision === 'yellow');
  return brief.office === now.office && (as === 'leader' || brief.assignee === now.assignee);
}

/** A reminder is only as grave as its gravest line. */
function kindOf(row: Mergeable, items: readonly ReminderItem[]): MessageKind {
  if (row.kind !== 'overdue' && row.kind !== 'due_soon') return row.kind;
  return items.every((item) => item.step === 'due_soon') ? 'due_soon' : 'overdue';
}

/** Its lines, where they may be taken out: what is neither merged nor guarded goes as it was written. */
function trimmable(row: Mergeable, mergeKey: string | null): readonly ReminderItem[] | null {
  return mergeKey === null && row.guards.length === 0 ? null : itemsOf(row.say);
}

/** The cases whose standing `trimAtClaim` will ask for. */
export function casesToCheck(row: Mergeable, mergeKey: string | null): readonly string[] {
  const lines = trimmable(row, mergeKey) ?? [];
  return union(
    row.guards.map((guard) => guard.case),
    lines.map((item) => item.brief.number),
  );
}

/** The row as it may be sent now; null where nothing of it is true any more. The same value if unchanged. */
export function trimAtClaim<R extends Mergeable>(
  row: R,
  mergeKey: string | null,
  standingOf: StandingOf,
): R | null {
  const items = trimmable(row, mergeKey);
  if (!items) return row.guards.every((guard) => holds(guard, standingOf)) ? row : null;
  const kept = items.filter((item) => keepsLine(item, row.guards, standingOf));
  if (kept.length === items.length) return row;
  if (kept.length === 0) return null;
  const about = named(union(kept.map((item) => item.brief.number)));
  return { ...row, say: withItems(row.say, kept), kind: kindOf(row, kept), ...about };
}
