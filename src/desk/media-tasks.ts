/** Work that files of a case bring, read off what has happened to it: fetched, shown to who has it, erased. Pure. */
import type { Case } from '../domain/case.ts';
import type { CaseEvent } from '../domain/events.ts';
import type { TaskDraft } from '../store/port.ts';

export interface MediaWork {
  readonly caseOf: (number: string) => Case | null;
  readonly now: number;
}

/** @param blind gives a file the name under which it may wait already; see `keepWaiting` */
export function mediaTasks(
  events: readonly CaseEvent[],
  work: MediaWork,
  blind: (value: string) => string,
): readonly TaskDraft[] {
  const fetched = events.flatMap((event) => fetchesOf(event, work.now, blind));
  return [...fetched, ...readerTasks(events, work), ...events.flatMap((event) => forgets(event, work))];
}

/** The name of a file whose report may still come: tells nothing of where it is from. */
export const waitingName = (
  { ref, message }: { readonly ref: string; readonly message: string | null },
  blind: (value: string) => string,
): string => blind(`photo:${ref}:${message ?? ''}`).slice(1);

function fetchesOf(event: CaseEvent, now: number, blind: (value: string) => string): readonly TaskDraft[] {
  if (event.type !== 'case_reported' && event.type !== 'case_supplemented') return [];
  const files = event.data.media.flatMap(({ ref, message }) => (ref === null ? [] : [{ ref, message }]));
  return files.map(({ ref, message }, nth) => ({
    key: `media:${event.case}:${event.seq}.${nth}`,
    kind: 'media',
    payload: {
      ...{ case: event.case, batch: event.seq, nth, of: files.length, ref, message, by: event.by },
      ...{ waiting: waitingName({ ref, message }, blind), tries: 0 },
    },
    runAt: now,
  }));
}

/** Whoever gets the case after its files came gets them too; who has it when they come is shown them then. */
export function readerTasks(events: readonly CaseEvent[], { caseOf, now }: MediaWork): readonly TaskDraft[] {
  return events.flatMap((event) => {
    if (event.type !== 'case_assigned' && event.type !== 'assignee_replaced') return [];
    const files = caseOf(event.case)?.media.some(({ ref }) => ref !== null) ?? false;
    const fresh = events.some((one) => one.case === event.case && one.type === 'case_reported');
    if (!files || fresh) return [];
    const payload = { case: event.case, to: event.data.assignee };
    return [{ key: `media_show:${event.case}:${event.seq}`, kind: 'media_show', payload, runAt: now }];
  });
}

/** What was taken back is erased. A protected report is recalled at our own request: its photos stay. */
function forgets(event: CaseEvent, { caseOf, now }: MediaWork): readonly TaskDraft[] {
  if (event.type !== 'media_retracted' && event.type !== 'message_recalled') return [];
  if (event.type === 'message_recalled' && caseOf(event.case)?.protected) return [];
  const payload = { case: event.case, message: event.data.message };
  return [{ key: `media_forget:${event.case}:${event.seq}`, kind: 'media_forget', payload, runAt: now }];
}
