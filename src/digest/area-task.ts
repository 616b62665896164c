/** Sends an area's digest to one person: township by township, in the order of the area's file. */
import { maySeeArea, townshipsOf, viewerOf } from '../domain/areas.ts';
import type { Policy } from '../domain/policy.ts';
import type { TaskContext, TaskHandler } from '../schedule/tasks.ts';
import { type AreaFigures, type AreaRow, areaOf } from './area.ts';
import { MIME, wordsOf } from './build.ts';
import type { DigestStore } from './gather.ts';
import { fileKept } from './keep.ts';
import { makeDigest } from './make.ts';
import { paperFor } from './papers.ts';
import { type Period, parsePeriod } from './period.ts';
import { draftOf, draftsTo, placeOf, unasked } from './telling.ts';
import { drawBeside } from './thread.ts';

/** A township of an area with the database that it is read from. */
export interface AreaTownship {
  readonly policy: Policy;
  readonly store: DigestStore;
  /** Ends the reading; what this process writes itself stays open. */
  close(): void;
}

/** Where the townships of areas are read. */
export interface AreaSource {
  /** Null where the township's file or database is not there. */
  open(township: string): Promise<AreaTownship | null>;
}

export const sendArea: TaskHandler = async (task, context) => {
  const { area: id, period: name, to, account } = task.payload;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof to !== 'string')
    throw new Error('the digest of an area needs its area, a period and a person');
  const { policy, areas: source = null } = context;
  const { areas = [], roster, calendar } = policy;
  const area = areas.find((one) => one.id === id);
  // Taken out of the file since it was planned, or no longer this person's to see.
  if (area === undefined || !maySeeArea(viewerOf(roster.township.id, to), id, areas)) return;
  const period = parsePeriod(name, calendar.timezone);
  if (period === null || source === null) throw new Error(`${name} of ${id} can't be read`);
  const { rows, missing } = await rowsOf(townshipsOf(id, areas), period, source, context);
  const figures = areaOf(area.name, period.name, rows);
  const lines = (await wordsOf(roster.township.locale)).area(figures, period, missing);
  const media = [await paper(figures, context)];
  const asked = typeof account === 'string';
  const place = placeOf(to, asked ? account : null, context);
  const say = { template: 'digest', params: { period: name, lines } } as const;
  await context.commit({}, () => ({
    outbox:
      place === null
        ? unreached(to, context)
        : [draftOf(place, 'digest', say, media, asked ? context.now : unasked(context))],
  }));
};

interface Rows {
  readonly rows: readonly AreaRow[];
  /** Townships that could not be read. */
  readonly missing: readonly string[];
}

async function rowsOf(
  townships: readonly string[],
  period: Period,
  source: AreaSource,
  context: TaskContext,
): Promise<Rows> {
  const rows: AreaRow[] = [];
  const missing: string[] = [];
  for (const township of townships) {
    const one = await source.open(township);
    if (one === null) missing.push(township);
    else rows.push(await rowOf(one, period, context).finally(() => one.close()));
  }
  return { rows, missing };
}

async function rowOf(
  { policy, store }: AreaTownship,
  { name }: Period,
  { now }: TaskContext,
): Promise<AreaRow> {
  const { id: township, timezone } = policy.roster.township;
  // A month begins where the township's own day does.
  const period = parsePeriod(name, timezone);
  if (period === null) throw new Error(`${name} is no period`);
  const made = await makeDigest({ store, scope: { township }, policy, period, asOf: now, drawn: false });
  return made.row;
}

async function paper(figures: AreaFigures, { policy, now, keepFile }: TaskContext) {
  const name = `${figures.name}${figures.period}民情汇总.xlsx`;
  const path = await fileKept(keepFile, `area/${figures.period}/${name}`, () =>
    drawBeside(paperFor({ kind: 'area', figures }, policy, now)),
  );
  return { name, mime: MIME.xlsx, path };
}

/** The figures of other townships are not the desk's to read: the admins hear that an account is missing. */
function unreached(person: string, context: TaskContext) {
  const { directory, roster } = context.policy;
  const params = {
    person,
    name: directory.person(person)?.name ?? '',
    kind: 'digest',
    brief: null,
    text: '',
  } as const;
  return draftsTo(roster.roles.admins, 'notice', { template: 'bot_cannot_reach', params }, context);
}
