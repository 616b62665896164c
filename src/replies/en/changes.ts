/** What changes on the way: the same turn told to the reporter, to officers and to those above, each in their words. */
import type { Brief, Templates } from '../../domain/messages.ts';
import type { WordsContext } from '../context.ts';
import { hushed, no, ref, said } from '../held-back.ts';
import { lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { byHour, day } from './dates.ts';
import { dueSentence, howToAct, howToResolve, urgent } from './officer.ts';
import { facts, fullTitle, office, otherOffice, promise, quoted, TIERS, title, what } from './phrases.ts';

/** What the officer needs who gets a case that others had. */
const handedOver = (brief: Brief, why: string | null, ctx: WordsContext): readonly (string | null)[] => [
  why,
  facts(brief, '', ctx),
  dueSentence(brief, ctx),
  howToAct(brief, ctx),
];

function returned({ brief, reason, to, times }: Templates['returned'], ctx: WordsContext): string {
  if (to === 'reporter')
    return `${title(brief, ctx)}: the office gave it back; the duty desk finds another and tells you. No need to report it again.`;
  const why = quoted('Why: ', reason, ctx);
  const how = `Give it to an office: “交办 ${ref(brief, ctx)}” and the office.`;
  const often = times > 1 ? ` (${times} times)` : '';
  if (to === 'dispatcher') return lines(`${fullTitle(brief, ctx)}: given back${often}.`, why, how);
  return lines(`${fullTitle(brief, ctx)}: given back${often}, nobody has it yet.`, why, how);
}

function transferred({ brief, from, reason, to }: Templates['transferred'], ctx: WordsContext): string {
  const old = otherOffice(from, brief, ctx);
  if (to === 'reporter')
    return `${title(brief, ctx)}: passed from ${old} to ${office(brief, ctx)}. ${promise(brief, ctx)}`;
  const why = quoted('Why: ', reason, ctx);
  if (to === 'old_officer')
    return lines(
      `${fullTitle(brief, ctx)}: passed to ${office(brief, ctx)}.`,
      why,
      'Until they accept it, please answer if somebody asks.',
    );
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}: from ${old}, for you.`,
    ...handedOver(brief, why, ctx),
  );
}

function extensionDecided(params: Templates['extension_decided'], ctx: WordsContext): string {
  const { brief, agree, until, to } = params;
  const why = quoted('Note: ', params.reason, ctx);
  if (to === 'reporter' && !agree) return `${title(brief, ctx)}: the date stays. ${promise(brief, ctx)}`;
  if (to === 'reporter') {
    const then = until === null ? '' : ` You get an answer by ${day(until, ctx)}.`;
    return lines(`${title(brief, ctx)}: this needs more time.${then}`, why);
  }
  const date = until === null ? '' : `, to be done ${byHour(until, ctx)}`;
  if (agree) return lines(`${title(brief, ctx)}: more time agreed${date}.`, why, howToResolve(brief, ctx));
  return lines(
    `${title(brief, ctx)}: more time not agreed.`,
    why,
    dueSentence(brief, ctx),
    howToResolve(brief, ctx),
  );
}

function deferralDecided(params: Templates['deferral_decided'], ctx: WordsContext): string {
  const { brief, agree, reviewAt, to } = params;
  const again = reviewAt === null ? '' : `; it is looked at again on ${day(reviewAt, ctx)}`;
  const why = quoted(to === 'reporter' ? 'Why: ' : 'Note: ', params.reason, ctx);
  if (to === 'reporter' && agree) return lines(`${title(brief, ctx)}: can’t be done now${again}.`, why);
  if (to === 'reporter') return `${title(brief, ctx)}: the work goes on. ${promise(brief, ctx)}`;
  if (agree) return lines(`${title(brief, ctx)}: deferral agreed${again}. I will remind you.`, why);
  return lines(
    `${title(brief, ctx)}: deferral not agreed, please go on.`,
    why,
    dueSentence(brief, ctx),
    howToResolve(brief, ctx),
  );
}

function reopened({ brief, text, to, times }: Templates['reopened'], ctx: WordsContext): string {
  if (to === 'reporter')
    return `${title(brief, ctx)}: understood, not right yet. ${office(brief, ctx)} does it again. ${promise(brief, ctx)}`;
  const words = quoted('The reporter: ', text, ctx);
  if (to === 'secretary')
    return lines(
      `${fullTitle(brief, ctx)}: reported as not solved (${times} times); ${office(brief, ctx)} does it again.`,
      words,
      dueSentence(brief, ctx),
      `To supervise: “督办 ${ref(brief, ctx)}”.`,
    );
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}: the reporter says it is not solved, please do it again.`,
    words,
    dueSentence(brief, ctx),
    howToResolve(brief, ctx),
  );
}

