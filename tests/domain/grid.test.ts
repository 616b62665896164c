/** Every state × every command × every kind of actor. The tables are written from domain.md, not from the code. */
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/domain/apply.ts';
import type { Case, CaseState } from '../../src/domain/case.ts';
import { decide, type SingleCommand } from '../../src/domain/decide/index.ts';
import type { Decision } from '../../src/domain/decide/work.ts';
import type { CaseEvent } from '../../src/domain/events.ts';
import type { RefusalCode } from '../../src/domain/messages.ts';
import {
  type ActorName,
  aCommand,
  anActor,
  BEHALF,
  ctxOf,
  folded,
  SITUATIONS,
  type Situation,
} from './cases.ts';

/** `→ state` is legal, `! code` is refused with this code. One line a command, one column a situation. */
const GRID = `
                   reported       assigned        in_progress     extension       deferral        deferred        resolved        screening       closed          cancelled
accept             !wrong_state   →in_progress    →in_progress    →in_progress    →in_progress    !wrong_state    !already_done   !already_done   !already_done   !already_done
progress           !wrong_state   →in_progress    →in_progress    →in_progress    →in_progress    →deferred       !already_done   !already_done   !already_done   !already_done
ask_reporter       !wrong_state   →in_progress    →in_progress    →in_progress    →in_progress    !wrong_state    !already_done   !already_done   !already_done   !already_done
return             !wrong_state   →reported       →reported       →reported       →reported       !wrong_state    !already_done   !already_done   !already_done   !already_done
transfer           →assigned      →assigned       →assigned       →assigned       →assigned       →assigned       !already_done   !already_done   !already_done   !already_done
request_extension  !wrong_state   →in_progress    →in_progress    →in_progress    →in_progress    !wrong_state    !already_done   !already_done   !already_done   !already_done
decide_extension   !nothing_waits !nothing_waits  !nothing_waits  →in_progress    !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits
defer              !wrong_state   →in_progress    →in_progress    →in_progress    →in_progress    !wrong_state    !already_done   !already_done   !already_done   !already_done
decide_deferral    !nothing_waits !nothing_waits  !nothing_waits  !nothing_waits  →deferred       !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits
refuse_deferral    !nothing_waits !nothing_waits  !nothing_waits  !nothing_waits  →in_progress    !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits
resolve            !needs_office      →resolved       →resolved       →resolved       →resolved       →resolved       !already_done   !already_done   !already_done   !already_done
explain            !needs_office      →resolved       →resolved       →resolved       →resolved       →resolved       !already_done   !already_done   !already_done   !already_done
assign             →assigned      →assigned       →assigned       →assigned       →assigned       →assigned       !already_done   !already_done   !already_done   !already_done
reclassify         →assigned      →assigned       →in_progress    →in_progress    →in_progress    →deferred       →resolved       →resolved       !already_done   !already_done
co_handle          →reported      →assigned       →in_progress    →in_progress    →in_progress    →deferred       →resolved       →resolved       !already_done   !already_done
escalate           →assigned      →assigned       →assigned       →assigned       →assigned       →assigned       !already_done   !already_done   !already_done   !already_done
supplement         →reported      →assigned       →in_progress    →in_progress    →in_progress    →deferred       →resolved       →resolved       →closed         !already_done
correct            →assigned      →assigned       →in_progress    →in_progress    →in_progress    →deferred       →resolved       →resolved       !already_done   !already_done
withdraw           →cancelled     →cancelled      →cancelled      →cancelled      →cancelled      →cancelled      !already_done   !already_done   !already_done   !already_done
retract_media      →reported      →assigned       →in_progress    →in_progress    →in_progress    →deferred       →resolved       →resolved       →closed         !already_done
urge               →reported      →assigned       →in_progress    →in_progress    →in_progress    →deferred       →resolved       →resolved       !already_done   !already_done
rate               !too_early     !too_early      !too_early      !too_early      !too_early      !too_early      →closed         →closed         !already_done   !already_done
reopen             !too_early     !too_early      !too_early      !too_early      !too_early      !too_early      →in_progress    →resolved       →in_progress    !already_done
supervise          →reported      →assigned       →in_progress    →in_progress    →in_progress    →deferred       →resolved       →resolved       !already_done   !already_done
clear              →reported      →assigned       →in_progress    →in_progress    →in_progress    →deferred       →resolved       →resolved       →closed         !already_done
decide             →reported      →assigned       →in_progress    →in_progress    →in_progress    →in_progress    →resolved       →resolved       →closed         !already_done
follow_up          !wrong_state   !wrong_state    !wrong_state    !wrong_state    !wrong_state    !wrong_state    →closed         →closed         →closed         !already_done
screen             !nothing_waits !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits  !nothing_waits  →in_progress    !nothing_waits  !nothing_waits
`;

