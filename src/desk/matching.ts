/** 绑定 k3fm 林秀英, 解绑 林秀英: an admin says who somebody is. Never a display name, never a guess. */
import type { Person } from '../domain/roster.ts';
import type { BindingWords } from '../intake/commands/binding.ts';
import { audit, bindPerson, others, refuseBinding, welcome } from './registering.ts';
import type { Round } from './round.ts';
import { seenAs } from './seen.ts';
import { hasRole } from './turn.ts';

export function match(round: Round, words: Extract<BindingWords, { kind: 'match' }>): boolean {
  const { person: admin, direct } = round.turn;
  if (!direct) return hasRole(round.turn, 'admin') && refuseBinding(round, 'private_only');
  // Who is not on the roster is told so as ever.
  if (admin === null) return false;
  if (!hasRole(round.turn, 'admin')) return refuseBinding(round, 'not_admin');
  const seen = seenAs(round, words.ref);
  if (seen?.kind !== 'person') return refuseBinding(round, 'unknown_ref', { word: words.ref });
  const { directory } = round.turn.policy;
  const already = directory.personByAccount(seen.account, seen.external);
  if (already !== null) return refuseBinding(round, 'account_taken', { person: already.id });
  const meant = meantBy(round, words, `绑定 ${words.ref}`);
  if (meant === null) return true;
  if (meant.accounts[seen.account] !== undefined)
    return refuseBinding(round, 'person_has_account', { person: meant.id, account: seen.account });
  bindPerson(round, meant, { account: seen.account, external: seen.external, by: admin.id });
  round.whisper('notice', {
    template: 'bound_to_admin',
    params: { person: meant.id, account: seen.account, by: admin.id, others: 0 },
  });
  round.tell([`@${seen.account}:${seen.external}`], 'notice', welcome(round, meant.id));
  return true;
}

export function unbind(round: Round, words: Extract<BindingWords, { kind: 'unbind' }>): boolean {
  const { direct } = round.turn;
  if (!hasRole(round.turn, 'admin')) {
    // 解绑 is also said of bank cards.
    const named = round.turn.person !== null && namesakes(round, words.name).length > 0;
    return named && direct && refuseBinding(round, 'not_admin');
  }
  if (!direct) return namesakes(round, words.name).length > 0 && refuseBinding(round, 'private_only');
  const meant = meantBy(round, words, '解绑');
  if (meant === null) return true;
  const bound = round.turn.bindings.all.flatMap((one) =>
    one.kind === 'person' && one.person === meant.id ? [one] : [],
  );
  const inFile = Object.keys(meant.accounts).length > 0;
  if (bound.length === 0)
    return refuseBinding(round, inFile ? 'in_file' : 'nothing_bound', { person: meant.id });
  round.bindings.remove.push(...bound);
  const accounts = bound.map(({ account }) => account);
  audit(round, 'unbound', { person: meant.id, accounts });
  round.whisper('notice', { template: 'unbound', params: { person: meant.id, accounts, to: 'admin' } });
  round.tell(others(round), 'notice', {
    template: 'unbound',
    params: { person: meant.id, accounts, to: 'admin' },
  });
  round.tell(
    bound.map(({ account, external }) => `@${account}:${external}`),
    'notice',
    { template: 'unbound', params: { person: meant.id, accounts, to: 'person' } },
  );
  return true;
}

/** The whole name or the id: a part of a name is nobody's account. */
const namesakes = (round: Round, name: string): readonly Person[] => {
  const { roster, directory } = round.turn.policy;
  const byId = directory.person(name);
  return byId === null ? roster.people.filter((person) => person.name === name) : [byId];
};

/** Null where it was answered instead: nobody of that name, or several and none of them said. */
function meantBy(
  round: Round,
  { name, nth }: { readonly name: string; readonly nth: number | null },
  command: string,
): Person | null {
  const all = namesakes(round, name);
  const [only, ...more] = nth === null ? all : all.slice(nth - 1, nth);
  if (only !== undefined && more.length === 0) return only;
  if (only === undefined) refuseBinding(round, 'unknown_person', { word: name });
  else {
    const people = all.map(({ id }, at) => ({ person: id, command: `${command} ${name} ${at + 1}` }));
    round.whisper('notice', { template: 'bind_which', params: { name, people } });
  }
  return null;
}
