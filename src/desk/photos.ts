/** 照片 42: a case's files once more, in private chat, to somebody who may see them; each reading on record. */
import type { Case } from '../domain/case.ts';
import { refuse } from '../domain/decide/work.ts';
import { standing } from '../domain/rights.ts';
import type { CommandWords } from '../intake/reading.ts';
import { referenced, sees } from './references.ts';
import type { Round } from './round.ts';
import type { Turn } from './turn.ts';

const ASKED =
  /^(?:请|麻烦)?(?:把|看|查看|发|要|再发)?(?:一?下)?(?:现场)?(?:照片|相片|图片)[\s:：,，]*(?:[#＃]?((?:\p{L}{0,8}\d{4}-)?\d{1,9}))?$/u;

/** Numbers in words that ask for files and nothing else: `照片 42`; null where they are other words. */
const refsIn = (text: string): readonly string[] | null => {
  const found = ASKED.exec(text.trim());
  if (found === null) return null;
  return found[1] === undefined ? [] : [found[1]];
};

export const photoRefsIn = (text: string): readonly string[] => refsIn(text) ?? [];

function asked({ reading, inbound }: Turn): readonly string[] | null {
  return inbound.kind === 'message' && inbound.media.length === 0 ? refsIn(reading.masked) : null;
}

/** Numbers to load for it. */
export const photoRefs = (turn: Turn): readonly string[] => asked(turn) ?? [];

/** True where it was asked for. In a group the word alone is chatter. */
export function photosAsked(round: Round): boolean {
  const { turn } = round;
  const refs = asked(turn);
  if (refs === null || (!turn.direct && !turn.inbound.mentionsBot)) return false;
  if (!turn.direct) {
    round.refuse(refuse('private_only', { command: 'photos' }).refusal);
    return true;
  }
  const reading = { ...turn.reading, command: { ...NO_WORDS, refs } };
  const meant = referenced(round, reading, 'contact');
  if (meant.type === 'none' && refs.length === 0 && turn.person === null) return false;
  if (meant.type === 'cases') for (const c of meant.cases) show(round, c);
  else if (meant.type === 'unknown')
    round.refuse(refuse('no_such_case', { command: 'photos', number: meant.ref }).refusal);
  else round.refuse(refuse('needs_reference', { command: 'photos' }).refusal);
  return true;
}

const NO_WORDS: CommandWords = {
  ...{ refs: [], to: null, until: null, reason: null, text: null, score: null },
  extra: {},
};

/** Of what is private only those who work on it, and who sent them. */
function maySeeFiles(round: Round, c: Case): boolean {
  const s = standing(round.turn.policy, c, round.actor);
  if (c.sensitive || c.protected) return s.dispatcher || s.assignee || s.coOfficer || s.paged || s.reporter;
  return sees(round, c);
}

function show(round: Round, c: Case): void {
  const { turn, now } = round;
  if (!maySeeFiles(round, c)) {
    const no = { command: 'photos', number: c.number, turnTo: 'dispatcher' } as const;
    round.refuse(refuse('not_for_you', no).refusal);
    return;
  }
  // Who stands behind a protected report is written down nowhere, not even here.
  const who = c.reporters.some((one) => one.who === turn.alias) ? turn.alias : turn.who;
  round.audit.push({ at: now, by: who, what: 'media_read', case: c.number, detail: {} });
  round.tasks.push({
    key: `media_show:${c.number}:asked:${turn.inbound.messageId ?? now}`,
    kind: 'media_show',
    payload: { case: c.number, to: who, account: turn.inbound.account, asked: true },
    runAt: now,
  });
  round.touched = true;
}
