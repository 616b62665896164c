/** Where a matter is: from the text, else from the group it was written in, else from the sender's post. Pure. */
import type { Matter } from '../intake/reading.ts';
import type { Turn } from './turn.ts';

export interface Area {
  readonly village: string | null;
  readonly groups: readonly string[];
  readonly neighborhood: string | null;
  /** The text did not say; the post filled it in. */
  readonly fromPost: boolean;
}

export type AreaWords = Pick<Matter, 'village' | 'zone' | 'group' | 'groups' | 'neighborhood' | 'place'> & {
  /** The own neighborhood would tell who a protected reporter is: only the text's own words count. */
  readonly protected?: boolean;
};

export function areaOf(turn: Turn, words: AreaWords): Area {
  const { directory } = turn.policy;
  const zone = words.zone === null ? null : directory.zoneByName(null, words.zone);
  const named = words.village === null ? null : directory.villageByName(words.village);
  const said = words.groups.length > 0 ? words.groups : words.group === null ? [] : [words.group];
  const sure = named?.id ?? zone?.village.id ?? turn.group?.village ?? postVillage(turn);
  // A dispatcher has no village: a group that only one village has tells which.
  const village = sure ?? onlyVillage(turn, said);
  const groups = said.flatMap((group) => directory.groupByName(village, group)?.group.id ?? []);
  if (groups.length > 0)
    return { village, groups, neighborhood: near(turn, groups, words.neighborhood), fromPost: false };
  if (words.neighborhood !== null)
    return { village, ...byNeighborhood(turn, village, words), fromPost: false };
  // A landmark elsewhere in the village is not in the sender's own neighborhood: only the village is sure.
  const post = words.protected === true ? null : ownPost(turn, village);
  if (words.place !== null || said.length > 0)
    return { village, groups: groupOf(post, words), neighborhood: null, fromPost: true };
  return {
    village,
    groups: groupOf(post, words),
    neighborhood: post?.neighborhood ?? null,
    fromPost: post !== null,
  };
}

const onlyVillage = (turn: Turn, groups: readonly string[]): string | null =>
  groups.flatMap((group) => turn.policy.directory.groupByName(null, group)?.village.id ?? [])[0] ?? null;

const groupOf = (post: OwnPost | null, words: AreaWords): readonly string[] =>
  post === null || words.group !== null || words.groups.length > 0 ? [] : [post.group];

interface OwnPost {
  readonly group: string;
  readonly neighborhood: string | null;
}

function ownPost(turn: Turn, village: string | null): OwnPost | null {
  const posts = turn.person === null ? [] : turn.policy.directory.postsOf(turn.person.id);
  for (const post of posts) {
    if (post.group !== undefined && post.village === village)
      return { group: post.group, neighborhood: post.neighborhood ?? null };
  }
  return null;
}

const postVillage = (turn: Turn): string | null =>
  turn.person === null ? null : turn.policy.directory.villageOf(turn.person.id);

/** `8邻`: in the sender's own group first, else the only one of that name in the village. */
function byNeighborhood(
  turn: Turn,
  village: string | null,
  { neighborhood: words, protected: hidden }: AreaWords,
): Pick<Area, 'groups' | 'neighborhood'> {
  const { directory } = turn.policy;
  if (words === null) return { groups: [], neighborhood: null };
  const own = hidden === true ? null : ownPost(turn, village);
  const here = own === null ? null : directory.neighborhoodByName(own.group, words);
  if (own !== null && here !== null) return { groups: [own.group], neighborhood: here.neighborhood.id };
  const all = (village === null ? [] : directory.groupsIn(village)).flatMap(({ group }) => {
    const placed = directory.neighborhoodByName(group.id, words);
    return placed === null ? [] : [placed];
  });
  const [only] = all;
  if (all.length === 1 && only) return { groups: [only.group.id], neighborhood: only.neighborhood.id };
  return { groups: own === null ? [] : [own.group], neighborhood: null };
}

function near(turn: Turn, groups: readonly string[], words: string | null): string | null {
  const [group] = groups;
  if (words === null || group === undefined || groups.length > 1) return null;
  return turn.policy.directory.neighborhoodByName(group, words)?.neighborhood.id ?? null;
}

/** Is a place still to be asked for? A head's own post is an answer; a village alone is none. */
export const placeMissing = (words: AreaWords, area: Area): boolean =>
  words.place === null && area.groups.length === 0 && area.neighborhood === null;
