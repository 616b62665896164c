/** Private messages to people who are not played now: one line each, one click to go there. */
import { byId, el } from './dom.js';
import { become } from './people.js';
import { directKey, on, state } from './state.js';
import { locale, t } from './words.js';

/** More would hide the chat; the red dots on people tell the rest. */
const SHOWN = 2;
/** Kinds that only tell something; all others wait for their reader. */
const ONLY_TELL = new Set([
  'notice',
  'accepted',
  'progress',
  'closed',
  'status',
  'supplemented',
  'transferred',
]);
/** Copies to those who need not act: the dots are enough. */
const isNews = ([, { kind }]) => kind !== 'notice';
const waits = ([, { kind }]) => !ONLY_TELL.has(kind);

export function showNotices() {
  on('notices', drawNotices);
  on('language', drawNotices);
}

/** What waits for its reader goes before what only tells something; of that the newest is enough. */
function drawNotices() {
  const newest = [...state.notices].filter(isNews).sort(([, a], [, b]) => b.position - a.position);
  const waiting = newest.filter(waits);
  const shown = waiting.length > 0 ? waiting.slice(0, SHOWN) : newest.slice(0, 1);
  byId('notices').replaceChildren(...shown.map(([account, message]) => notice(account, message)));
}

/** 承办人李明: of several posts the one that he is listed under. */
function addressOf(person) {
  if (locale() === 'en') return person.name;
  const posts = t(person.section === 'other' ? 'others' : person.section).split('、');
  return (posts.find((post) => person.title.includes(post)) ?? posts[0]) + person.name;
}

function notice(account, message) {
  const person = state.people.get(account);
  const who = addressOf(person);
  const go = () => become(account, directKey(account));
  const close = () => {
    state.notices.delete(account);
    drawNotices();
  };
  return el(
    'div',
    { className: 'notice' },
    el(
      'button',
      { type: 'button', className: 'notice-go', on: { click: go } },
      el(
        'span',
        { className: 'notice-words' },
        el('b', {}, t('notice', { who })),
        el('small', {}, message.text),
      ),
      el('span', { className: 'go' }, t('go')),
    ),
    el(
      'button',
      { type: 'button', className: 'close', attributes: { 'aria-label': t('close') }, on: { click: close } },
      '×',
    ),
  );
}
