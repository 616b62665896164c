/** Case sets for the digest: plain cases with the few facts a figure is made of, and events where it asks for them. */

import type { CaseRecord } from '../../src/digest/facts.ts';
import { type Figures, type FiguresInput, figures } from '../../src/digest/figures.ts';
import { rulesOf } from '../../src/digest/incidents.ts';
import { type Period, parsePeriod } from '../../src/digest/period.ts';
import type { Case, Instant } from '../../src/domain/case.ts';
import type { CaseEvent, EventData, EventType } from '../../src/domain/events.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import { shippedTaxonomy } from '../../src/taxonomy/index.ts';
import { aCase, aReporter } from '../support/cases.ts';
import { at } from '../support/world.ts';

export const ZONE = 'Asia/Shanghai';
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export function period(name: string): Period {
  const found = parsePeriod(name, ZONE);
  if (found === null) throw new Error(`${name} is no period`);
  return found;
}

/** A case received on 5 December 2026 and due two days later, changed as the test says. */
export function dated(serial: number, changes: Partial<Case> = {}): Case {
  const receivedAt = changes.receivedAt ?? at('12-05 09:00');
  return aCase(serial, {
    receivedAt,
    clockStartedAt: receivedAt,
    dueAt: receivedAt + 2 * DAY,
    state: 'in_progress',
    reporters: [aReporter('lin', serial)],
    ...changes,
  });
}

/** Answered so long after the report: done, and closed with this rating. */
export function answered(serial: number, after: number, changes: Partial<Case> = {}): Case {
  const base = dated(serial, changes);
  const resolvedAt = base.receivedAt + after;
  return {
    ...base,
    state: 'closed',
    outcome: 'fixed',
    solved: true,
    rating: 'satisfied',
    acceptedAt: base.receivedAt + HOUR,
    firstContactAt: base.receivedAt + HOUR,
    resolvedAt,
    closedAt: resolvedAt + HOUR,
    answer: '修好了',
    ...changes,
  };
}

export const withdrawn = (serial: number, changes: Partial<Case> = {}): Case =>
  dated(serial, { state: 'cancelled', outcome: 'withdrawn', ...changes });

export const selfHandled = (serial: number, changes: Partial<Case> = {}): Case =>
  dated(serial, { state: 'closed', outcome: 'self_handled', dueAt: null, ...changes });

export const plain = (cases: readonly Case[]): readonly CaseRecord[] =>
  cases.map((value) => ({ value, events: [] }));

export function event<T extends EventType>(
  c: Case,
  seq: number,
  type: T,
  when: Instant,
  data: EventData[T],
): CaseEvent {
  const one = { case: c.number, seq, type, at: when, by: 'li', behalf: null, message: null, data };
  return one as unknown as CaseEvent;
}

/** So many cases, each made from its own serial. */
export function many(count: number, first: number, make: (serial: number) => Case): readonly Case[] {
  return Array.from({ length: count }, (_, i) => make(first + i));
}

export function figuresFor(
  name: string,
  records: readonly CaseRecord[],
  more: Partial<FiguresInput> = {},
): Figures {
  const about = period(name);
  return figures({
    period: about,
    asOf: about.to,
    timezone: ZONE,
    order: { villages: ['ltw', 'bs'], offices: ['cunjian', 'gongdian'] },
    records,
    pageMatters: 8,
    incidents: rulesOf(shippedTaxonomy, defaultSettings.incidents),
    ...more,
  });
}