function escalated({ brief, to, reason, audience }: Templates['escalated'], ctx: WordsContext): string {
  const up = TIERS[to];
  const why = quoted('Why: ', reason, ctx);
  if (audience === 'reporter')
    return `${title(brief, ctx)}: passed up to ${up}, ${office(brief, ctx)} has it now. ${promise(brief, ctx)}`;
  if (audience === 'village')
    return lines(
      `${fullTitle(brief, ctx)}: passed up to ${up}, ${office(brief, ctx)} has it now.`,
      why,
      'The village still helps to answer the people.',
    );
  if (audience === 'office')
    return lines(
      `${fullTitle(brief, ctx)}: late in the village, passed up to ${up}, ${office(brief, ctx)} has it now.`,
      why,
    );
  if (audience === 'dispatcher')
    return lines(
      `${fullTitle(brief, ctx)}: passed up to ${up}, please give it to an office.`,
      why,
      facts(brief, '', ctx),
      `“交办 ${ref(brief, ctx)}” and the office.`,
    );
  return lines(
    `${urgent(brief)}${fullTitle(brief, ctx)}: passed up to ${up}, for you.`,
    ...handedOver(brief, why, ctx),
  );
}

export const changes = {
  returned,
  transferred,
  extension_decided: extensionDecided,
  deferral_decided: deferralDecided,
  reopened,
  withdrawn: ({ brief, to, reason }, ctx) =>
    to === 'reporter'
      ? `${title(brief, ctx)}: withdrawn by you. If you need it after all, just say it again.`
      : lines(
          `${title(brief, ctx)}: ${withdrawnBy(brief)}, nothing more to do.`,
          quoted('Why: ', reason, ctx),
        ),
  merged: ({ brief, into, to }, ctx) =>
    to === 'reporter'
      ? `${no(brief, ctx)} and ${title(into, ctx)} are one matter and handled together; you get the answer too. ${promise(into, ctx)}`
      : `${no(brief, ctx)} is now part of ${fullTitle(into, ctx)}; answer only ${no(into, ctx)}.`,
  escalated,
  supplemented: ({ brief, text, media, to }, ctx) => {
    if (to === 'reporter') return `${no(brief, ctx)}: added, ${office(brief, ctx)} can see it.`;
    const words = said(text, ctx);
    return lines(
      `${title(brief, ctx)}: more from the reporter${words === null ? '.' : ':'}`,
      words,
      media > 0 ? `New pictures and files: ${media}` : null,
    );
  },
  corrected: ({ brief, text, to }, ctx) =>
    to === 'reporter'
      ? `Corrected ${no(brief, ctx)}: ${what(brief, ctx)}. ${promise(brief, ctx)}`
      : lines(
          `${fullTitle(brief, ctx)}: the report was corrected.`,
          quoted('Now: ', text, ctx),
          dueSentence(brief, ctx),
        ),
  reclassified: ({ brief, before, to }, ctx) => {
    if (hushed(brief, ctx)) return `${no(brief, ctx)}: the category was changed. ${promise(brief, ctx)}`;
    const kinds = `category changed from “${ctx.names.categoryShort(before)}”`;
    if (to === 'reporter')
      return `${title(brief, ctx)}: ${kinds}; ${office(brief, ctx)} has it. ${promise(brief, ctx)}`;
    return lines(`${fullTitle(brief, ctx)}: ${kinds}.`, dueSentence(brief, ctx));
  },
  decision: ({ brief, until, text, to }, ctx) => {
    if (to === 'reporter') {
      const date = until === null ? '' : ` You get an answer by ${day(until, ctx)}.`;
      return lines(
        `${title(brief, ctx)}: decided in the meeting, ${office(brief, ctx)} does it.${date}`,
        quoted('Decided: ', text, ctx),
      );
    }
    const date = until === null ? '' : `, to be done ${byHour(until, ctx)}`;
    return lines(
      `${fullTitle(brief, ctx)}: decided in the meeting, ${office(brief, ctx)} does it${date}.`,
      quoted('Decided: ', text, ctx),
      howToResolve(brief, ctx),
    );
  },
} satisfies Partial<Words>;

const withdrawnBy = ({ outcome }: Brief): string =>
  outcome === 'not_township' ? "found not to be the township's" : 'withdrawn by the reporter';