/** Who may, where the state allows it. `for others`: 代接 代办结 代评, said with whom and how. */
const MAY: Record<Line, readonly ActorName[]> = {
  accept: ['assignee', 'dispatcher for others', 'cadre for others'],
  progress: ['assignee', 'dispatcher for others', 'cadre for others'],
  ask_reporter: ['assignee', 'dispatcher for others', 'cadre for others'],
  return: ['assignee', 'dispatcher for others', 'cadre for others'],
  transfer: ['assignee', 'leader', 'dispatcher', 'dispatcher for others', 'cadre for others'],
  request_extension: ['assignee', 'dispatcher for others', 'cadre for others'],
  decide_extension: ['leader'],
  defer: ['assignee', 'dispatcher for others', 'cadre for others'],
  decide_deferral: ['secretary'],
  refuse_deferral: ['secretary'],
  resolve: ['assignee', 'dispatcher for others', 'cadre for others'],
  explain: ['assignee', 'dispatcher for others', 'cadre for others'],
  assign: ['dispatcher', 'secretary', 'dispatcher for others'],
  reclassify: ['dispatcher', 'secretary', 'dispatcher for others'],
  co_handle: ['dispatcher', 'secretary', 'dispatcher for others'],
  escalate: ['zone head', 'cadre', 'dispatcher', 'secretary', 'dispatcher for others', 'cadre for others'],
  supplement: ['reporter', 'dispatcher', 'dispatcher for others', 'cadre for others'],
  correct: ['reporter', 'dispatcher', 'dispatcher for others', 'cadre for others'],
  withdraw: ['reporter', 'dispatcher', 'dispatcher for others', 'cadre for others'],
  retract_media: ['reporter', 'dispatcher', 'dispatcher for others', 'cadre for others'],
  urge: [
    'reporter',
    'other head',
    'zone head',
    'cadre',
    'dispatcher',
    'dispatcher for others',
    'cadre for others',
  ],
  rate: ['reporter', 'dispatcher for others', 'cadre for others'],
  reopen: ['reporter', 'dispatcher for others', 'cadre for others'],
  supervise: ['secretary'],
  clear: ['secretary'],
  decide: ['secretary'],
  follow_up: ['dispatcher', 'cadre', 'dispatcher for others', 'cadre for others'],
  screen: ['dispatcher', 'secretary', 'dispatcher for others'],
};

/** Someone who may not see a case gets the same answer as if it did not exist. */
const NEVER_SEES: readonly ActorName[] = ['other officer', 'stranger', 'head elsewhere'];
/** While nobody has it, it is no office's. */
const SEES_WHEN_ASSIGNED: readonly ActorName[] = ['assignee', 'leader'];

/** A line of the grid: a command, or a second way of giving it. */
type Line = SingleCommand | 'refuse_deferral';
type Cell = { readonly legal: CaseState } | { readonly code: RefusalCode };

function readGrid(): ReadonlyMap<Line, ReadonlyMap<Situation, Cell>> {
  const [head = '', ...lines] = GRID.trim().split('\n');
  const situations = head.trim().split(/\s+/) as Situation[];
  return new Map(
    lines.map((line) => {
      const [name = '', ...cells] = line.trim().split(/\s+/);
      const row = situations.map((situation, i): [Situation, Cell] => [situation, cellOf(cells[i] ?? '')]);
      return [name as Line, new Map(row)];
    }),
  );
}

const cellOf = (text: string): Cell =>
  text.startsWith('→') ? { legal: text.slice(1) as CaseState } : { code: text.slice(1) as RefusalCode };

const ACTORS: readonly ActorName[] = [
  'reporter',
  'other head',
  'head elsewhere',
  'zone head',
  'cadre',
  'assignee',
  'other officer',
  'leader',
  'dispatcher',
  'secretary',
  'recorder',
  'stranger',
  'dispatcher for others',
  'cadre for others',
];

const grid = readGrid();

function run(
  line: Line,
  situation: Situation,
  name: ActorName,
): { decision: Decision; events: readonly CaseEvent[]; before: Case } {
  const events = SITUATIONS[situation];
  const before = folded(events);
  const command = line === 'refuse_deferral' ? aCommand('decide_deferral', { agree: false }) : aCommand(line);
  const behalf = name.endsWith('for others') ? BEHALF : null;
  return { decision: decide(before, command, ctxOf(anActor(name), { behalf })), events, before };
}

function expected(line: Line, situation: Situation, name: ActorName): Cell | readonly RefusalCode[] {
  const cell = grid.get(line)?.get(situation);
  if (cell === undefined) throw new Error(`the grid has no ${line} × ${situation}`);
  if (NEVER_SEES.includes(name)) return ['no_such_case'];
  if (situation === 'reported' && SEES_WHEN_ASSIGNED.includes(name)) return ['no_such_case'];
  if (MAY[line].includes(name)) return cell;
  // Where it can't be done by anybody either reason is true.
  return 'code' in cell ? ['not_for_you', cell.code] : ['not_for_you'];
}

function check(line: Line, situation: Situation, name: ActorName): void {
  const want = expected(line, situation, name);
  const { decision, events, before } = run(line, situation, name);
  const what = `${line} × ${situation} by ${name}`;
  if (Array.isArray(want) || 'code' in want) {
    const codes = Array.isArray(want) ? want : [(want as { code: RefusalCode }).code];
    expect(decision.ok ? `${what}: done` : decision.refusal.code, what).toBeOneOf(codes);
    return;
  }
  const { legal } = want as { legal: CaseState };
  if (!decision.ok) throw new Error(`${what} is refused: ${decision.refusal.code}`);
  const [after = before] = decision.cases;
  expect(after.state, what).toBe(legal);
  // 接单 said twice is answered and changes nothing.
  const repeated = line === 'accept' && before.state === 'in_progress';
  expect(decision.events.length > 0, `${what} leaves an event`).toBe(!repeated);
  expect(fold([...events, ...decision.events]), `${what}: the fold`).toEqual(after);
}

describe('the grid of states and commands', () => {
  it('names every command of a single case', () => {
    expect(new Set(grid.keys())).toEqual(new Set(Object.keys(MAY)));
    expect(grid.size).toBe(28);
    expect(Object.keys(SITUATIONS)).toHaveLength(10);
  });

  it('has situations for every state', () => {
    const states = Object.values(SITUATIONS).map((events) => folded(events).state);
    expect(new Set(states).size).toBe(7);
  });

  for (const line of grid.keys()) {
    describe(line, () => {
      for (const situation of Object.keys(SITUATIONS) as Situation[]) {
        it(`${situation}: ${ACTORS.length} kinds of people`, () => {
          for (const name of ACTORS) check(line, situation, name);
        });
      }
    });
  }
});
