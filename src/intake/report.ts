/** A message that says it is a report, by template or tag, and the joining of its matters. */
import { type Block, joinPieces } from './blocks.ts';
import type { Tagged } from './hashtags.ts';
import type { Judge } from './judge.ts';
import type { Template } from './labels.ts';
import { type Draft, readMatter } from './matter.ts';
import { NOWHERE, type Place, readLabelledPlace, readPlace } from './place.ts';
import type { IntakeContext, Intent, Matter } from './reading.ts';
import type { Outcome } from './result.ts';
import { splitPieces } from './split.ts';
import type { Thresholds } from './thresholds.ts';
import { twins } from './twins.ts';

export interface Scene {
  readonly context: IntakeContext;
  readonly judge: Judge;
  readonly limits: Thresholds;
}

const caseIntent = (cases: readonly Matter[]): Intent =>
  cases.some((one) => one.urgency === 'U1') ? 'emergency' : 'report';

export function told(cases: readonly Matter[], confidence: number, intent: Intent = 'report'): Outcome {
  return { intent: intent === 'self_handle' ? intent : caseIntent(cases), confidence, cases };
}

/** What labels say of where. */
function labelledPlace(template: Template, scene: Scene): Place {
  const roster = scene.context.roster;
  const place = template.fields.get('place');
  const read = place === undefined ? NOWHERE : readLabelledPlace(place, roster);
  const area = template.fields.get('area');
  if (area === undefined) return read;
  const around = readPlace(/^\d{1,2}$/u.test(area) ? `${area}组` : area, roster);
  return {
    village: read.village ?? around.village,
    zone: read.zone ?? around.zone,
    group: read.group ?? around.group,
    groups: read.groups.length > 0 ? read.groups : around.groups,
    neighborhood: read.neighborhood ?? around.neighborhood,
    landmark: read.landmark,
  };
}

/** 【上报】 and labels: each item of the matter label is one matter. */
export function readTemplateReport(template: Template, scene: Scene, intent: Intent): Outcome {
  const { context, judge, limits } = scene;
  const labelled = labelledPlace(template, scene);
  const around = readPlace(template.rest, context.roster);
  const before: Place = {
    ...labelled,
    village: labelled.village ?? around.village,
    zone: labelled.zone ?? around.zone,
    group: labelled.group ?? (labelled.groups.length > 0 ? null : around.group),
    neighborhood: labelled.neighborhood ?? around.neighborhood,
  };
  const matter = template.fields.get('matter') ?? template.rest;
  const hint = template.fields.get('category');
  const time = template.fields.get('time');
  const households = template.fields.get('households');
  const blocks = joinPieces(splitPieces(matter), judge, context, limits);
  const texts = blocks.length === 0 ? [matter] : mergeLoose(blocks, scene).map((block) => block.text);
  const cases = texts.map((text) =>
    readMatter(
      {
        text,
        before,
        explicit: true,
        ...(hint === undefined || texts.length > 1 ? {} : { hint }),
        ...(time === undefined ? {} : { time }),
        ...(households === undefined || texts.length > 1
          ? {}
          : { households: `${households}${/^\d+$/u.test(households) ? '户' : ''}` }),
      },
      context,
      judge,
      limits,
    ),
  );
  return told(cases, 0.97, intent);
}

/** Blocks that state nothing by themselves belong to the one before; items of a list always stand. */
function mergeLoose(blocks: readonly Block[], scene: Scene): Block[] {
  const { context, judge, limits } = scene;
  const merged: { text: string; item: boolean; score: number }[] = [];
  for (const block of blocks) {
    const score = block.item
      ? 1
      : judge.danger(block.text) === null
        ? judge.reportScore(block.text, context.taxonomy)
        : 1;
    const last = merged.at(-1);
    if (last === undefined || (score >= limits.report && last.score >= limits.report))
      merged.push({ ...block, score });
    else {
      last.text += ` ${block.text}`;
      last.score = Math.max(last.score, score);
      last.item ||= block.item;
    }
  }
  return merged;
}

