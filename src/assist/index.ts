/**
 * The second reader: an OpenAI-compatible service, asked over HTTP about messages of which the rules are unsure.
 * Off unless a township turns it on, and then not even imported. Whatever goes wrong here changes no reading:
 * the answer is null, counted and logged, without a word of what was asked or answered.
 */

import type { Question } from '../intake/outgoing.ts';
import type { Proposal, SecondReader } from '../intake/proposal.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/log.ts';
import { Pause } from './pause.ts';
import { proposalIn, requestBody } from './wire.ts';

export interface AssistOptions {
  /** Base address: `/chat/completions` is added. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; null where the service asks for none. */
  readonly key: string | null;
  readonly timeoutMs: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}

/** How a question ended. `skipped`: it was not asked. */
export type Ending =
  | 'answered'
  | 'timeout'
  | 'unreachable'
  | 'status'
  | 'oversized'
  | 'malformed'
  | 'skipped';

export interface Assist {
  readonly propose: SecondReader;
  /** How often each ending came. */
  counts(): Readonly<Record<Ending, number>>;
}

/** A proposal is two words; a page of anything else is not read to its end. */
const MOST_BYTES = 64 * 1024;

export function createAssist(options: AssistOptions): Assist {
  const counts = {
    answered: 0,
    timeout: 0,
    unreachable: 0,
    status: 0,
    oversized: 0,
    malformed: 0,
    skipped: 0,
  };
  const pause = new Pause();
  const { clock, log } = options;
  const propose = async (question: Question): Promise<Proposal | null> => {
    if (!pause.mayAsk(clock.now())) {
      counts.skipped++;
      return null;
    }
    pause.begun();
    const { ending, proposal } = await ask(question, options);
    pause.ended(ending === 'answered', clock.now());
    counts[ending]++;
    if (proposal === null)
      log.warn('the second reader gave no answer', { why: ending, times: counts[ending] });
    return proposal;
  };
  return { propose, counts: () => ({ ...counts }) };
}

interface Asked {
  readonly ending: Exclude<Ending, 'skipped'>;
  readonly proposal: Proposal | null;
}

const failed = (ending: Asked['ending']): Asked => ({ ending, proposal: null });

async function ask(question: Question, options: AssistOptions): Promise<Asked> {
  try {
    const response = await fetch(addressOf(options.url), {
      method: 'POST',
      headers: headersOf(options.key),
      body: requestBody(question, options.model),
      // The key goes to the configured address and nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return failed('status');
    }
    const body = await textOf(response);
    if (body === null) return failed('oversized');
    const proposal = proposalIn(body, question);
    return proposal === null ? failed('malformed') : { ending: 'answered', proposal };
  } catch (error) {
    return failed(error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'unreachable');
  }
}

/** `https://host/v1`, with a slash at its end or without. */
const addressOf = (url: string): string => `${url.replace(/\/+$/, '')}/chat/completions`;

const headersOf = (key: string | null): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json',
  ...(key === null ? {} : { authorization: `Bearer ${key}` }),
});

/** Null where it is longer than any answer: counted while it comes, whatever its header says. */
async function textOf(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) return null;
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}
