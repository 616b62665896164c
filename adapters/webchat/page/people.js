/** The list of people by post: who may be played, and who has something unread. */
import { avatar, byId, el } from './dom.js';
import { chatsOf, directKey, markRead, on, remember, state, tell, unreadOf } from './state.js';
import { t } from './words.js';

/** Sections that stand open; a search opens all that have a find, and leaves this as it was. */
const opened = new Set();

const sectionWord = (id) => t(id === 'other' ? 'others' : id);

export function showPeople() {
  byId('search').addEventListener('input', draw);
  on('people', draw);
  on('unread', drawDots);
  on('me', showMe);
  if (state.sections[0]) opened.add(state.sections[0].id);
  draw();
}

/** Plays a person and opens the chat where something waits, else the one that people of that post use. */
export function become(account, chat) {
  const person = state.people.get(account);
  if (!person) return;
  state.me = account;
  state.recent = [account, ...state.recent.filter((each) => each !== account)].slice(0, 4);
  state.notices.delete(account);
  remember('me', account);
  tell('me');
  tell('notices');
  openChat(chat ?? firstChat(person));
}

export function openChat(key) {
  state.open = key;
  remember('open', key);
  markRead(key);
  tell('open');
  tell('unread');
  showPane('chat');
}

export function showPane(pane) {
  document.body.dataset.pane = pane;
  for (const tab of byId('tabs').children) {
    tab.setAttribute('aria-current', tab.dataset.pane === pane ? 'page' : 'false');
  }
}

function firstChat(person) {
  const chats = chatsOf(person);
  const direct = directKey(person.account);
  if (unreadOf(direct) > 0) return direct;
  const heads = ['neighbor_head', 'group_head', 'cadre'].includes(person.section);
  return heads ? chats[0] : direct;
}

function draw() {
  const what = byId('search').value.trim();
  const fits = (person) => `${person.name} ${person.title}`.toLowerCase().includes(what.toLowerCase());
  const found = state.sections
    .map((section) => ({ ...section, people: section.people.filter(fits) }))
    .filter((section) => section.people.length > 0);
  const parts = found.map((section) => sectionPart(section, what !== '' || opened.has(section.id)));
  if (found.length === 0) parts.push(el('p', { className: 'empty' }, t('nobody', { what })));
  byId('sections').replaceChildren(...parts);
  drawDots();
  markMe();
}

function sectionPart(section, open) {
  const dot = el('i', { className: 'dot', hidden: true });
  const head = el(
    'summary',
    {},
    el('span', {}, sectionWord(section.id)),
    el('small', {}, String(section.people.length)),
    dot,
  );
  const list = el('ul', {}, ...section.people.map((person) => el('li', {}, personButton(person))));
  const part = el('details', { open, dataset: { section: section.id } }, head, list);
  part.addEventListener('toggle', () => {
    if (byId('search').value.trim() !== '') return;
    if (part.open) opened.add(section.id);
    else opened.delete(section.id);
    // Someone waits inside a closed section: the dot on its head says so; opened, the people's own dots do.
    drawDots();
  });
  return part;
}

function personButton(person) {
  return el(
    'button',
    {
      type: 'button',
      className: 'person',
      dataset: { account: person.account },
      on: { click: () => become(person.account) },
    },
    avatar(person.name, false),
    el('span', { className: 'person-words' }, el('b', {}, person.name), el('small', {}, person.title)),
    el('i', { className: 'dot', hidden: true }),
  );
}

function setDot(dot, count) {
  dot.hidden = count === 0;
  dot.textContent = count > 99 ? '99' : String(count);
  dot.setAttribute('aria-label', t('unread', { n: count }));
}

function drawDots() {
  let others = 0;
  for (const part of byId('sections').querySelectorAll('details')) {
    let inside = 0;
    for (const button of part.querySelectorAll('.person')) {
      const count = unreadOf(directKey(button.dataset.account));
      setDot(button.querySelector('.dot'), count);
      inside += count;
    }
    setDot(part.querySelector('summary .dot'), part.open ? 0 : inside);
    others += inside;
  }
  setDot(byId('people-dot'), others);
  const person = state.people.get(state.me);
  const mine = person ? chatsOf(person).filter((key) => key !== state.open) : [];
  setDot(
    byId('chat-dot'),
    mine.reduce((sum, key) => sum + unreadOf(key), 0),
  );
}

/** Opens the section of who is played now, and closes none. */
function showMe() {
  const section = state.people.get(state.me)?.section;
  opened.add(section);
  const part = byId('sections').querySelector(`[data-section="${section}"]`);
  if (part) part.open = true;
  markMe();
}

function markMe() {
  for (const button of byId('sections').querySelectorAll('.person')) {
    button.setAttribute('aria-pressed', String(button.dataset.account === state.me));
  }
}
