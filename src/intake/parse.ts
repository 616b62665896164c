/** `huiyin parse`: one line in, one printed answer out, in the shape that bridge.md fixes. */
import { z } from 'zod';
import type { Taxonomy } from '../domain/category.ts';
import type { Roster } from '../domain/roster.ts';
import type { Matter, Reading } from './reading.ts';
import { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';
import { understand } from './understand.ts';

const LINE = z.object({
  text: z.string(),
  role: z
    .enum([
      'neighbor_head',
      'group_head',
      'zone_head',
      'cadre',
      'officer',
      'leader',
      'dispatcher',
      'secretary',
      'recorder',
      'admin',
    ])
    .optional(),
  mentionsBot: z.boolean().optional(),
  quoteText: z.string().nullish(),
  at: z.iso.datetime({ offset: true, local: true }).nullish(),
});

export type PrintedCase = Omit<Matter, 'confidence' | 'zone' | 'missing'>;

export interface PrintedAnswer {
  readonly intent: Reading['intent'];
  readonly confidence: number;
  readonly cases: readonly PrintedCase[];
  readonly command: Pick<
    NonNullable<Reading['command']>,
    'refs' | 'to' | 'until' | 'reason' | 'text' | 'score'
  > | null;
  readonly parts?: readonly PrintedAnswer[];
  readonly missing: Reading['missing'];
  readonly pii: Reading['pii'];
}

export type ParsedLine =
  | { readonly ok: true; readonly answer: PrintedAnswer }
  | { readonly ok: false; readonly detail: string };

function printCase(matter: Matter): PrintedCase {
  const { confidence: _confidence, zone: _zone, missing: _missing, ...shown } = matter;
  return shown;
}

function print(reading: Reading, whole: boolean): PrintedAnswer {
  const { intent, confidence, missing, pii, command } = reading;
  const shown =
    command === null
      ? null
      : {
          refs: command.refs,
          to: command.to,
          until: command.until,
          reason: command.reason,
          text: command.text,
          score: command.score,
        };
  const parts = whole ? { parts: reading.parts.map((part) => print(part, false)) } : {};
  return { intent, confidence, cases: reading.cases.map(printCase), command: shown, ...parts, missing, pii };
}

/** Reads one parsed JSON line; `detail` names the field that is wrong. */
export function parseLine(
  line: unknown,
  roster: Roster | null,
  taxonomy: Taxonomy,
  limits: Thresholds = DEFAULT_THRESHOLDS,
): ParsedLine {
  const checked = LINE.safeParse(line);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return { ok: false, detail: `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'invalid'}` };
  }
  const { text, role, mentionsBot, quoteText, at } = checked.data;
  const context = {
    roles: [role ?? 'neighbor_head'] as const,
    mentionsBot: mentionsBot ?? false,
    quoteText: quoteText ?? null,
    at: at ?? null,
    roster,
    taxonomy,
    direct: false,
  };
  return { ok: true, answer: print(understand(text, context, limits), true) };
}
