/**
 * 来源 12345 编号 GD20261102001: where a matter reported for others came in, and its number there. Taken out before
 * anything is masked: a ticket's number may look like a bank card's, and a hotline's own is no matter.
 */
import type { Source } from '../domain/case.ts';
import type { Role } from '../domain/roster.ts';
import { findPersonal } from '../kernel/masking.ts';
import { foldWidth } from './normalise.ts';

export interface Origin {
  readonly source: Source;
  /** As written there; null where none is given, or where it is somebody's telephone, card or plate. */
  readonly number: string | null;
}

export interface OriginFound extends Origin {
  /** The text without the words that said so. */
  readonly rest: string;
  /** Those words, to be kept with the report: the officer answers under that number. */
  readonly said: string;
}

const ON_BEHALF = /^(?:@[^\s,:，：]{1,20}[\s,:，：]*)*代(?:为)?(?:上报|报事|报)/u;
const NAMES: readonly (readonly [RegExp, Source])[] = [
  [/12345|热线/u, '12345'],
  [/上级|[省市县区]|信访/u, 'superior'],
  [/会/u, 'meeting'],
  [/走访|入户/u, 'walk'],
  [/来访|上门|窗口/u, 'visit'],
  [/电话/u, 'phone'],
];
const NAME =
  '12345|(?:政务|市民|市长|县长|书记|便民)?(?:服务)?热线|上级|[省市县区]里?(?:信访局|政府)?|信访局?|屋场会|民情分析会|会上|会议|走访|入户|来访|上门|窗口|电话';
const NUMBER =
  '[\\p{Script=Han}]{0,8}[〔\\[(（]\\d{4}[〕\\])）]\\d{1,5}号|[A-Za-z]{0,8}-?\\d[0-9A-Za-z-]{2,30}';
const MARK = '[ \\u3000:：,，、;；。]*';
const TURNED = '(?:热线|平台|转办|转来|交办|派单|工单|来件)*';
const NUMBERED = `(?:工单|转办单|来件)?(?:编号|单号|件号|文号|号)${MARK}(${NUMBER})`;
/** The source is named as such, or stands with its number: 打12345没人接 is neither. */
const SAID = new RegExp(
  `来源${MARK}(${NAME})${TURNED}(?:${MARK}${NUMBERED})?(?![0-9A-Za-z])${MARK}|(12345)${TURNED}${MARK}${NUMBERED}(?![0-9A-Za-z])${MARK}`,
  'u',
);
/** Who sits at a desk at which such papers arrive. */
const AT_DESK: ReadonlySet<Role> = new Set<Role>(['dispatcher', 'cadre', 'recorder', 'secretary', 'admin']);

/** Null where the text is no report for others, or says nothing of where it came in. `text` is clean. */
export function originIn(text: string, roles: readonly Role[]): OriginFound | null {
  if (!ON_BEHALF.test(text) || !roles.some((role) => AT_DESK.has(role))) return null;
  const found = SAID.exec(text);
  if (found === null) return null;
  const [all, named, ticket, alone, hotline] = found;
  const name = foldWidth(named ?? alone ?? '');
  const number = ticket ?? hotline ?? null;
  const source = NAMES.find(([shape]) => shape.test(name))?.[1] ?? 'superior';
  // What must not be stored stays in the text, where it is masked.
  if (number !== null && isPersonal(number)) return null;
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + all.length)}`;
  return { source, number, rest, said: all.replace(new RegExp(`${MARK}$`, 'u'), '') };
}

/** A row of digits may be a card's by chance; what says that it is a ticket's is. A telephone or an identity card is none. */
const isPersonal = (number: string): boolean => findPersonal(number).some(({ kind }) => kind !== 'bank_card');
