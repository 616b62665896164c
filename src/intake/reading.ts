/**
 * What a message means: the one result of the intake, printed by `huiyin parse`
 * and read by the desk. Plain values; nothing here is said to people.
 */
import type { Taxonomy, Urgency } from '../domain/category.ts';
import type { Role, Roster } from '../domain/roster.ts';
import type { Origin } from './origin.ts';

export const INTENTS = [
  'report',
  'emergency',
  'consult',
  'self_handle',
  'mixed',
  'supplement',
  'correct',
  'withdraw',
  'retract_media',
  'status',
  'urge',
  'merge',
  'rate',
  'reopen',
  'accept',
  'progress',
  'ask_reporter',
  'contact',
  'return',
  'transfer',
  'co_handle',
  'request_extension',
  'decide_extension',
  'decide_deferral',
  'defer',
  'resolve',
  'explain',
  'assign',
  'reclassify',
  'escalate',
  'supervise',
  'clear',
  'decide',
  'follow_up',
  'known_matter',
  'digest',
  'register',
  'policy',
  'help',
  'complain',
  'absence',
  'notice',
  'sensitive',
  'discipline',
  'unauthorized',
  'chatter',
] as const;
export type Intent = (typeof INTENTS)[number];

export const PII_KINDS = [
  'mobile',
  'phone',
  'id_card',
  'bank_card',
  'plate',
  'named_person',
  'minor',
  'health',
] as const;
export type PiiKind = (typeof PII_KINDS)[number];

export type Missing = 'place' | 'matter' | 'category';

/** One matter of a report: what, where, since when, for how many. */
export interface Matter {
  /** Sub-category id; `gov.other` where nothing fits. */
  readonly category: string;
  /** 0…1, how sure the classifier is of the category. */
  readonly confidence: number;
  readonly urgency: Urgency;
  /** Landmark in the reporter's words, masked: 王家桥. */
  readonly place: string | null;
  /** Digits of the group as people say it: 3组、三组、第三村民组 → "3". Null where none or several. */
  readonly group: string | null;
  /** All groups where there are several, in the order written, else []. */
  readonly groups: readonly string[];
  readonly neighborhood: string | null;
  /** The zone's and village's names as the roster has them (as written, without a roster). */
  readonly zone: string | null;
  readonly village: string | null;
  readonly households: number | null;
  /** ISO date; null where the text gives none or a relative one without `at`. */
  readonly since: string | null;
  /** The matter in the reporter's own words, masked, without labels, hashtags and greetings; ≤ 60 characters. */
  readonly summary: string;
  readonly sensitive: boolean;
  readonly protected: boolean;
  readonly missing: readonly Missing[];
}

/** The words of a command. The first six are the public shape; `extra` stays inside. */
export interface CommandWords {
  /** Case references as written, normalised: `42` (no leading zeros, no #) or a whole number in capitals. */
  readonly refs: readonly string[];
  /** Whom or what it is directed to, in words: an office, a person, a category. */
  readonly to: string | null;
  /** ISO date, `MM-DD` where `at` is unknown and the year is not written. */
  readonly until: string | null;
  readonly reason: string | null;
  /** What was done or said, masked. */
  readonly text: string | null;
  readonly score: 1 | 2 | 3 | null;
  readonly extra: CommandExtra;
}

export interface CommandExtra {
  /** 同意 true, 不同意 false. */
  readonly agree?: boolean;
  /** resolve: 部分解决, 先临时处理. */
  readonly partly?: boolean;
  /** supervise: 黄牌/黄色 or 红牌/红色 where said. */
  readonly color?: 'yellow' | 'red';
  /** defer: money named, in yuan. */
  readonly cost?: number;
  /** explain, screen: the ground named (依据…). */
  readonly ground?: string;
  /** follow_up: what the person called said. */
  readonly reached?: boolean;
  readonly solved?: boolean;
  /** screening of a dispatcher: 重办 | 转周期 | 予以认定. */
  readonly screening?: 'redo' | 'periodic_plan' | 'recorded';
  /** Acting for another (代报 代接 代办结 代评): who said it, how. */
  readonly behalf?: {
    readonly who: string | null;
    readonly means: 'chat' | 'phone' | 'visit' | 'paper';
  };
  /** A report for others: where it came in, and its number there. */
  readonly origin?: Origin;
  /** Digest or register: the period asked for, `2026-10`. */
  readonly period?: string;
  /** The text named a day that is over; the desk refuses it. */
  readonly past?: true;
  /** The hour that stands with `until`, `HH:MM`. */
  readonly time?: string;
  /** `until` was said as so many working days; the desk counts them by the township's calendar. */
  readonly workdays?: number;
  /** absence: the first day; `until` is the last one. */
  readonly from?: string;
  /** absence: 销假, back at work. */
  readonly back?: true;
  /** reclassify: 撤销改类, similar words are no longer read by this case. */
  readonly undo?: true;
  /** assign: the officer named beside the office. */
  readonly person?: string;
}

export interface PersonalData {
  readonly kind: PiiKind;
  /** The original characters; goes to the vault or nowhere, never to a log. */
  readonly original: string;
  readonly masked: string;
}

export interface Reading {
  readonly intent: Intent;
  /** 0…1. */
  readonly confidence: number;
  readonly cases: readonly Matter[];
  readonly command: CommandWords | null;
  /** For `mixed`: each part as a whole reading, in the order written. */
  readonly parts: readonly Reading[];
  readonly missing: readonly Missing[];
  readonly pii: readonly PiiKind[];
  /** The whole message, cleaned of control characters and masked: the only text that may be stored. */
  readonly masked: string;
  readonly personal: readonly PersonalData[];
  /** The message is just this number: an answer to a numbered question, or a case number. */
  readonly bareNumber: number | null;
  /** A bare 收到, 好的, 谢谢…: counts only where exactly one thing waits for the sender. */
  readonly bareWord: boolean;
}

export interface IntakeContext {
  readonly roles: readonly Role[];
  readonly mentionsBot: boolean;
  readonly quoteText: string | null;
  /** Local date and time `2026-11-02T08:30` of the message; null where unknown. */
  readonly at: string | null;
  readonly roster: Roster | null;
  readonly taxonomy: Taxonomy;
  /** True in a private chat, where a message is for the bot. */
  readonly direct: boolean;
}
