/**
 * Reports linked into events. Each is compared with few: reports of one place are found under the place's name and its
 * groups, and only what reaches beyond a place is looked through. Ten thousand reports of one day take a second. Pure.
 */
import type { Instant } from '../domain/case.ts';
import type { Reach } from '../domain/category.ts';
import type { IncidentSettings } from '../domain/settings.ts';
import { HOUR } from '../kernel/zone.ts';
import type { Seen } from './history.ts';
import { compare } from './places.ts';

/** A report with what it is compared by, worked out once. */
export interface Report extends Seen {
  readonly village: string;
  readonly core: string | null;
  readonly pairs: ReadonlySet<string>;
  /** Indices of the causes that its words name, in order. */
  readonly causes: readonly number[];
}

export interface IncidentRules extends IncidentSettings {
  /** By sub-category; those missing stay within a village. */
  readonly reach: ReadonlyMap<string, Reach>;
}

interface Cluster {
  readonly id: number;
  readonly reports: Report[];
  /** Those that name causes, by the causes. */
  readonly named: Map<string, Report[]>;
  /** Those that may be of one event with a report of another place, in the order of time. */
  readonly reaching: Report[];
  /** Where its reports went when it became part of another. */
  into: Cluster | null;
}

/**
 * Linked one after another in time: whoever reports what one of them reported belongs to it, and so do their
 * links. One that names no cause links no two that name different ones.
 *
 * @param group of one category
 */
export function clusters(group: readonly Report[], rules: IncidentRules): readonly (readonly Report[])[] {
  const linking = new Linking(rules);
  for (const one of group.toSorted((a, b) => a.receivedAt - b.receivedAt || compare(a.number, b.number)))
    linking.take(one);
  return linking.done();
}

/** The clusters that have a report there, each with the time of its latest one. */
type Spot = Map<Cluster, Instant>;

class Linking {
  readonly #rules: IncidentRules;
  readonly #all: Cluster[] = [];
  /** Under the core of a place's name; under a group, all and those that name no place. */
  readonly #spots = new Map<string, Spot>();
  readonly #reaching = new Set<Cluster>();

  constructor(rules: IncidentRules) {
    this.#rules = rules;
  }

  take(one: Report): void {
    const [first, ...more] = this.#homesOf(one);
    const home = first ?? this.#opened();
    // One by one: what joins first may name a cause that the next one's contradicts.
    for (const other of more) if (agree(home, other)) this.#merge(home, other);
    home.reports.push(one);
    this.#note(home, one);
  }

  done(): readonly (readonly Report[])[] {
    return this.#all.filter(({ into }) => into === null).map(({ reports }) => reports);
  }

