/**
 * 我想反映个问题, 组里有点事要上报: it announces a matter and tells none of it. Such words are no small talk, and
 * no category can be read from them: the one question back asks what it is.
 */

const WHERE = '(?:我们?|咱们?)?(?:这里|这边|这儿|村里?|组里?|湾里|院子里?|第?\\d{1,2}组)?';
const WISH = '(?:想|要|得|需要|可以|能不能)?(?:跟|向|和|给)?(?:你们|您|镇里|村里|领导|政府)?(?:这里|这边)?';
const TELL = '(?:反映|反应|上报|汇报|报告|报)(?:一下|下)?';
const SOME = '(?:一|几|两)?[个点些件]?(?:小|大|新)?';
const THING = '(?:问题|情况|事情?|状况|困难|麻烦)';
const END = '[啊呀哦呢哈的吧.。!,，]*';

const TO_TELL = new RegExp(`^${WHERE}${WISH}${TELL}${SOME}${THING}${END}$`, 'u');
const THERE_IS = `${WHERE}(?:这里|这边)?(?:有|出了|发现了?|碰到了?|遇到了?)${SOME}${THING}`;
const IS_TO_TELL = new RegExp(`^${THERE_IS}${WISH}${TELL}${END}$`, 'u');
const NOTHING_SAID = new RegExp(`^(?:${THERE_IS}|${SOME}${THING})${END}$`, 'u');

/** Somebody says that they have something to report. */
export const isAnnounced = (text: string): boolean => TO_TELL.test(bare(text)) || IS_TO_TELL.test(bare(text));

/** Where it was said to be a report (#上报 有个问题) fewer words announce as much. */
export const tellsNothing = (text: string): boolean => NOTHING_SAID.test(bare(text)) || isAnnounced(text);

const bare = (text: string): string => text.replace(/\s/gu, '');
