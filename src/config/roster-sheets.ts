/** The roster as the four sheets that townships keep: 人员 组织 单位 群. Import is in roster-import.ts. */
import type { Office, PersonId, Roster, Tier } from '../domain/roster.ts';
import type { Cell, SheetToWrite } from './spreadsheet.ts';
import { writeWorkbook } from './spreadsheet.ts';

export const SHEETS = { people: '人员', places: '组织', offices: '单位', chats: '群' } as const;

/** A person's account on an adapter has a column of its own: `账号 telegram`. */
export const ACCOUNT_COLUMN = '账号 ';

export const COLUMNS = {
  [SHEETS.people]: ['编号', '姓名', '电话', '职务'],
  [SHEETS.places]: ['层级', '编号', '名称', '上级', '负责人', '驻村干部', '户数'],
  [SHEETS.offices]: ['编号', '名称', '层级', '村', '分管领导', '承办人', '类别'],
  [SHEETS.chats]: ['编号', '平台', '群号', '类型', '村'],
} as const;

export const LEVELS = { village: '村', zone: '片', group: '组', neighborhood: '邻' } as const;
export const TIER_WORDS: Readonly<Record<Tier, string>> = { village: '村', township: '乡镇', county: '县' };
export const CHAT_WORDS = { heads: '三长', residents: '居民', officers: '干部' } as const;
export const ROLE_WORDS = {
  secretaries: '书记',
  recorders: '记录员',
  dispatchers: '值班员',
  admins: '管理员',
} as const;

const SEPARATOR = '、';

export function rosterSheets(roster: Roster): SheetToWrite[] {
  return [peopleSheet(roster), placesSheet(roster), officesSheet(roster), chatsSheet(roster)];
}

/** The bytes of an .xlsx file that `importWorkbook` reads back. */
export function exportWorkbook(roster: Roster): Promise<Uint8Array> {
  return writeWorkbook(rosterSheets(roster));
}

function peopleSheet(roster: Roster): SheetToWrite {
  const adapters = [...new Set(roster.people.flatMap(({ accounts }) => Object.keys(accounts)))];
  const header = [...COLUMNS[SHEETS.people], ...adapters.map((id) => ACCOUNT_COLUMN + id)];
  const rows = roster.people.map(({ id, name, phone, accounts }): Cell[] => [
    id,
    name,
    phone,
    rolesOf(id, roster).join(SEPARATOR),
    ...adapters.map((adapter) => accounts[adapter] ?? null),
  ]);
  return { name: SHEETS.people, rows: [header, ...rows] };
}

/** With the place in the list, since dispatchers are called in that order: 值班员1, 值班员2. */
function rolesOf(person: PersonId, { roles }: Roster): string[] {
  return Object.entries(ROLE_WORDS).flatMap(([role, word]) => {
    const place = roles[role as keyof typeof ROLE_WORDS].indexOf(person);
    return place < 0 ? [] : [`${word}${place + 1}`];
  });
}

function placesSheet({ villages }: Roster): SheetToWrite {
  const rows: Cell[][] = [[...COLUMNS[SHEETS.places]]];
  for (const village of villages) {
    const { id, name, secretary, cadres, zones } = village;
    rows.push([LEVELS.village, id, name, null, secretary, cadres.join(SEPARATOR), null]);
    for (const zone of zones) {
      rows.push([LEVELS.zone, zone.id, zone.name, id, zone.head, null, null]);
      for (const group of zone.groups) {
        rows.push([LEVELS.group, group.id, group.name, zone.id, group.head, null, null]);
        for (const near of group.neighborhoods) {
          rows.push([LEVELS.neighborhood, near.id, near.name, group.id, near.head, null, near.households]);
        }
      }
    }
  }
  return { name: SHEETS.places, rows };
}

function officesSheet({ offices }: Roster): SheetToWrite {
  const row = ({ id, name, tier, village, leader, officers, categories }: Office): Cell[] => [
    id,
    name,
    TIER_WORDS[tier],
    village,
    leader,
    officers.join(SEPARATOR),
    categories.join(SEPARATOR),
  ];
  return { name: SHEETS.offices, rows: [[...COLUMNS[SHEETS.offices]], ...offices.map(row)] };
}

function chatsSheet({ chats }: Roster): SheetToWrite {
  const rows = chats.map(({ id, adapter, external, kind, village }) => [
    id,
    adapter,
    external,
    CHAT_WORDS[kind],
    village,
  ]);
  return { name: SHEETS.chats, rows: [[...COLUMNS[SHEETS.chats]], ...rows] };
}