  /** The earliest first. */
  #homesOf(one: Report): readonly Cluster[] {
    const homes = new Set<Cluster>();
    for (const cluster of this.#there(one)) if (!conflicts(one, cluster)) homes.add(cluster);
    if (reaches(one, this.#rules)) {
      for (const cluster of this.#reaching)
        if (!homes.has(cluster) && !conflicts(one, cluster) && this.#reached(one, cluster))
          homes.add(cluster);
    }
    return [...homes].sort((a, b) => a.id - b.id);
  }

  /** With a report of the same place, not too long ago. */
  #there(one: Report): ReadonlySet<Cluster> {
    const found = new Set<Cluster>();
    for (const key of lookedUnder(one)) {
      const spot = this.#spots.get(key);
      if (spot === undefined) continue;
      for (const [cluster, at] of [...spot]) {
        const root = rootOf(cluster);
        if (root !== cluster) spot.delete(cluster);
        if (one.receivedAt - at > this.#rules.hours * HOUR) spot.delete(cluster);
        else {
          spot.set(root, Math.max(at, spot.get(root) ?? at));
          found.add(root);
        }
      }
    }
    return found;
  }

  /** From the latest back: what lies too long ago is not looked at. */
  #reached(one: Report, cluster: Cluster): boolean {
    const { reaching } = cluster;
    for (let i = reaching.length - 1; i >= 0; i--) {
      const other = reaching[i];
      const tooOld = other === undefined || one.receivedAt - other.receivedAt > this.#rules.wideHours * HOUR;
      if (tooOld) {
        if (i === reaching.length - 1) this.#reaching.delete(cluster);
        return false;
      }
      if (!onePlace(other, one) && oneEvent(other, one, this.#rules)) return true;
    }
    return false;
  }

  #opened(): Cluster {
    const id = this.#all.length;
    const cluster: Cluster = { id, reports: [], named: new Map(), reaching: [], into: null };
    this.#all.push(cluster);
    return cluster;
  }

  #merge(home: Cluster, other: Cluster): void {
    other.into = home;
    this.#reaching.delete(other);
    home.reports.push(...other.reports);
    for (const [causes, reports] of other.named)
      home.named.set(causes, [...(home.named.get(causes) ?? []), ...reports]);
    home.reaching.push(...other.reaching);
    home.reaching.sort((a, b) => a.receivedAt - b.receivedAt);
  }

  #note(home: Cluster, one: Report): void {
    for (const key of keptUnder(one)) {
      const spot = this.#spots.get(key) ?? new Map<Cluster, Instant>();
      this.#spots.set(key, spot.set(home, one.receivedAt));
    }
    if (one.causes.length > 0) {
      const key = one.causes.join();
      const same = home.named.get(key);
      if (same === undefined) home.named.set(key, [one]);
      else same.push(one);
    }
    if (reaches(one, this.#rules)) home.reaching.push(one);
    if (home.reaching.length > 0) this.#reaching.add(home);
  }
}

function rootOf(cluster: Cluster): Cluster {
  let root = cluster;
  while (root.into !== null) root = root.into;
  return root;
}

/** One place, as in `onePlace`: the same core, or a shared group where one of the two names no place. */
const keptUnder = ({ village, core, groups }: Report): readonly string[] => [
  ...(core === null ? [] : [`core|${village}|${core}`]),
  ...groups.map((id) => `group|${village}|${id}`),
  ...(core === null ? groups.map((id) => `bare|${village}|${id}`) : []),
];

const lookedUnder = ({ village, core, groups }: Report): readonly string[] =>
  core === null
    ? groups.map((id) => `group|${village}|${id}`)
    : [`core|${village}|${core}`, ...groups.map((id) => `bare|${village}|${id}`)];

function onePlace(a: Report, b: Report): boolean {
  if (a.village !== b.village) return false;
  if (a.core !== null && a.core === b.core) return true;
  return (a.core === null || b.core === null) && a.groups.some((id) => b.groups.includes(id));
}

/** One house without power is that house's matter, whoever else is in the dark. */
function reaches({ category, households }: Report, { reach }: IncidentRules): boolean {
  const kind = reach.get(category)?.kind;
  return kind === 'area' || (kind === 'network' && households !== 1);
}

/** Of two places, both of which reach beyond themselves. */
function oneEvent(a: Report, b: Report, rules: IncidentRules): boolean {
  const apart = Math.abs(b.receivedAt - a.receivedAt);
  if (apart > rules.wideHours * HOUR || differ(a.causes, b.causes)) return false;
  if (rules.reach.get(a.category)?.kind === 'area' || apart <= rules.closeHours * HOUR) return true;
  return (a.core !== null && a.core === b.core) || likeness(a, b) >= rules.likeness;
}

/** Twice what they share ÷ all that they have (Dice). Without words there is nothing to compare. */
function likeness({ pairs: a }: Report, { pairs: b }: Report): number {
  const all = a.size + b.size;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared++;
  return all === 0 ? 0 : (2 * shared) / all;
}

/** Each names a cause, and none is the other's: boars here and hail there. */
const differ = (a: readonly number[], b: readonly number[]): boolean =>
  a.length > 0 && b.length > 0 && !a.some((cause) => b.includes(cause));

/** Somebody elsewhere in it names another cause. */
const conflicts = (one: Report, { named }: Cluster): boolean =>
  one.causes.length > 0 && [...named.values()].some((reports) => apart([one], reports));

const agree = (a: Cluster, b: Cluster): boolean =>
  ![...a.named.values()].some((ours) => [...b.named.values()].some((theirs) => apart(ours, theirs)));

/** Each list names causes of its own: they are two events, but where all of it is at one place. */
const apart = (ours: readonly Report[], theirs: readonly Report[]): boolean =>
  differ(ours[0]?.causes ?? [], theirs[0]?.causes ?? []) &&
  ours.some((one) => theirs.some((other) => !onePlace(one, other)));