/** #上报 …: whatever follows is a report; the reader only finds out of what. */
export function readTaggedReport(tagged: Tagged, scene: Scene, intent: Intent): Outcome {
  const { context, judge, limits } = scene;
  const blocks = joinPieces(splitPieces(tagged.text), judge, context, limits);
  const head = headline(blocks, scene);
  const drafts = mergeLoose(head.rest, scene);
  const texts = drafts.length === 0 ? [tagged.text] : drafts.map((block) => block.text);
  const cases = readAll(texts, head.place, true, scene);
  return told(cases, 0.97, intent);
}

/** "…都在8组" at the end says where all of them are. */
const ALL_AT = /[,，]?[ ]?(?:都|均|全|全部)(?:是)?在([^,。;]{2,16})[。!]?$/u;

function sharedPlace(
  blocks: readonly Block[],
  scene: Scene,
): { place: Place; rest: readonly Block[] } | null {
  const last = blocks.at(-1);
  const at = last === undefined || blocks.length < 2 ? null : ALL_AT.exec(last.text);
  if (last === undefined || at === null) return null;
  const rest = { ...last, text: last.text.slice(0, at.index) };
  const place = readPlace(at[1] ?? '', scene.context.roster);
  return { place, rest: [...blocks.slice(0, -1), ...(rest.text === '' ? [] : [rest])] };
}

/** "3组王家桥两个事：①…②…": the words before a list give its place. */
export function headline(blocks: readonly Block[], scene: Scene): { place: Place; rest: readonly Block[] } {
  const shared = sharedPlace(blocks, scene);
  if (shared !== null) return shared;
  const first = blocks[0];
  if (first === undefined || first.item || !blocks.slice(1).some((block) => block.item))
    return { place: NOWHERE, rest: blocks };
  if (scene.judge.reportScore(first.text, scene.context.taxonomy) >= scene.limits.report)
    return { place: NOWHERE, rest: blocks };
  return { place: readPlace(first.text, scene.context.roster), rest: blocks.slice(1) };
}

/** Each text a matter; a group once named holds for the next, a landmark only from a headline or label. */
function readAll(texts: readonly string[], head: Place, explicit: boolean, scene: Scene): Matter[] {
  const cases: Matter[] = [];
  let before = head;
  for (const text of texts) {
    const draft: Draft = { text, before, explicit };
    const matter = readMatter(draft, scene.context, scene.judge, scene.limits);
    cases.push(...twins(matter, text, scene));
    before = {
      village: matter.village,
      zone: matter.zone,
      group: matter.group,
      groups: matter.groups,
      neighborhood: matter.neighborhood,
      landmark: head.landmark,
    };
  }
  return joinAlike(cases);
}

/** The same trouble in several groups is one matter. */
export function joinAlike(cases: readonly Matter[]): Matter[] {
  const joined: Matter[] = [];
  for (const matter of cases) {
    const at = joined.findIndex((one) => one.category === matter.category && alike(one, matter));
    const same = joined[at];
    if (same === undefined) joined.push(matter);
    else joined[at] = join(same, matter);
  }
  return joined;
}

const groupsOf = (matter: Matter): readonly string[] =>
  matter.group === null ? matter.groups : [matter.group];

function alike(a: Matter, b: Matter): boolean {
  if (a.place !== null || b.place !== null || a.village !== b.village || a.category === 'gov.other')
    return false;
  return (
    groupsOf(a).length > 0 &&
    groupsOf(b).length > 0 &&
    a.neighborhood === b.neighborhood &&
    groupsOf(b).some((one) => !groupsOf(a).includes(one))
  );
}

function join(a: Matter, b: Matter): Matter {
  const groups = [...new Set([...groupsOf(a), ...groupsOf(b)])];
  const households =
    a.households === null && b.households === null ? null : (a.households ?? 0) + (b.households ?? 0);
  return { ...a, group: null, groups, households, summary: `${a.summary};${b.summary}`.slice(0, 60) };
}
