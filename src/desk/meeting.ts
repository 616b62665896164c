/** 议定: at once from the secretary; a recorder's lines wait for one confirmation of the secretary. */
import { briefOf, refuse } from '../domain/decide/work.ts';
import type { Reading } from '../intake/reading.ts';
import { commandOf } from './commands.ts';
import { referenced } from './references.ts';
import type { Round } from './round.ts';
import { runCommand } from './running.ts';
import { hasRole } from './turn.ts';

const HOURS_TO_CONFIRM = 24 * 60;

export function decideInMeeting(round: Round, reading: Reading): boolean {
  const lines = reading.parts.length > 0 ? reading.parts : [reading];
  if (hasRole(round.turn, 'secretary'))
    return lines.map((line) => runCommand(round, line, 'decide')).some((done) => done);
  if (!hasRole(round.turn, 'recorder')) {
    round.refuse(refuse('not_for_you', { command: 'decide', turnTo: 'secretary' }).refusal);
    return true;
  }
  preview(round, lines);
  return true;
}

/** The secretary sees all lines at once and answers 同意 once. */
function preview(round: Round, lines: readonly Reading[]): void {
  const { policy } = round.turn;
  const found = lines.flatMap((line) => {
    const at = referenced(round, line, 'decide');
    if (at.type === 'cases') return at.cases.map((c) => ({ c, line }));
    const ref = at.type === 'unknown' ? at.ref : null;
    round.refuse(
      refuse(ref === null ? 'needs_reference' : 'no_such_case', { command: 'decide', number: ref }).refusal,
    );
    return [];
  });
  if (found.length === 0) return;
  const items = found.map(({ c, line }) => {
    const { office, until, text } = commandOf('decide', line.command, policy, round.now);
    return { brief: briefOf(c), office, until, text: text ?? '' };
  });
  const say = { template: 'decision_preview', params: { items } } as const;
  round.whisper('notice', say);
  for (const secretary of policy.roster.roles.secretaries) {
    round.tell([secretary], 'notice', say);
    openFor(
      round,
      secretary,
      found.map(({ c, line }) => ({ number: c.number, words: line.command })),
    );
  }
}

/** The question is open wherever the secretary answers in private. */
function openFor(round: Round, secretary: string, lines: readonly unknown[]): void {
  const accounts = round.turn.policy.directory.person(secretary)?.accounts ?? {};
  for (const account of round.turn.accounts) {
    const chat = accounts[account];
    if (chat === undefined) continue;
    round.ask({
      id: `confirm_decisions:${secretary}:${account}`,
      who: secretary,
      account,
      chat,
      kind: 'confirm_decisions',
      case: null,
      payload: { lines },
      openedAt: round.now,
      expiresAt: round.now + HOURS_TO_CONFIRM * 60_000,
    });
  }
}
