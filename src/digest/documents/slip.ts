/** 交办单: one A4 page with what the register has of a case, and room for signatures. */

import type { Roster } from '../../domain/roster.ts';
import { localDate } from '../../kernel/zone.ts';
import type { WordsContext } from '../../replies/context.ts';
import { clip } from '../../replies/lines.ts';
import { hour } from '../../replies/zh/dates.ts';
import { money } from '../../replies/zh/phrases.ts';
import { type CaseRecord, hiddenOf } from '../facts.ts';
import { areaIn } from '../history.ts';
import { collectPlaces } from '../place-names.ts';
import { reporterNames } from '../register.ts';
import { sources } from '../words/zh-labels.ts';
import { wordDocument } from './docx.ts';
import { A4, centered, paragraph, table, title } from './parts.ts';

export interface PaperInput {
  readonly record: CaseRecord;
  readonly roster: Roster;
  readonly ctx: WordsContext;
}

const URGENCIES = { U1: '紧急', U2: '当天', U3: '较急', U4: '一般', U5: '不急' } as const;

export function assignmentSlip(input: PaperInput): Promise<Uint8Array> {
  const { ctx, record } = input;
  const name = `${ctx.township.name}民情交办单`;
  const children = [
    title(name),
    centered(`编号 ${record.value.number}`),
    table(null, factRows(input), { widths: FOUR, rowHeight: 480 }),
    table(null, longRows(input), { widths: TWO, rowHeight: 900 }),
    table(null, SIGNATURES, { widths: TWO, rowHeight: 1150 }),
    paragraph('签收、结果也可以直接在聊天里回，不必两头填。'),
  ];
  return wordDocument(name, [{ properties: A4, children }], { at: ctx.now, timezone: ctx.timezone });
}

const FOUR = [1500, 3319, 1500, 3319] as const;
const TWO = [1500, 8138] as const;

const SIGNATURES = [
  ['交办', '\n签字：　　　　　　　　　　　　　　　日期：　　　年　　月　　日'],
  ['承办单位签收', '\n签字：　　　　　　　　　　　　　　　日期：　　　年　　月　　日'],
  ['办理结果', '\n\n签字：　　　　　　　　　　　　　　　日期：　　　年　　月　　日'],
  ['反映人意见', '满意　□　　　基本满意　□　　　没解决　□\n说法：'],
] as const;

function factRows({ record: { value }, roster, ctx }: PaperInput): readonly (readonly string[])[] {
  // With its year: paper lies longer than a year.
  const [year, month, day] = localDate(value.receivedAt, ctx.timezone).split('-').map(Number);
  const area = areaIn(value.summary);
  const places = collectPlaces(roster, ctx);
  const open = !value.protected;
  const where = open
    ? `${places.village(value)}${places.groups(value)}${places.neighborhood(value)}`
    : '保密';
  return [
    ['反映日期', `${year}年${month}月${day}日`, '来源', sources[value.source]],
    ['转报人', reporterNames(value, ctx), '外部编号', open ? (value.external ?? '') : ''],
    ['村组', where, '类别', ctx.names.category(value.category)],
    [
      '户数、亩数',
      open
        ? [value.households === null ? '' : `${value.households}户`, area === null ? '' : `${area}亩`]
            .filter(Boolean)
            .join('，')
        : '',
      '急缓',
      URGENCIES[value.urgency],
    ],
    [
      '主办',
      value.office === null ? '' : ctx.names.office(value.office),
      '协办',
      value.coOffices.map((id) => ctx.names.office(id)).join('、'),
    ],
    [
      '联系时限',
      value.responseDueAt === null ? '' : hour(value.responseDueAt, ctx),
      '办结时限',
      value.dueAt === null ? '' : hour(value.dueAt, ctx),
    ],
  ];
}

/** So many still leave the signatures on the same page. */
const MOST_WORDS = 300;

function longRows({ record: { value } }: PaperInput): readonly (readonly string[])[] {
  const matter = clip([value.place ?? '', value.summary].filter(Boolean).join('：'), MOST_WORDS);
  const decided = value.decided === null ? '' : clip(value.decided.text, 100);
  const asked = [
    decided === '' ? '' : `会上议定：${decided}`,
    value.cost === null ? '' : `约需${money(value.cost)}`,
    '办不了的，请写明为什么、由谁去说明。反映人的联系方式请在私聊里回“联系方式”加号码。',
  ];
  // A slip lies on desks: of a protected report it says no more than that there is one.
  const words = value.protected ? '反映人要求保密，情况请向值班员了解。' : matter;
  return [
    ['事项', hiddenOf(value) === 'sensitive' ? `${words}（涉及个人，请勿外传）` : words],
    ['要求', asked.filter(Boolean).join('\n')],
  ];
}
