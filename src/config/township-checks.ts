/** What no single field can show: ids twice, references to nothing, accounts and posts held by two. */
import type { Path } from './errors.ts';
import { fieldOf } from './errors.ts';
import type { Finding } from './issues.ts';
import { nearest } from './issues.ts';
import type { Account, Kind, Mention, Survey } from './township-survey.ts';
import { each, fields, words } from './township-survey.ts';

/** Where each kind is declared, in the words of an error. */
const KINDS: Readonly<Record<Kind, readonly [name: string, where: string]>> = {
  person: ['人员', 'people'],
  village: ['村', 'villages'],
  zone: ['片', 'zones'],
  group: ['组', 'groups'],
  neighborhood: ['邻', 'neighborhoods'],
  office: ['单位', 'offices'],
  chat: ['群', 'chats'],
  category: ['类别', 'categories'],
};

/** Kinds whose name, within what they stand in, must be one thing's alone. */
const NAMED_ONCE: ReadonlySet<Kind> = new Set(['village', 'zone', 'group', 'neighborhood']);

/** So many unknown names are compared with all known ones; a file with more has another trouble. */
const GUESSES = 50;

/** @param categories ids of the shipped taxonomy, main and sub */
export function checkTownship(file: unknown, seen: Survey, categories: ReadonlySet<string>): Finding[] {
  return [
    ...duplicates(seen.declared),
    ...sameNames(seen.declared),
    ...unknown(seen, categories),
    ...sharedAccounts(seen.accounts),
    ...sharedChats(file),
    ...villageOffices(file),
    ...dutySpans(file),
    ...deputies(file),
    ...noDispatcher(file),
    ...namelessCategories(file, categories),
  ];
}

function duplicates(declared: readonly Mention[]): Finding[] {
  const first = new Map<string, Mention>();
  const found: Finding[] = [];
  for (const mention of declared) {
    const key = JSON.stringify([mention.kind, mention.id]);
    const before = first.get(key);
    if (before) found.push({ path: mention.path, message: twice(mention, before) });
    else first.set(key, mention);
  }
  return found;
}

function twice(mention: Mention, before: Mention): string {
  const [name] = KINDS[mention.kind];
  const there = fieldOf(before.path.slice(0, -1));
  if (mention.kind === 'neighborhood' && mention.owner !== before.owner) {
    return `邻 "${mention.id}" 同时在两个组里：${before.owner} 和 ${mention.owner}（另一处是 ${there}）`;
  }
  return `${name}编号 "${mention.id}" 重复，已用在 ${there}`;
}

/** Two 3组 in one zone are one post with two heads, and nobody could say which one is meant. */
function sameNames(declared: readonly Mention[]): Finding[] {
  const first = new Map<string, Mention>();
  const found: Finding[] = [];
  for (const mention of declared) {
    const { kind, name, owner, path } = mention;
    if (name === null || !NAMED_ONCE.has(kind)) continue;
    const key = JSON.stringify([kind, owner, name]);
    const before = first.get(key);
    if (before === undefined) first.set(key, mention);
    else if (before.id !== mention.id) {
      const there = fieldOf(before.path.slice(0, -1));
      const message = `"${name}" 已经有了，在 ${there}；一个岗位只能有一个人`;
      found.push({ path: [...path.slice(0, -1), 'name'], message });
    }
  }
  return found;
}

function unknown(seen: Survey, categories: ReadonlySet<string>): Finding[] {
  const known = new Map<Kind, Set<string>>([['category', new Set(categories)]]);
  for (const { kind, id } of seen.declared) {
    const ids = known.get(kind) ?? new Set();
    known.set(kind, ids.add(id));
    // A township's own `market.stall` also makes the main category `market` usable.
    if (kind === 'category') ids.add(id.split('.', 1)[0] ?? id);
  }
  const lost = seen.referred.filter(({ kind, id }) => !known.get(kind)?.has(id));
  return lost.map(({ kind, id, path }, i) => {
    const candidates = i < GUESSES ? [...(known.get(kind) ?? [])] : [];
    return { path, message: missing(kind, id, candidates) };
  });
}

function missing(kind: Kind, id: string, candidates: readonly string[]): string {
  const [name, where] = KINDS[kind];
  const near = nearest(id, candidates);
  const hint = near === null ? `请在 ${where} 里加上` : `是不是 "${near}"？没有就请在 ${where} 里加上`;
  return `找不到${name} "${id}"，${hint}`;
}

