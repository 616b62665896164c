/**
 * 绑定 ABCD-2345: people bind themselves, in private, once, with the code that the roster gave them. Whatever is
 * wrong with a code, the answer is the same; whoever guesses is soon answered nothing.
 */
import type { BindingCode } from '../domain/binding.ts';
import {
  anotherWrong,
  isShut,
  keptTries,
  type Tries,
  triesIn,
  WRONG_AT_MOST,
  WRONG_IN_ALL,
} from '../domain/binding-code.ts';
import type { BindingTemplates } from '../domain/binding-messages.ts';
import type { Person } from '../domain/roster.ts';
import type { BindingWords } from '../intake/commands/binding.ts';
import { stableKey } from '../kernel/ids.ts';
import { bindGroup, unbindGroup } from './groups.ts';
import { match, unbind } from './matching.ts';
import { audit, bindPerson, privately, refuseBinding, welcome } from './registering.ts';
import type { Round } from './round.ts';
import { seenFacts, seenKey } from './seen.ts';
import { hasRole, type Turn } from './turn.ts';

const ALL_TRIES = 'bindtries';
const triesKey = ({ inbound }: Turn): string => stableKey('bindtries', inbound.account, inbound.sender.id);

/** What a decision about who is who needs to know, beside the bindings themselves. */
export function bindingLoad(turn: Turn): {
  readonly facts: readonly string[];
  readonly codes: readonly string[];
} {
  const { binding, secrets } = turn;
  const codes = codesIn(binding).map((code) => secrets.codeHash(code));
  const refs = binding !== null && 'ref' in binding && binding.ref !== null ? [seenKey(binding.ref)] : [];
  const tries = binding?.kind === 'code' ? [ALL_TRIES, triesKey(turn)] : [];
  return { codes, facts: [...tries, ...refs, ...seenFacts(turn)] };
}

function codesIn(words: BindingWords | null): readonly string[] {
  if (words?.kind === 'loose_codes') return words.codes;
  return words?.kind === 'code' && words.code !== null ? [words.code] : [];
}

/** True where the message was about who is who; whatever else it says then is none of ours. */
export function bindingSaid(round: Round): boolean {
  const { binding, direct } = round.turn;
  switch (binding?.kind) {
    case undefined:
      return false;
    case 'code':
      return direct ? redeem(round, binding) : typedInGroup(round, binding);
    case 'loose_codes':
      // Who cries for help with a slip in the message is helped all the same.
      return !direct && burnt(round, binding.codes) && !isUrgent(round);
    case 'match':
      return match(round, binding);
    case 'unbind':
      return unbind(round, binding);
    case 'bind_group':
      return bindGroup(round, binding);
    case 'unbind_group':
      return unbindGroup(round, binding);
    case 'not_me':
      return disputed(round);
  }
}

const isUrgent = (round: Round): boolean => round.turn.reading.cases.some(({ urgency }) => urgency === 'U1');

type Code = Extract<BindingWords, { kind: 'code' }>;

function redeem(round: Round, { code, bare }: Code): boolean {
  const { person, inbound } = round.turn;
  if (person !== null) {
    // Eight letters of somebody whom we know are no code.
    if (bare) return false;
    if (hasRole(round.turn, 'admin') && code === null) return refuseBinding(round, 'usage');
    audit(round, 'bind_refused', { account: inbound.account, person: person.id });
    return privately(round, { template: 'bind_taken', params: { person: person.id } });
  }
  if (closed(round)) return true;
  const found = code === null ? undefined : round.loaded.codes.get(round.turn.secrets.codeHash(code));
  const whose = found === undefined ? null : holder(round, found);
  if (found === undefined || whose === null) return wrong(round);
  settle(round, found, 'used');
  // Their account here stands: the code can't move it, and whoever has the code may not be them.
  if (whose.accounts[inbound.account] !== undefined) return alreadyHere(round, whose);
  round.facts[triesKey(round.turn)] = null;
  bindPerson(round, whose, { account: inbound.account, external: inbound.sender.id, by: null });
  return privately(round, welcome(round, whose.id));
}

