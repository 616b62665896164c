/** `npm run eval`: how well messages are understood, as a table on stderr and JSON on stdout. */
import { curve, measureChatter, measureSentences, measureTitles } from './gates.ts';
import { measureMessages, type Rate } from './messages.ts';
import { chatter, givenMessages, ownMessages, secondMessages, thirdMessages, titles } from './sources.ts';
import { measureSpeed, worstCase } from './speed.ts';

const own = ownMessages();
const second = secondMessages();
const third = thirdMessages();
const given = givenMessages();
const quiet = chatter();
const formal = titles();
const reports = [...own, ...second, ...third, ...(given ?? [])]
  .filter(({ cases }) => cases.length > 0)
  .map(({ text }) => text);

const sets = {
  own: measureMessages(own),
  second: measureMessages(second),
  third: measureMessages(third),
  ...(given ? { given: measureMessages(given) } : {}),
};
const result = {
  messages: Object.fromEntries(Object.entries(sets).map(([name, { rates }]) => [name, rates])),
  sentences: measureSentences(),
  chatter: measureChatter(quiet),
  titles: formal && measureTitles(formal),
  curve: curve(quiet, formal),
  speed: measureSpeed(quiet, reports),
  worstCaseMs: worstCase(reports),
};

const percent = ({ right, of }: Rate) => `${((100 * right) / of).toFixed(2)}% (${right}/${of})`;
const rows: [string, string][] = [
  ...Object.entries(sets).flatMap(([name, { rates }]) =>
    Object.entries(rates).map(([field, rate]): [string, string] => [
      `${name} messages, ${field}`,
      percent(rate),
    ]),
  ),
  ...Object.entries(result.sentences).map(([name, rate]): [string, string] => [
    `category, ${name}`,
    percent(rate),
  ]),
  ['chatter opening a case', percent(result.chatter.opened)],
  ['chatter not left alone', percent(result.chatter.spoken)],
  ...Object.entries(result.titles ?? {}).map(([name, rate]): [string, string] => [
    `titles, ${name}`,
    percent(rate),
  ]),
  ...Object.entries(result.speed).map(([name, value]): [string, string] => [name, value.toFixed(2)]),
  ['worst of 4,000 characters, ms', result.worstCaseMs.toFixed(1)],
];

process.stderr.write(rows.map(([name, value]) => `${name.padEnd(34)} ${value}\n`).join(''));
for (const [name, { wrong }] of Object.entries(sets)) {
  for (const each of wrong) process.stderr.write(`  ${name}: ${each}\n`);
}
process.stdout.write(`${JSON.stringify(result)}\n`);
