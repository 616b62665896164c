import type { Matter, Reading } from '../../src/intake/reading.ts';
import { readAs } from './reading.ts';
import type { Labelled } from './sources.ts';

export interface Rate {
  readonly right: number;
  readonly of: number;
}

export interface MessageRates {
  readonly rates: Readonly<Record<string, Rate>>;
  /** What was read otherwise than labelled, for the eye. */
  readonly wrong: readonly string[];
}

const FIELDS = ['urgency', 'place', 'group', 'groups', 'neighborhood', 'village', 'households'] as const;
const COMMAND_FIELDS = ['refs', 'to', 'until', 'score'] as const;
/** Messages without a day give dates without a year; the labels give none either. */
const YEAR = /^\d{4}-(?=\d{2}-)/u;

/** Each field as a rate over the messages (or cases) that carry it. */
export function measureMessages(messages: readonly Labelled[]): MessageRates {
  const rates: Record<string, { right: number; of: number }> = {};
  const wrong: string[] = [];
  const count = (field: string, right: boolean, note: string) => {
    rates[field] ??= { right: 0, of: 0 };
    const rate = rates[field];
    rate.of += 1;
    if (right) rate.right += 1;
    else wrong.push(`${field}: ${note}`);
  };
  for (const message of messages) measureOne(message, count);
  return { rates, wrong };
}

type Count = (field: string, right: boolean, note: string) => void;

function measureOne(message: Labelled, count: Count): void {
  const reading = readAs(message.text, message.role, message.mentionsBot ?? false);
  const note = (want: unknown, got: unknown) =>
    `${message.id} ${JSON.stringify(want)} ← ${JSON.stringify(got)}`;
  count('intent', reading.intent === message.intent, note(message.intent, reading.intent));
  message.cases.forEach((want, index) => {
    const got = partner(reading, want.category, index);
    count('category', got?.category === want.category, note(want.category, got?.category));
    for (const field of FIELDS) {
      if (want[field] !== undefined)
        count(
          field,
          JSON.stringify(got?.[field]) === JSON.stringify(want[field]),
          note(want[field], got?.[field]),
        );
    }
  });
  for (const field of COMMAND_FIELDS) {
    if (message[field] === undefined) continue;
    const got = reading.command?.[field];
    const plain = typeof got === 'string' ? got.replace(YEAR, '') : got;
    count(
      `command ${field}`,
      JSON.stringify(plain) === JSON.stringify(message[field]),
      note(message[field], got),
    );
  }
  if (message.missing)
    count('missing', same(message.missing, reading.missing), note(message.missing, reading.missing));
  if (message.pii) count('pii', same(message.pii, reading.pii), note(message.pii, reading.pii));
  measurePrivacy(message, reading, count, note);
}

function measurePrivacy(
  message: Labelled,
  reading: Reading,
  count: Count,
  note: (want: unknown, got: unknown) => string,
): void {
  if (message.cases.length === 0) return;
  const sensitive = reading.cases.some((each) => each.sensitive);
  const hidden = reading.cases.some((each) => each.protected);
  count('sensitive', sensitive === (message.sensitive ?? false), note(message.sensitive ?? false, sensitive));
  count('protected', hidden === (message.protected ?? false), note(message.protected ?? false, hidden));
}

/** The case read for a labelled one: of its category, else the one in its place. */
function partner(reading: Reading, category: string, index: number): Matter | undefined {
  return reading.cases.find((each) => each.category === category) ?? reading.cases[index];
}

function same(want: readonly string[], got: readonly string[]): boolean {
  return want.length === got.length && want.every((each) => got.includes(each));
}
