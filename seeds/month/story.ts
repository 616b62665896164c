/** How the demo month is written down: one matter with all that is said about it. */

/** `MM-DD HH:MM` of 2026, township local time. */
export type When = string;

/**
 * Something said later: when, by whom (person id), what. In private unless a group is named.
 * `{n}` is the case's serial (`12`), `{N}` its whole number, `{m}` the serial of a second matter.
 */
export type Step = readonly [at: When, by: string, say: string, group?: string];

export interface Story {
  readonly at: When;
  readonly by: string;
  /** The group it was written in (`ltw` → g-ltw); left out: the writer's private chat with the bot. */
  readonly in?: string;
  readonly say: string;
  /** Categories of the cases that this message opens, in order; none for talk and questions. */
  readonly opens?: readonly string[];
  readonly media?: readonly ('image' | 'voice' | 'location')[];
  readonly later?: readonly Step[];
}
