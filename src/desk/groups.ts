/** Groups: the bot introduces itself where it is new, an admin says whose group it is, and it hears when it must go. */
import type { ChatBinding } from '../domain/binding.ts';
import type { ChatKind, OfficeId, VillageId } from '../domain/roster.ts';
import type { BindingWords } from '../intake/commands/binding.ts';
import { stableKey } from '../kernel/ids.ts';
import type { Inbound } from '../port.ts';
import { audit, others, refuseBinding } from './registering.ts';
import type { Round } from './round.ts';
import { harmless, rememberGroup, seenAs } from './seen.ts';
import { hasRole, type Turn } from './turn.ts';

/** The bot itself came into a group or is no longer in it. */
export const isOwnMove = ({ kind, sender, chat }: Inbound): boolean =>
  (kind === 'join' || kind === 'leave') && sender.isSelf && chat.kind === 'group';

const introKey = ({ inbound }: Turn): string => stableKey('intro', inbound.account, inbound.chat.id);
const goneKey = ({ inbound }: Turn): string => stableKey('gone', inbound.account, inbound.chat.id);
const toldKey = ({ inbound }: Turn): string => stableKey('grouptold', inbound.account, inbound.chat.id);
export const groupFacts = (turn: Turn): readonly string[] => [introKey(turn), goneKey(turn), toldKey(turn)];

export function moved(round: Round): boolean {
  if (!isOwnMove(round.turn.inbound)) return false;
  if (round.turn.inbound.kind === 'leave') left(round);
  else came(round);
  return true;
}

function came(round: Round): void {
  if (round.fact(goneKey(round.turn)) !== null) round.facts[goneKey(round.turn)] = null;
  round.touched = true;
  const isNew = introduce(round);
  if (isNew && round.turn.group === null) tellOfGroup(round);
}

/** Two lines, once in the life of a group; false where they were said before. */
export function introduce(round: Round): boolean {
  const key = introKey(round.turn);
  if (round.fact(key) !== null) return false;
  round.facts[key] = round.today;
  round.answer('notice', { template: 'introduction', params: { mentionOnly: mentionOnly(round.turn) } });
  return true;
}

const mentionOnly = ({ ways, inbound }: Turn): boolean =>
  ways.platforms.get(inbound.account)?.groupVisibility === 'mention';

/** To the admins, with the one line that binds it; once a day, however many people write there. */
export function tellOfGroup(round: Round): void {
  if (round.fact(toldKey(round.turn)) === round.today) return;
  round.facts[toldKey(round.turn)] = round.today;
  const { inbound, policy } = round.turn;
  const params = {
    ref: rememberGroup(round),
    account: inbound.account,
    chat: harmless(inbound.chat.id),
    mentionOnly: mentionOnly(round.turn),
  };
  audit(round, 'group_seen', { account: inbound.account, chat: inbound.chat.id });
  round.tell(policy.roster.roles.admins, 'notice', { template: 'group_to_admin', params });
}

/** Some platforms say it twice: that it was put out, and that the group is no more. */
function left(round: Round): void {
  const { inbound, group, policy, bindings } = round.turn;
  if (round.fact(goneKey(round.turn)) !== null) return;
  round.facts[goneKey(round.turn)] = round.today;
  // Put out and let in again on one day, it does not begin anew.
  if (round.fact(introKey(round.turn)) !== round.today) round.facts[introKey(round.turn)] = null;
  const bound = boundHere(bindings.all, inbound.account, inbound.chat.id);
  audit(round, 'group_left', { account: inbound.account, chat: inbound.chat.id });
  round.tell(policy.roster.roles.admins, 'notice', {
    template: 'group_left',
    params: {
      village: group?.village ?? null,
      office: bound?.office ?? null,
      account: inbound.account,
      chat: harmless(inbound.chat.id),
    },
  });
}

const boundHere = (all: Turn['bindings']['all'], account: string, external: string): ChatBinding | null => {
  const found = all.find(
    (one) => one.kind === 'chat' && one.account === account && one.external === external,
  );
  return found?.kind === 'chat' ? found : null;
};