/** Whose open code it is; null where it holds no more or its person has left. */
function holder(round: Round, { state, expiresAt, person }: BindingCode): Person | null {
  if (state !== 'open' || round.now >= expiresAt) return null;
  return round.turn.policy.directory.person(person);
}

const settle = (round: Round, code: BindingCode, state: 'used' | 'revoked'): void => {
  round.codes.push({ ...code, state, settledAt: round.now });
};

function alreadyHere(round: Round, whose: Person): true {
  const { account } = round.turn.inbound;
  audit(round, 'bind_refused', { account, person: whose.id });
  warnAdmins(round, { why: 'has_account', person: whose.id, account });
  return privately(round, { template: 'bind_taken', params: { person: null } });
}

/** A shut door answers once, and then nothing: also the right code does not pass, or it would tell them apart. */
function closed(round: Round): boolean {
  const key = triesKey(round.turn);
  if (isShut(triesIn(round.fact(key)), round.now)) return true;
  const all = triesIn(round.fact(ALL_TRIES));
  if (!isShut(all, round.now)) return false;
  round.facts[key] = keptTries({ from: round.now, wrong: 0, shutUntil: all?.shutUntil ?? null });
  return privately(round, { template: 'bind_shut', params: {} });
}

function wrong(round: Round): true {
  const shuts = countWrong(round);
  return privately(round, { template: shuts ? 'bind_shut' : 'bind_wrong', params: {} });
}

/** True where this one has shut the door. */
function countWrong(round: Round): boolean {
  const key = triesKey(round.turn);
  const count = (of: string, most: number): { readonly tries: Tries; readonly shuts: boolean } =>
    anotherWrong(triesIn(round.fact(of)), most, round.now);
  const own = count(key, WRONG_AT_MOST);
  const all = count(ALL_TRIES, WRONG_IN_ALL);
  round.facts[key] = keptTries(own.tries);
  round.facts[ALL_TRIES] = keptTries(all.tries);
  audit(round, 'bind_wrong', { account: round.turn.inbound.account });
  if (all.shuts) warnAdmins(round, { why: 'many_wrong', person: null, account: null });
  return own.shuts || all.shuts;
}

/** Never bound in a group; and a code that others have read is nobody's any more. */
function typedInGroup(round: Round, { code, bare }: Code): boolean {
  if (burnt(round, code === null ? [] : [code])) return true;
  if (bare) return false;
  if (closed(round)) return true;
  countWrong(round);
  return askToRecall(round);
}

function burnt(round: Round, codes: readonly string[]): boolean {
  const open = codes.flatMap((code) => {
    const found = round.loaded.codes.get(round.turn.secrets.codeHash(code));
    return found?.state === 'open' && round.now < found.expiresAt ? [found] : [];
  });
  for (const code of open) {
    settle(round, code, 'revoked');
    audit(round, 'code_revoked', { person: code.person, account: round.turn.inbound.account });
    warnAdmins(round, { why: 'in_group', person: code.person, account: round.turn.inbound.account });
  }
  return open.length > 0 && askToRecall(round);
}

/** Where others may still read the code; in a group that is not ours, in private. */
function askToRecall(round: Round): true {
  const say = { template: 'bind_in_group', params: {} } as const;
  if (round.turn.group === null) return privately(round, say);
  round.answer('notice', say);
  return true;
}

/** 不是我绑的: whoever was bound first knows best; an admin decides. */
function disputed(round: Round): boolean {
  const { person, direct, bindings, inbound } = round.turn;
  if (person === null || !direct) return false;
  const newest = bindings.all
    .filter((one) => one.kind === 'person' && one.person === person.id && one.account !== inbound.account)
    .sort((a, b) => b.at - a.at)
    .at(0);
  if (newest === undefined) return false;
  audit(round, 'bind_disputed', { person: person.id, account: newest.account });
  warnAdmins(round, { why: 'not_me', person: person.id, account: newest.account });
  return privately(round, { template: 'bind_disputed', params: {} });
}

function warnAdmins(round: Round, params: BindingTemplates['bind_warning']): void {
  round.tell(round.turn.policy.roster.roles.admins, 'notice', { template: 'bind_warning', params });
}
