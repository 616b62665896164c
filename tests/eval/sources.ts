import { existsSync, readFileSync } from 'node:fs';
import type { Role } from '../../src/domain/roster.ts';

/** One message with the reading a person gave it; fields that are absent are not asked about. */
export interface Labelled {
  readonly id: string;
  readonly text: string;
  readonly role: Role;
  readonly mentionsBot?: boolean;
  readonly intent: string;
  readonly cases: readonly {
    readonly category: string;
    readonly urgency?: string;
    readonly place?: string;
    readonly group?: string;
    readonly groups?: readonly string[];
    readonly neighborhood?: string;
    readonly village?: string;
    readonly households?: number;
  }[];
  readonly missing?: readonly string[];
  readonly pii?: readonly string[];
  readonly sensitive?: boolean;
  readonly protected?: boolean;
  /** What a command carries; `until` without a year, since the messages have no day. */
  readonly refs?: readonly string[];
  readonly to?: string;
  readonly until?: string;
  readonly score?: number;
}

export interface Title {
  readonly text: string;
  readonly label: string;
}

/** Data beside the checkout is measured with where it is there; it is never part of the project. */
const BESIDE = new URL('../../../shared/data/', import.meta.url);
const OWN = new URL('./own-messages.jsonl', import.meta.url);
/** Written by another hand, each with its reading, before any rule was tried on them. */
const SECOND = new URL('./second-messages.jsonl', import.meta.url);
const THIRD = new URL('./third-messages.jsonl', import.meta.url);
const OWN_CHATTER = new URL('../fixtures/chatter.jsonl', import.meta.url);

function lines(url: URL): string[] {
  return readFileSync(url, 'utf8').trim().split('\n');
}

function given(name: string): URL | null {
  const url = new URL(name, BESIDE);
  return existsSync(url) ? url : null;
}

const labelled = (url: URL): Labelled[] => lines(url).map((line) => JSON.parse(line) as Labelled);

export const ownMessages = (): Labelled[] => labelled(OWN);
export const secondMessages = (): Labelled[] => labelled(SECOND);
export const thirdMessages = (): Labelled[] => labelled(THIRD);

/** The given messages, or null where the data is not there. */
export function givenMessages(): Labelled[] | null {
  const url = given('messages-dev.jsonl');
  return url && labelled(url);
}

/** All chatter where it is there, else the part that the project ships. */
export function chatter(): string[] {
  const url = given('chatter-dev.jsonl') ?? OWN_CHATTER;
  return lines(url).map((line) => (JSON.parse(line) as { text: string }).text);
}

/** Titles carry no licence: they are read where they lie, and only numbers leave. */
export function titles(): Title[] | null {
  const url = given('complaint-titles-dev.csv');
  if (url === null) return null;
  return lines(url)
    .slice(1)
    .map((line) => {
      const comma = line.lastIndexOf(',');
      return { text: line.slice(0, comma).replace(/^"|"$/gu, ''), label: line.slice(comma + 1).trim() };
    });
}
