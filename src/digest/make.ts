/** A digest from a store: what the task and `huiyin digest` have in common. */
import type { Instant } from '../domain/case.ts';
import type { Policy } from '../domain/policy.ts';
import type { Scope } from '../store/port.ts';
import { type Digest, figuresOf } from './build.ts';
import type { Figures } from './figures.ts';
import { type DigestStore, gather, gatherPast, gatherRaw } from './gather.ts';
import type { Period } from './period.ts';
import { buildBeside } from './thread.ts';

export interface MakeOptions {
  readonly store: DigestStore;
  readonly scope: Scope;
  readonly policy: Policy;
  readonly period: Period;
  readonly asOf: Instant;
  /** Else its files have names and nothing in them. */
  readonly drawn: boolean;
}

export async function makeDigest({ drawn, ...options }: MakeOptions): Promise<Digest> {
  const input = await inputOf(options);
  return buildBeside(gatherRaw(options), { ...input, drawn });
}

/** The figures alone, counted here and now: for a command that has nothing else to do meanwhile. */
export async function figuresFrom(options: Omit<MakeOptions, 'drawn'>): Promise<Figures> {
  const input = await inputOf(options);
  return figuresOf({ ...input, ...(await gather(options)) });
}

async function inputOf({ store, scope, policy, period, asOf }: Omit<MakeOptions, 'drawn'>) {
  const { roster, taxonomy, settings } = policy;
  const past = await gatherPast({ store, scope, period }, asOf, roster.township.timezone);
  const { incidents, meeting } = settings;
  return { period, asOf, roster, taxonomy, past, incidents, pageMatters: meeting.pageMatters };
}
