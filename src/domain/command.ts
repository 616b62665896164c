/** A command as the domain knows it: what was meant, with offices, people and dates already found. */
import type { CaseMedia, Instant, Reporter } from './case.ts';
import type { CorrectableFacts } from './events.ts';
import type { OfficeId, PersonId } from './roster.ts';

export const COMMANDS = [
  'accept',
  'progress',
  'ask_reporter',
  'resolve',
  'explain',
  'return',
  'transfer',
  'request_extension',
  'defer',
  'decide_extension',
  'decide_deferral',
  'assign',
  'reclassify',
  'co_handle',
  'escalate',
  'merge',
  'supplement',
  'correct',
  'withdraw',
  'retract_media',
  'urge',
  'rate',
  'reopen',
  'supervise',
  'clear',
  'decide',
  'follow_up',
  'contact',
  'screen',
] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface Command {
  readonly name: CommandName;
  /** What was done, said, asked; masked. */
  readonly text: string | null;
  readonly reason: string | null;
  /** The end of working hours of the day named. */
  readonly until: Instant | null;
  /** A date was named that is over. */
  readonly pastDate: boolean;
  /** The words that name an office, person or category, where nothing was found by them. */
  readonly unknownWord: string | null;
  readonly office: OfficeId | null;
  readonly person: PersonId | null;
  readonly category: string | null;
  readonly score: 1 | 2 | 3 | null;
  readonly agree: boolean;
  readonly partly: boolean;
  readonly color: 'yellow' | 'red' | null;
  readonly cost: number | null;
  readonly ground: string | null;
  readonly reached: boolean;
  readonly solved: boolean | null;
  readonly screening: 'redo' | 'periodic_plan' | 'recorded' | null;
  readonly changes: CorrectableFacts;
  readonly media: readonly CaseMedia[];
  readonly contacts: readonly string[];
  /** supplement: somebody else who reports the same. */
  readonly reporter: Reporter | null;
  /** reclassify: from now on similar words are read as this category. */
  readonly teaches: boolean;
  /** recall, retract_media: the message meant. */
  readonly message: string | null;
}

export const emptyCommand: Omit<Command, 'name'> = {
  text: null,
  reason: null,
  until: null,
  pastDate: false,
  unknownWord: null,
  office: null,
  person: null,
  category: null,
  score: null,
  agree: false,
  partly: false,
  color: null,
  cost: null,
  ground: null,
  reached: false,
  solved: null,
  screening: null,
  changes: {},
  media: [],
  contacts: [],
  reporter: null,
  teaches: false,
  message: null,
};
