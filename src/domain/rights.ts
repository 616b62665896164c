/** Who stands how to a case, and what that allows. Text never gives a right; only posts and parts do. */
import type { Case, Party } from './case.ts';
import type { Policy } from './policy.ts';
import type { PersonId, VillageId } from './roster.ts';

/** Whoever sent a message. */
export interface Actor {
  /** The person id, or `@adapter:account` for someone not on the roster. */
  readonly who: Party;
  readonly person: PersonId | null;
  /** The alias under which this person's protected reports are kept. */
  readonly alias: Party;
  /** People whose deputy the actor is now. */
  readonly deputyFor: readonly PersonId[];
}

/** How an actor stands to one case. */
export interface Standing {
  readonly reporter: boolean;
  /** Any head or cadre of the case's village. */
  readonly head: boolean;
  readonly zoneHead: boolean;
  readonly cadre: boolean;
  readonly assignee: boolean;
  readonly coOfficer: boolean;
  /** Leads the office that has it (or had it, while nobody has). */
  readonly leader: boolean;
  /** Member of an office that has it, had it first or helps. */
  readonly office: boolean;
  readonly dispatcher: boolean;
  readonly secretary: boolean;
  readonly recorder: boolean;
  readonly paged: boolean;
  readonly handler: boolean;
}

const HEADS = new Set(['neighbor_head', 'group_head', 'zone_head', 'village_secretary', 'cadre']);
const CADRES = new Set(['cadre', 'village_secretary']);

export function standing(policy: Policy, c: Case, actor: Actor): Standing {
  const posts = actor.person === null ? [] : policy.directory.postsOf(actor.person);
  const inVillage = (kinds: ReadonlySet<string>) =>
    posts.some(({ kind, village }) => kinds.has(kind) && village === c.village && c.village !== null);
  const offices = new Set([c.office, c.firstOffice, ...c.coOffices]);
  const acts = (person: PersonId | null) =>
    person !== null && (person === actor.person || actor.deputyFor.includes(person));
  const leads = c.office === null ? null : (policy.directory.office(c.office)?.leader ?? null);
  return {
    reporter: isReporter(c, actor),
    head: inVillage(HEADS),
    zoneHead: inVillage(new Set(['zone_head'])),
    cadre: inVillage(CADRES),
    assignee: acts(c.assignee),
    coOfficer: posts.some(({ kind, office }) => isWorker(kind) && c.coOffices.includes(office ?? '')),
    leader: acts(leads),
    office: posts.some(({ office }) => office !== undefined && offices.has(office)),
    dispatcher: posts.some(({ kind }) => kind === 'dispatcher'),
    secretary: posts.some(({ kind }) => kind === 'secretary'),
    recorder: posts.some(({ kind }) => kind === 'recorder'),
    paged: actor.person !== null && (c.paging?.order ?? []).includes(actor.person),
    handler: handledBy(policy, c, actor),
  };
}

const isWorker = (kind: string): boolean => kind === 'officer' || kind === 'leader';

export const isReporter = (c: Case, actor: Actor): boolean =>
  c.reporters.some(({ who }) => who === actor.who || who === actor.alias);

/** The handler never rates the own work; for what an office did through others, none of its members does. */
function handledBy(policy: Policy, c: Case, actor: Actor): boolean {
  if (c.handlers.includes(actor.who)) return true;
  const offices = actor.person === null ? [] : policy.directory.officesOf(actor.person);
  return offices.some(({ id }) => c.handlers.includes(id) || c.office === id);
}

/** Someone who may not see a case gets the same answer as if it did not exist. */
export function maySee(c: Case, s: Standing): boolean {
  const official = s.dispatcher || s.secretary || s.recorder || s.office || s.assignee || s.leader || s.paged;
  if (s.reporter || official || s.coOfficer) return true;
  if (c.protected) return false;
  return s.cadre || (s.head && !c.sensitive);
}

/** Only the dispatcher sees who stands behind a protected case. */
export const reporterName = (c: Case, s: Pick<Standing, 'dispatcher'>): Party | null =>
  c.protected && !s.dispatcher ? null : (c.reporters[0]?.who ?? null);

/** Does the village itself handle the case: then it does not rate it, not even for others. */
export function handledByVillage(policy: Policy, c: Case): VillageId | null {
  const offices = [c.office, ...c.handlers].flatMap((id) =>
    id === null ? [] : (policy.directory.office(id) ?? []),
  );
  return offices.find(({ tier }) => tier === 'village')?.village ?? null;
}
