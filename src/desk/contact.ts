/** 联系方式: the number an officer needs to call, in private chat, each reading on record before it is sent. */
import type { Case } from '../domain/case.ts';
import { refuse, Work } from '../domain/decide/work.ts';
import { reporterName } from '../domain/rights.ts';
import type { Reading } from '../intake/reading.ts';
import { referenced } from './references.ts';
import type { Round } from './round.ts';
import { openWhich } from './running.ts';

export function contact(round: Round, reading: Reading): boolean {
  if (!round.turn.direct) {
    round.refuse(refuse('private_only', { command: 'contact' }).refusal);
    return true;
  }
  const found = referenced(round, reading, 'contact');
  if (found.type === 'unknown')
    round.refuse(refuse('no_such_case', { command: 'contact', number: found.ref }).refusal);
  if (found.type === 'none') round.refuse(refuse('needs_reference', { command: 'contact' }).refusal);
  if (found.type === 'ask') openWhich(round, reading, 'contact', found.cases);
  if (found.type === 'cases') for (const c of found.cases) readContact(round, c);
  return true;
}

function readContact(round: Round, c: Case): void {
  const work = new Work(c, round.ctx);
  const { standing } = work;
  const works = standing.assignee || standing.coOfficer || standing.paged;
  // A number tells who it is: of a protected reporter the dispatcher alone may know it, and calls.
  if (!standing.dispatcher && (c.protected || !works)) {
    round.refuse(
      refuse('not_for_you', { command: 'contact', number: c.number, turnTo: 'dispatcher' }).refusal,
    );
    return;
  }
  const reporter = reporterName(c, { dispatcher: false });
  // Who a protected reporter is, the dispatcher alone may read: on record, as a number is.
  const behind = c.protected && standing.dispatcher ? c.reporters.map(({ who }) => `reporter:${who}`) : [];
  const fields = [...c.contacts, ...behind];
  if (fields.length === 0) {
    round.whisper('contact', { template: 'no_contact', params: { number: c.number, reporter } }, c.number);
    return;
  }
  work.event('contact_read', { fields });
  round.audit.push({
    at: round.now,
    by: round.turn.who,
    what: 'contact_read',
    case: c.number,
    detail: { fields },
  });
  for (const field of fields)
    work.say({ to: 'sender' }, 'contact', {
      template: 'contact',
      params: { number: c.number, field, vault: `${c.number}/${field}` },
    });
  round.take(work.done());
}
