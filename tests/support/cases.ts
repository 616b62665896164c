/** Cases, events and drafts for tests of the store: plain, complete, and told apart by a number. */
import type { Case, Instant, Reporter } from '../../src/domain/case.ts';
import type { CaseEvent } from '../../src/domain/events.ts';
import type { Brief, ReminderItem } from '../../src/domain/messages.ts';
import type { OutboxDraft, Prompt, VaultEntry } from '../../src/store/port.ts';

/** 2 November 2026, 08:30 in Asia/Shanghai. */
export const T0: Instant = Date.UTC(2026, 10, 2, 0, 30);
export const MINUTE = 60_000;

export const numberOf = (serial: number): string => `LC2611-${String(serial).padStart(4, '0')}`;

const EMPTY = {
  groups: [],
  neighborhood: null,
  place: '王家桥',
  households: null,
  since: null,
  summary: '路灯不亮',
  office: 'cunjian',
  assignee: null,
  coOffices: [],
  firstOffice: null,
  level: 'township',
  supervision: 'none',
  sensitive: false,
  protected: false,
  accused: [],
  source: 'group',
  handlers: [],
  outcome: null,
  rating: null,
  firstContactAt: null,
  solved: null,
  responseDueAt: null,
  dueAt: null,
  originalDueAt: null,
  acceptedAt: null,
  resolvedAt: null,
  closedAt: null,
  answer: null,
  returns: 0,
  extensions: 0,
  reopens: 0,
  unsatisfied: 0,
  screening: false,
  pause: null,
  extension: null,
  deferral: null,
  reviewAt: null,
  cost: null,
  ratingAskedAt: null,
  ratingAskAt: null,
  asked: null,
  urgedOn: null,
  paging: null,
  ladder: { responseOverdue: false, dueSoon: false, overdue: false, proposals: 0 },
  decided: null,
  mergedInto: null,
  media: [],
  contacts: [],
} as const satisfies Partial<Case>;

export function aReporter(who: string, serial: number): Reporter {
  return { who, message: `m${serial}`, behalf: null, via: 'bridge' };
}

/** A case just assigned; `changes` lays anything over it. */
export function aCase(serial: number, changes: Partial<Case> = {}): Case {
  return {
    ...EMPTY,
    number: numberOf(serial),
    year: 2026,
    serial,
    state: 'assigned',
    category: 'power.lamp',
    urgency: 'U4',
    village: 'ltw',
    reporters: [aReporter('lin', serial)],
    receivedAt: T0,
    clockStartedAt: T0,
    version: 1,
    ...changes,
  };
}

export function anEvent(
  number: string,
  seq: number,
  text = '看过了',
  message: string | null = null,
): CaseEvent {
  return {
    case: number,
    seq,
    type: 'case_progressed',
    at: T0 + seq,
    by: 'li',
    behalf: null,
    message,
    data: { text },
  };
}

export function aBrief(serial: number): Brief {
  const { number, state, category, urgency, village, groups, neighborhood, place, households } =
    aCase(serial);
  const {
    summary,
    office,
    assignee,
    firstOffice,
    dueAt,
    receivedAt,
    sensitive,
    level,
    since,
    outcome,
    reviewAt,
  } = aCase(serial);
  return {
    ...{ number, state, category, urgency, village, groups, neighborhood, place, households },
    ...{
      summary,
      office,
      assignee,
      firstOffice,
      dueAt,
      receivedAt,
      sensitive,
      level,
      protected: false,
      since,
      outcome,
      reviewAt,
    },
  };
}

/** A receipt in the village's group, due at once. */
export function aDraft(serial: number, changes: Partial<OutboxDraft> = {}): OutboxDraft {
  return {
    account: 'bridge',
    chat: { id: 'g-ltw', kind: 'group' },
    address: null,
    replyTo: null,
    kind: 'receipt',
    say: { template: 'receipt', params: { brief: aBrief(serial), known: false, fromPost: false } },
    case: numberOf(serial),
    cases: [numberOf(serial)],
    priority: 4,
    dueAt: T0,
    guard: null,
    mergeKey: null,
    media: [],
    ...changes,
  };
}

/** A line of a reminder to the officer. */
export function aReminder(
  serial: number,
  step: ReminderItem['step'],
  changes: Partial<OutboxDraft> = {},
): OutboxDraft {
  return aDraft(serial, {
    chat: { id: 'u-li', kind: 'direct' },
    kind: step === 'due_soon' ? 'due_soon' : 'overdue',
    say: { template: 'reminder', params: { items: [{ brief: aBrief(serial), step, as: 'officer' }] } },
    guard: { case: numberOf(serial), states: ['assigned', 'in_progress'] },
    mergeKey: 'morning:li:2026-11-03',
    ...changes,
  });
}

export function aPrompt(id: string, changes: Partial<Prompt> = {}): Prompt {
  return {
    id,
    who: 'lin',
    account: 'bridge',
    chat: 'g-ltw',
    kind: 'missing',
    case: null,
    payload: { text: '路灯坏了' },
    openedAt: T0,
    expiresAt: T0 + 30 * MINUTE,
    ...changes,
  };
}

export function aVaultEntry(number: string, field: string): VaultEntry {
  const bytes = (value: number): Uint8Array => new Uint8Array(12).fill(value);
  return { case: number, field, keyId: 'k1', wrappedKey: bytes(1), nonce: bytes(2), ciphertext: bytes(3) };
}
