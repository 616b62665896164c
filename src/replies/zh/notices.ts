/** The rest: strangers, complaints, absence, planned outages, policy cards. */
import { person, said } from '../held-back.ts';
import { clip, clipLines, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { calendarDay } from './dates.ts';
import { done } from './done.ts';
import { help } from './help.ts';
import { quoted } from './phrases.ts';
import { refused } from './refusals.ts';

const duty = (phone: string | null): string =>
  phone === null ? '急事请直接找值班员' : `急事打值班电话 ${phone}`;

export const notices = {
  refused,
  help,
  done,
  policy: ({ cards, keyword }, ctx) => {
    if (cards.length === 0) {
      const word = said(keyword, ctx);
      const what = word === null ? '这方面' : `“${clip(word, 20)}”`;
      return `没有找到${what}的政策。换个词试试，或者说说您的情况，我转给单位答复。`;
    }
    return lines(
      ...cards
        .slice(0, 3)
        .flatMap(({ title, text, source, date }) => [
          `【${clip(title, 40)}】`,
          clipLines(text, 8),
          `来源：${clip(source, 60)}，${calendarDay(date, ctx)}`,
        ]),
    );
  },
  quarantined: ({ dutyPhone }) =>
    `刚才这条我没弄明白，已经转给值班员，没有丢，不用重发。${duty(dutyPhone)}。`,
  protected_warning: (_, ctx) =>
    ctx.inGroup
      ? '请把刚才那条撤回，这样的事私信我说。'
      : '刚才那句说到别人的私事，我没有记。发在群里的，请撤回。想替他反映难处，在这里跟我说要办什么就行。',
  complaint_thanks: () => '谢谢，意见收到了，已转给管我的人看。',
  absence_set: ({ from, to, deputy }, ctx) => {
    const days = `${calendarDay(from, ctx)}到${calendarDay(to, ctx)}`;
    if (deputy === null)
      return `记下了，${days}请假。没有写谁代，新单先给别的同事；手上的请交代一声，或回“请假”时写“由谁代”。`;
    return `记下了，${days}请假，单子由${person(deputy, '代办的同事', ctx)}接着办。`;
  },
  absence_ended: () => '记下了，您回来了。新单照常派给您，代办的先把手上的办完。',
  absence_deputy: ({ from, to, person: id, open }, ctx) => {
    const days = `${calendarDay(from, ctx)}到${calendarDay(to, ctx)}`;
    const hand = open > 0 ? `手上有${open}件，提醒都发给您` : '手上眼下没有单子';
    return `${person(id, '一位同事', ctx)}${days}请假，请您代办。${hand}。`;
  },
  sheet_confirmed: ({ office }, ctx) => `好，${ctx.names.office(office)}的答复就按这个上会。`,
  known_matter_set: ({ text, count }, ctx) =>
    lines(
      count > 0 ? `记下了，已有${count}件并到一起。` : '记下了。',
      quoted('内容：', text, ctx),
      '再有人报，我告诉他已登记、不用再报。',
    ),
  thanks: () => '不客气，有事随时说。',
  nothing_open: () => '眼下没有等您回的事。有事直接说就行。',
} satisfies Partial<Words>;
