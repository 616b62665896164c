/** A matter in one line: the reporter's own words without greetings, thanks, emoji and personal data. */
import { MAX_SUMMARY } from './thresholds.ts';

const GREETING =
  /^(?:(?:各位|大家|尊敬的)?(?:领导|书记|镇长|主任|村长|支书|片长|组长|同志们?|师傅|老师|群主|亲|家人们|大家|各位|你们?|您|满哥|哥|姐)?(?:早上好|上午好|中午好|下午好|晚上好|早安|晚安|早|你好|您好|好|们好)|报告(?:领导|书记)?|(?:请问)?在吗|收到|好的)[\s,。!~:]*/u;
const OPENING =
  /^(?:[【[][^】\]\n]{1,8}[】\]]\s*|@\S{1,20}\s+|(?:各位|尊敬的)?(?:领导|书记|镇长|主任|村长|支书|片长|组长|同志|乡亲|邻长)们?[\s,:!、]+|(?:我|这里|这边)?是?\d{1,2}组(?:的)?(?:\d{1,2}邻)?(?:邻长|组长|片长)[\u4e00-\u9fff]{0,4}[\s,:]+|(?:我|这里|这边)是[^,。]{0,12}(?:邻长|组长|片长)[\u4e00-\u9fff]{0,4}[\s,:]+)/u;
const CLOSING =
  /[\s,。!~]*(?:(?:麻烦|请|恳请|希望|望)?(?:领导|镇里|村里|上面|有关部门|你们)?(?:尽快|早日|赶紧|抓紧)?(?:处理|解决|看看|派人(?:来)?(?:看看|处理|修)?|帮(?:忙|查)(?:一下)?)(?:一下|下)?(?:吧|啊|呢)?|谢谢(?:了|大家|领导|书记|镇里|您|你们)?|感谢(?:领导)?|辛苦了?|拜托了?|急急*)[\s。!~]*$/u;
const EMOTICON = /\[[\u4e00-\u9fffA-Za-z]{1,4}\]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d/gu;
const NUMBER_LABEL =
  /(?:我的)?(?:联系)?(?:身份证(?:号码?)?|电话(?:号码?)?|手机(?:号码?)?|银行卡(?:号码?)?|卡号|车牌(?:号码?)?|联系方式)(?:是|为|[:：])?\s*(?=[^\s,。]{0,6}\*{4})/gu;
const MASKED = /\p{Script=Han}?[A-Z\d]{0,3}\*{4}\d{0,2}/gu;
const SELF = /(?:我叫|本人叫?|我是)[\u4e00-\u9fff]某[,，。\s]*/gu;

export function withoutEmoticons(text: string): string {
  return text.replace(EMOTICON, ' ');
}

/** At most 60 characters; empty where nothing is left. `text` is normalised and masked. */
export function summarise(text: string): string {
  let words = withoutEmoticons(text)
    .replace(SELF, '')
    .replace(NUMBER_LABEL, '')
    .replace(MASKED, '')
    .replace(GREETING, '')
    .replace(OPENING, '')
    .replace(GREETING, '')
    .replace(OPENING, '');
  const shorter = words.replace(CLOSING, '').replace(CLOSING, '');
  if (shorter.length >= 4) words = shorter;
  words = words
    .replace(/\s+/gu, ' ')
    .replace(/,(?:[\s,。])+/gu, ',')
    .replace(/^[\s,.。:;、!|/#-]+(?:的)?|^的|[\s,:;、|/#-]+$/gu, '');
  return words.length <= MAX_SUMMARY
    ? words
    : `${[...words]
        .slice(0, MAX_SUMMARY - 1)
        .join('')
        .slice(0, MAX_SUMMARY - 1)}…`;
}
