/** #上报 and its kin: a tag says what kind of message follows; other tags are words of the matter. */

export type TagKind = 'report' | 'self_handle' | 'chain' | 'consult' | 'topic';

export interface Tagged {
  readonly kinds: ReadonlySet<TagKind>;
  /** The text without marks; topic tags stay as words: #停水 3组 → 停水 3组. */
  readonly text: string;
}

const TAG = /#[ ]?([^\s#,。;:!?]{1,24})#?/gu;
const MARKER: readonly (readonly [TagKind, RegExp])[] = [
  ['self_handle', /^(?:已?自办(?:件|结)?|自行处理|自己解决|已自行解决|自处)/u],
  [
    'report',
    /^(?:上报事项|我要上报|我要报事|上报|报事|报告|报修|民情上报|民情反映|民情|随手拍|反映问题|反映|求助|急事|诉求|报|急+$|紧急)/u,
  ],
  ['chain', /^(?:接龙|打卡|签到|报名)/u],
  ['consult', /^(?:咨询|请问|问一下|政策咨询)/u],
];

/** Said at the beginning, the words mean the same without a mark: 上报 3组…, 我要报事：…. */
const OPENING =
  /^(?:@\S{1,20} )?(?:我要?|我来|现)?(?:上报(?:一个问题|一件事|事项)?|报事|报修|报一?个(?:事|问题|情况)|报一下|反映(?:一下)?(?:(?:一)?个?(?:问题|情况|事情?))?|有(?:个|一个)(?:问题|情况)(?:要)?(?:反映|上报)(?:一下)?)[ :,。]+(?=.{2})/u;

/** Reads the tags of a normalised text; null where there is none. */
export function readTags(text: string): Tagged | null {
  const opening = OPENING.exec(text);
  if (opening !== null) return { kinds: new Set<TagKind>(['report']), text: text.slice(opening[0].length) };
  if (!text.includes('#')) return null;
  const kinds = new Set<TagKind>();
  const words = text.replace(TAG, (whole, tag: string) => {
    if (/^\d{1,6}(?:号|$)/u.test(tag)) return whole;
    const marker = MARKER.find(([, pattern]) => pattern.test(tag));
    kinds.add(marker?.[0] ?? 'topic');
    return ` ${marker === undefined ? tag : tag.replace(marker[1], '')} `;
  });
  return kinds.size === 0 ? null : { kinds, text: words.replace(/[ ]+/gu, ' ').trim() };
}