interface Target {
  readonly account: string;
  readonly external: string;
}

/** The group it is said in, or the one that the reference names; null where it was answered instead. */
function targetOf(round: Round, ref: string | null): Target | null {
  const { inbound, direct } = round.turn;
  if (ref === null && !direct) return { account: inbound.account, external: inbound.chat.id };
  const seen = ref === null ? null : seenAs(round, ref);
  if (seen?.kind === 'chat') return seen;
  refuseBinding(round, ref === null ? 'usage' : 'unknown_ref', { word: ref });
  return null;
}

export function bindGroup(round: Round, words: Extract<BindingWords, { kind: 'bind_group' }>): boolean {
  const { turn } = round;
  const place = placeNamed(turn, words.name);
  // 绑定手机号 is nobody's village.
  if (!words.certain && (place === null || turn.direct)) return usage(round);
  if (!hasRole(turn, 'admin')) return turn.person !== null && refuseBinding(round, 'not_admin');
  const target = targetOf(round, words.ref);
  if (target === null) return true;
  if (place === null)
    return refuseBinding(round, words.name === '' ? 'usage' : 'unknown_place', { word: words.name });
  if (inFile(turn, target)) return refuseBinding(round, 'group_in_file');
  const chat: ChatKind = words.chat ?? place.chat;
  const { village, office } = place;
  const by = turn.who;
  round.bindings.put.push({ kind: 'chat', ...placeOf(target), chat, village, office, at: round.now, by });
  audit(round, 'group_bound', { ...placeOf(target), chat, village, office });
  const params = { village, office, groupKind: chat, account: target.account, by };
  answerBoth(round, (to) => ({ template: 'group_bound', params: { ...params, to } }));
  return true;
}

/** An admin who writes 绑定 in private and nothing that fits is shown how. */
const usage = (round: Round): boolean =>
  round.turn.direct && hasRole(round.turn, 'admin') && refuseBinding(round, 'usage');

export function unbindGroup(round: Round, { ref }: Extract<BindingWords, { kind: 'unbind_group' }>): boolean {
  const { turn } = round;
  if (!hasRole(turn, 'admin')) return turn.person !== null && refuseBinding(round, 'not_admin');
  const target = targetOf(round, ref);
  if (target === null) return true;
  const bound = boundHere(turn.bindings.all, target.account, target.external);
  if (bound === null) return refuseBinding(round, inFile(turn, target) ? 'group_in_file' : 'nothing_bound');
  round.bindings.remove.push(bound);
  const { village, office } = bound;
  audit(round, 'group_unbound', { ...placeOf(target), village, office });
  answerBoth(round, (to) => ({ template: 'group_unbound', params: { village, office, by: turn.who, to } }));
  return true;
}

/** In the group for all to read, in private for the admin alone; the other admins hear of it. */
function answerBoth(round: Round, say: (to: 'admin' | 'group') => Parameters<Round['answer']>[1]): void {
  round.answer('notice', say(round.turn.direct ? 'admin' : 'group'));
  round.tell(others(round), 'notice', say('admin'));
}

const placeOf = ({ account, external }: Target): Target => ({ account, external });

/** A group that the township file names is changed there. */
const inFile = ({ policy, bindings }: Turn, { account, external }: Target): boolean =>
  policy.directory.chat(account, external) !== null && boundHere(bindings.all, account, external) === null;

interface Place {
  readonly village: VillageId | null;
  readonly office: OfficeId | null;
  /** What a group of it is, where nothing else is said. */
  readonly chat: ChatKind;
}

/** By its whole name: a village, an office, or the township itself. */
function placeNamed({ policy }: Turn, name: string): Place | null {
  const { directory, roster } = policy;
  const village = name === '' ? null : directory.villageByName(name);
  if (village !== null) return { village: village.id, office: null, chat: 'heads' };
  const office = roster.offices.find((one) => one.name === name || one.id === name);
  if (office !== undefined) return { village: office.village, office: office.id, chat: 'officers' };
  const all = name === roster.township.name || name === '全镇' || name === '全乡';
  return all ? { village: null, office: null, chat: 'officers' } : null;
}
