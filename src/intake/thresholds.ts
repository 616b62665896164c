/** Every number that decides between acting, asking and silence; `settings.understanding` overrides them. */

export interface Thresholds {
  /** From this score on, a plain sentence of the group is a report. */
  readonly report: number;
  /** The same where the bot was addressed: in private, or by mention. */
  readonly reportAddressed: number;
  /** A reading below this confidence is asked about first ("要上报吗？回复 1"), never acted on. */
  readonly act: number;
  /** Said to the bot itself, a text that names a subject this surely is asked about, though it states nothing. */
  readonly subject: number;
  /** A category below this confidence is printed as missing where the message says it is a report. */
  readonly category: number;
  /** From this confidence on, a topic tag (#路灯) is of our field and makes the message a report. */
  readonly topic: number;
  /** Below it, a tagged message with this score is still a report. */
  readonly topicTold: number;
  /** From this score on, a question in the group is one for the township and not small talk. */
  readonly consult: number;
}

/** Measured on messages-dev, complaint titles and chatter; the curve is in docs/understanding.md. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  report: 0.5,
  reportAddressed: 0.2,
  act: 0.4,
  subject: 0.8,
  category: 0.25,
  topic: 0.8,
  topicTold: 0.45,
  consult: 0.3,
};

/** Longer messages are read up to here: no report is longer, and every reader is linear in it. */
export const MAX_TEXT = 4_000;
/** A summary is one line in a list. */
export const MAX_SUMMARY = 60;

export function thresholds(overrides: Partial<Thresholds> = {}): Thresholds {
  return { ...DEFAULT_THRESHOLDS, ...overrides };
}
