/** The leader's word on what the office says at the meeting, two working days before it (src/digest/meeting). */
import { confirmedKey } from '../domain/meeting.ts';
import type { Prompt } from '../store/port.ts';
import type { Round } from './round.ts';

/** Not 同意 and no number: those answer requests, which may wait in the same days. */
const CONFIRMED = /^(?:确认|确认无误|无误|没问题|看过了)[。.!！~\s]*$/u;

export function confirmSheet(round: Round, prompt: Prompt): boolean {
  const { date, office } = prompt.payload;
  if (!CONFIRMED.test(round.turn.reading.masked.trim())) return false;
  if (typeof date !== 'string' || typeof office !== 'string') return false;
  round.close(prompt);
  round.facts[confirmedKey(date, office)] = String(round.now);
  round.whisper('notice', { template: 'sheet_confirmed', params: { office } });
  return true;
}
