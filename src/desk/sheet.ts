/** The leader's word on what the office says at the meeting, two working days before it (src/digest/meeting). */
import type { Prompt } from '../store/port.ts';
import type { Round } from './round.ts';

/** Not 同意 and no number: those answer requests, which may wait in the same days. */
const CONFIRMED = /^(?:确认|确认无误|无误|没问题|看过了)[。.!！~\s]*$/u;

export const confirmedKey = (date: string, office: string): string => `meeting:${date}:confirmed:${office}`;

export function confirmSheet(round: Round, prompt: Prompt): boolean {
  const { date, office } = prompt.payload;
  if (!CONFIRMED.test(round.turn.reading.masked.trim())) return false;
  if (typeof date !== 'string' || typeof office !== 'string') return false;
  round.close(prompt);
  round.facts[confirmedKey(date, office)] = String(round.now);
  const name = round.turn.policy.directory.office(office)?.name ?? office;
  const english = round.turn.policy.roster.township.locale === 'en';
  const words = english ? `Noted: ${name} has confirmed.` : `好，${name}的答复就按这个上会。`;
  round.whisper('notice', { template: 'meeting', params: { lines: [words] } });
  return true;
}
