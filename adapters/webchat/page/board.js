/** The small board: every case of the demo, where it is and until when. */
import { loadBoard } from './api.js';
import { byId, clockTime, dateText, daysBetween, el } from './dom.js';
import { on, serverNow, setServerNow, state } from './state.js';
import { locale, t } from './words.js';

const CLOSED = new Set(['closed', 'cancelled']);
const STILL = new Set([...CLOSED, 'resolved', 'deferred']);
/** Several changes within this time are one question to the server. */
const GATHER = 250;
/** The clock alone makes cases overdue. */
const REFRESH = 60_000;

let total = 0;
let asked = null;
/** number → state, to show what has just moved. */
let before = new Map();

export function showBoard() {
  on('board', soon);
  on('language', draw);
  setInterval(soon, REFRESH);
  return refresh();
}

function soon() {
  clearTimeout(asked);
  asked = setTimeout(refresh, GATHER);
}

async function refresh() {
  try {
    const answer = await loadBoard();
    before = new Map(state.rows.map((row) => [row.number, row.state]));
    state.rows = answer.rows;
    setServerNow(answer.now);
    total = answer.total;
    draw();
  } catch {
    // The line that says the connection is lost stands above; the next change asks again.
  }
}

function draw() {
  const closed = state.rows.filter((row) => CLOSED.has(row.state));
  const open = state.rows.filter((row) => !CLOSED.has(row.state));
  byId('counts').textContent = state.rows.length
    ? t('counts', { open: open.length, closed: closed.length })
    : '';
  byId('rows').replaceChildren(...[...open, ...closed].map(card), ...note());
}

function note() {
  if (!state.hasBoard) return [el('li', { className: 'empty' }, t('noBoard'))];
  if (state.rows.length === 0) return [el('li', { className: 'empty' }, t('emptyBoard'))];
  const hidden = total - state.rows.length;
  return hidden > 0 ? [el('li', { className: 'empty' }, t('moreRows', { n: hidden }))] : [];
}

function card(row) {
  const moved = before.size > 0 && before.get(row.number) !== row.state;
  const due = dueWords(row);
  return el(
    'li',
    { className: moved ? 'case moved' : 'case', dataset: { number: row.number, state: row.state } },
    el(
      'p',
      { className: 'case-head' },
      el('b', { title: row.number }, shortNumber(row.number)),
      el('span', { className: 'category' }, row.category),
      el('span', { className: 'state' }, t(row.state)),
    ),
    el('p', { className: 'case-place' }, row.place ?? t('noPlace')),
    el(
      'p',
      { className: 'case-foot' },
      el('span', {}, row.office ?? t('noOffice')),
      due && el('span', { className: due.late ? 'due late' : 'due' }, due.words),
    ),
  );
}

/** `LC2611-0042` is said as #0042. */
const shortNumber = (number) => `#${number.split('-').at(-1)}`;

/** Null where no clock runs: the matter is answered, or put off with a date of its own. */
function dueWords(row) {
  if (row.due === null || STILL.has(row.state)) return null;
  const zone = state.timezone;
  const days = daysBetween(serverNow(), row.due, zone);
  if (row.due < serverNow()) {
    return { late: true, words: days < 0 ? t('overdueDays', { n: -days }) : t('overdue') };
  }
  const time = clockTime(row.due, locale(), zone);
  if (days === 0) return { late: false, words: t('dueToday', { time }) };
  if (days === 1) return { late: false, words: t('dueTomorrow', { time }) };
  return { late: false, words: t('dueOn', { date: dateText(row.due, locale(), zone) }) };
}
