/** Who can be played in the demonstration, where they sit, and what they hold. */
import type { Directory, Post } from '../domain/directory.ts';
import type { Policy } from '../domain/policy.ts';
import type { Roster } from '../domain/roster.ts';
import type { Inbound } from '../port.ts';

export interface DemoPerson {
  readonly account: string;
  readonly name: string;
  readonly title: string;
  /** External ids of the groups they sit in. */
  readonly groups: readonly string[];
}

export interface DemoGroup {
  readonly external: string;
  readonly title: string;
  readonly kind: 'heads' | 'residents' | 'officers';
  readonly village: string | null;
}

const GROUP_TITLES = { heads: '三长群', residents: '居民群', officers: '干部群' } as const;

export function demoGroups({ roster, directory }: Policy, adapter: string): readonly DemoGroup[] {
  return roster.chats
    .filter((chat) => chat.adapter === adapter)
    .map(({ external, kind, village: id }) => {
      const village = id === null ? null : (directory.village(id)?.name ?? null);
      return { external, kind, village, title: `${village ?? roster.township.name}${GROUP_TITLES[kind]}` };
    });
}

export function demoPeople(policy: Policy, adapter: string): readonly DemoPerson[] {
  const { roster, directory } = policy;
  return roster.people.flatMap(({ id, name, accounts }) => {
    const account = accounts[adapter];
    const posts = directory.postsOf(id);
    if (account === undefined || posts.length === 0) return [];
    const title = posts
      .slice(0, 2)
      .map((post) => titleOf(post, policy))
      .join('、');
    return [{ account, name, title, groups: groupsOf(posts, roster, adapter) }];
  });
}

/** Heads and cadres sit in their village's groups, those of the offices in the officers' group. */
function groupsOf(posts: readonly Post[], roster: Roster, adapter: string): readonly string[] {
  const villages = new Set(posts.flatMap(({ village }) => (village === undefined ? [] : [village])));
  const official = posts.some(({ kind }) => OFFICIAL.has(kind));
  return roster.chats
    .filter((chat) => chat.adapter === adapter)
    .filter(({ kind, village }) =>
      kind === 'officers' ? official : village !== null && villages.has(village),
    )
    .map(({ external }) => external);
}

const OFFICIAL = new Set<Post['kind']>(['officer', 'leader', 'secretary', 'recorder', 'dispatcher', 'admin']);

const POST_TITLES: Readonly<Record<Post['kind'], string>> = {
  neighbor_head: '邻长',
  group_head: '组长',
  zone_head: '片长',
  village_secretary: '村支书',
  cadre: '驻村干部',
  officer: '承办人',
  leader: '分管领导',
  secretary: '书记',
  recorder: '记录员',
  dispatcher: '值班员',
  admin: '管理员',
};

/** 龙塘湾村 3组 7邻 邻长, 村建办 承办人. */
function titleOf(post: Post, { roster, directory }: Policy): string {
  const office = post.office === undefined ? null : directory.office(post.office);
  const near = post.neighborhood === undefined ? null : directory.neighborhood(post.neighborhood);
  const group = post.group === undefined ? null : directory.group(post.group);
  const zone = post.zone === undefined || group !== null ? null : directory.zone(post.zone);
  const village = post.village === undefined ? null : directory.village(post.village);
  const where =
    office !== null
      ? [office.name]
      : [village?.name ?? roster.township.name, zone?.zone.name, group?.group.name, near?.neighborhood.name];
  return [...where, POST_TITLES[post.kind]].filter((part) => part !== undefined).join(' ');
}

/** A message of the seeds, which are bridge lines, as if it had been written on the page; null for strangers. */
export function demoInbound(
  inbound: Inbound,
  roster: Roster,
  directory: Directory,
  adapter: string,
): Inbound | null {
  const person = directory.personByAccount(inbound.account, inbound.sender.id);
  const account = person?.accounts[adapter];
  if (person === null || account === undefined) return null;
  const sender = { ...inbound.sender, id: account, name: person.name };
  if (inbound.chat.kind === 'direct') {
    return { ...inbound, account: adapter, sender, chat: { id: account, kind: 'direct' } };
  }
  const there = directory.chat(inbound.account, inbound.chat.id);
  const here = roster.chats.find(
    (chat) => chat.adapter === adapter && chat.kind === there?.kind && chat.village === there.village,
  );
  return here ? { ...inbound, account: adapter, sender, chat: { id: here.external, kind: 'group' } } : null;
}
