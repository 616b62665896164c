/** Private messages to people who are not played now: one line each, one click to go there. */
import { byId, el } from './dom.js';
import { become } from './people.js';
import { directKey, on, state } from './state.js';
import { locale, t } from './words.js';

const SHOWN_NOTICES = 2;

export function showNotices() {
  on('notices', drawNotices);
  on('language', drawNotices);
}

function drawNotices() {
  const newest = [...state.notices].sort(([, a], [, b]) => b.position - a.position).slice(0, SHOWN_NOTICES);
  byId('notices').replaceChildren(...newest.map(([account, message]) => notice(account, message)));
}

function notice(account, message) {
  const person = state.people.get(account);
  const post = t(person.section === 'other' ? 'others' : person.section);
  const who = locale() === 'en' ? person.name : `${person.title.split(/\s+/).at(-1) || post}${person.name}`;
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