function sharedAccounts(accounts: readonly Account[]): Finding[] {
  const first = new Map<string, Account>();
  const found: Finding[] = [];
  for (const account of accounts) {
    const key = JSON.stringify([account.adapter, account.account]);
    const before = first.get(key);
    if (before === undefined) first.set(key, account);
    else {
      const who = `${before.person} 和 ${account.person}`;
      found.push({ path: account.path, message: `账号 "${account.account}" 给了两个人：${who}` });
    }
  }
  return found;
}

function sharedChats(file: unknown): Finding[] {
  const first = new Map<string, Path>();
  const found: Finding[] = [];
  for (const [chat, path] of each(fields(file).chats, ['chats'])) {
    const key = JSON.stringify([chat.adapter, chat.external]);
    const before = first.get(key);
    if (before === undefined) first.set(key, path);
    else found.push({ path: [...path, 'external'], message: `这个群已经写在 ${fieldOf(before)}` });
  }
  return found;
}

function villageOffices(file: unknown): Finding[] {
  const found: Finding[] = [];
  for (const [office, path] of each(fields(file).offices, ['offices'])) {
    const village = words(office.village);
    if (office.tier === 'village' && village === null) {
      found.push({ path: [...path, 'village'], message: '村级单位要写明是哪个村（village: 村的编号）' });
    }
    if (office.tier !== 'village' && village !== null) {
      found.push({ path: [...path, 'village'], message: '只有 tier: village 的单位才写 village' });
    }
    if (!Array.isArray(office.categories)) {
      found.push({
        path: [...path, 'categories'],
        message: '缺少这一项：这个单位管哪些类别；不直接派件的写 []',
      });
    }
  }
  return found;
}

function dutySpans(file: unknown): Finding[] {
  const found: Finding[] = [];
  for (const [span, path] of each(fields(file).duty, ['duty'])) {
    const [from, to] = [words(span.from), words(span.to)];
    if (from === null || to === null) continue;
    const daily = [from, to].map((moment) => /^\d{2}:\d{2}$/.test(moment));
    if (daily[0] !== daily[1]) {
      found.push({ path: [...path, 'to'], message: '开始和结束要么都写日期，要么都只写每天的时间' });
    } else if (!daily[0] && from > to) {
      found.push({ path: [...path, 'to'], message: '结束在开始之前' });
    }
  }
  return found;
}

interface Leave {
  readonly person: string;
  readonly deputy: string;
  readonly from: string;
  readonly to: string;
  readonly path: Path;
}

/** Nobody stands in for himself, and no chain of deputies on the same day comes back to where it began. */
function deputies(file: unknown): Finding[] {
  const leaves = each(fields(file).absences, ['absences']).flatMap(([given, path]): Leave[] => {
    const [person, deputy] = [words(given.person), words(given.deputy)];
    const [from, to] = [words(given.from), words(given.to)];
    if (person === null || deputy === null || from === null || to === null) return [];
    return [{ person, deputy, from, to, path: [...path, 'deputy'] }];
  });
  return leaves.flatMap((leave) => {
    const round = chain(leave, leaves);
    if (round === null) return [];
    const message = round.length === 2 ? '代班人不能是本人' : `代班绕成了一圈：${round.join(' → ')}`;
    return [{ path: leave.path, message }];
  });
}

/** The people from `start` back to its own person, or null where the chain ends. */
function chain(start: Leave, leaves: readonly Leave[]): string[] | null {
  const people = [start.person];
  let [at, from, to] = [start.deputy, start.from, start.to];
  while (!people.includes(at)) {
    people.push(at);
    const next = leaves.find((l) => l.person === at && l.from <= to && l.to >= from);
    if (next === undefined) return null;
    if (next.from > from) from = next.from;
    if (next.to < to) to = next.to;
    at = next.deputy;
  }
  return at === start.person ? [...people, at] : null;
}

/** Whatever the rules can't place goes to a dispatcher; without one a report could stay silent. */
function noDispatcher(file: unknown): Finding[] {
  const { roles } = fields(file);
  const dispatchers = fields(roles).dispatchers;
  if (roles === undefined || (Array.isArray(dispatchers) && dispatchers.length > 0)) return [];
  return [{ path: ['roles', 'dispatchers'], message: '至少要有一个值班员' }];
}

/** A category that is not shipped is a new one, or a shipped one with a typo. */
function namelessCategories(file: unknown, shipped: ReadonlySet<string>): Finding[] {
  return each(fields(file).categories, ['categories']).flatMap(([category, path]) => {
    const id = words(category.id);
    if (id === null || shipped.has(id) || words(category.zh) !== null) return [];
    const near = nearest(id, [...shipped]);
    const hint = near === null ? '' : `，是不是 "${near}"？`;
    return [{ path: [...path, 'id'], message: `随附的分类里没有 "${id}"${hint}新加的类别要写 zh（名称）` }];
  });
}
