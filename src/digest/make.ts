/** A digest from a store: what the task and `huiyin digest` have in common. */
import type { Instant } from '../domain/case.ts';
import type { Policy } from '../domain/policy.ts';
import type { Scope, Store } from '../store/port.ts';
import type { Digest } from './build.ts';
import { gather } from './gather.ts';
import type { Period } from './period.ts';
import { buildBeside } from './thread.ts';

export interface MakeOptions {
  readonly store: Pick<Store, 'cases' | 'events'>;
  readonly scope: Scope;
  readonly policy: Policy;
  readonly period: Period;
  readonly asOf: Instant;
  /** Else its files have names and nothing in them. */
  readonly drawn: boolean;
}

export function makeDigest({ store, scope, policy, period, asOf, drawn }: MakeOptions): Promise<Digest> {
  const { roster, taxonomy, settings } = policy;
  const pages = gather({ store, scope, period, timezone: roster.township.timezone });
  const { pageMatters } = settings.meeting;
  return buildBeside(pages, { period, asOf, roster, taxonomy, pageMatters, drawn });
}
