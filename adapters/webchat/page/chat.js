/** The middle: whose chats, the messages, and the line that says where something arrived. */
import { loadMessages } from './api.js';
import { unsentIn } from './delivery.js';
import { avatar, byId, clockTime, dayOf, dayText, el } from './dom.js';
import { bubble, failedLine } from './message.js';
import { become, openChat } from './people.js';
import { chatsOf, directKey, isDirect, me, on, state, tell, unreadOf } from './state.js';
import { locale, t } from './words.js';

const log = () => byId('log');
let wasAtEnd = true;
const isAtEnd = () => log().scrollHeight - log().scrollTop - log().clientHeight < 80;

export function showChat() {
  on('me', drawHead);
  on('open', openLog);
  on('unread', drawHead);
  on('message', placeMessage);
  on('language', () => {
    drawHead();
    drawLog();
  });
  byId('newer').addEventListener('click', toEnd);
  log().addEventListener('scroll', () => {
    wasAtEnd = isAtEnd();
    if (wasAtEnd) byId('newer').hidden = true;
  });
  // What is attached below, or a phone's keyboard, takes room: the newest message stays in sight.
  new ResizeObserver(() => wasAtEnd && toEnd()).observe(log());
  drawHead();
  drawLog();
}

export const chatTitle = (key) => (isDirect(key) ? t('privateChat') : (state.chats.get(key)?.title ?? key));

function drawHead() {
  const person = me();
  byId('who').textContent = person?.name ?? t('chooseFirst');
  byId('who-title').textContent = person?.title ?? '';
  byId('chats').setAttribute('aria-label', t('chatsLabel'));
  byId('chats').replaceChildren(...(person ? chatsOf(person).map(chatButton) : []));
  drawRecent();
  document.body.classList.toggle('nobody', !person);
}

/** One tap back to who was played before: a case goes to and fro between two or three people. */
function drawRecent() {
  const others = state.recent.filter((account) => account !== state.me).slice(0, 3);
  const each = others.map((account) => {
    const person = state.people.get(account);
    const count = unreadOf(directKey(account));
    const label = `${t('playAgain', { name: person.name })}${count > 0 ? `, ${t('unread', { n: count })}` : ''}`;
    const attributes = { 'aria-label': label, title: label };
    const dot = el('i', { className: 'dot', hidden: count === 0, textContent: String(count) });
    const listeners = { click: () => become(account) };
    return el(
      'button',
      { type: 'button', className: 'again', attributes, on: listeners },
      avatar(person.name, false),
      dot,
    );
  });
  byId('recent').replaceChildren(...each);
}

function chatButton(key) {
  const count = unreadOf(key);
  const dot = el('i', { className: 'dot', hidden: count === 0, textContent: String(count) });
  dot.setAttribute('aria-label', t('unread', { n: count }));
  const attributes = { 'aria-pressed': String(key === state.open) };
  const listeners = { click: () => openChat(key) };
  return el(
    'button',
    { type: 'button', className: 'chat-tab', attributes, on: listeners },
    chatTitle(key),
    dot,
  );
}

async function openLog() {
  const key = state.open;
  drawHead();
  drawLog();
  if (key === null || state.messages.has(key)) return;
  const { messages, more } = await loadMessages(key);
  // Something came while the answer was on its way.
  if ((state.newest.get(key)?.position ?? 0) > (messages.at(-1)?.position ?? 0)) return openLog();
  const kept = new Set(messages.map(({ id }) => id));
  state.messages.set(key, [...messages, ...unsentIn(key).filter(({ id }) => !kept.has(id))]);
  state.more.set(key, more);
  if (state.open !== key) return;
  drawLog();
  tell('loaded');
}

async function loadOlder(key) {
  const list = state.messages.get(key) ?? [];
  const { messages, more } = await loadMessages(key, list[0]?.position);
  state.messages.set(key, [...messages, ...list]);
  state.more.set(key, more);
  if (state.open !== key) return;
  // What was on screen stays where it was; the older messages grow upwards.
  const fromEnd = log().scrollHeight - log().scrollTop;
  drawLog();
  log().scrollTop = log().scrollHeight - fromEnd;
}

function drawLog() {
  byId('newer').hidden = true;
  // What was there before is no news: nothing of it is read out.
  log().ariaBusy = 'true';
  log().replaceChildren(...logItems(me(), state.open));
  requestAnimationFrame(() => {
    log().ariaBusy = 'false';
  });
  toEnd();
}

function logItems(person, key) {
  if (!person || key === null) return [welcome()];
  const list = state.messages.get(key) ?? [];
  if (list.length === 0 && state.messages.has(key)) {
    return [el('li', { className: 'empty' }, emptyWords(person, key))];
  }
  const older = { type: 'button', className: 'quiet', on: { click: () => loadOlder(key) } };
  const items = state.more.get(key)
    ? [el('li', { className: 'older' }, el('button', older, t('older')))]
    : [];
  let day = '';
  for (const message of list) {
    items.push(...dayLine(day, message), item(message));
    day = dayOf(message.at, state.timezone);
  }
  return items;
}

function dayLine(before, message) {
  if (dayOf(message.at, state.timezone) === before) return [];
  return [el('li', { className: 'day' }, dayText(message.at, locale(), state.timezone))];
}

function item(message) {
  const mine = message.from !== null && message.from === state.me;
  const time = clockTime(message.at, locale(), state.timezone);
  if (message.recalled) {
    const words = mine ? t('recalledMine') : t('recalled', { name: message.name });
    return el('li', { className: 'recalled', dataset: { id: message.id } }, words);
  }
  const node = bubble(message, { mine, time, quote: () => tell('quote', message) });
  if (message.failed) node.append(failedLine(message));
  return node;
}

/** A message that came, changed, or is on its way out. */
function placeMessage(message) {
  if (message.chat !== state.open) return;
  const list = state.messages.get(message.chat);
  if (!list) return;
  const known = log().querySelector(`[data-id="${CSS.escape(message.id)}"]`);
  if (known) {
    known.replaceWith(item(message));
    return;
  }
  const index = list.indexOf(message);
  if (list.length === 1 || index < list.length - 1) return drawLog();
  const stay = !isAtEnd() && message.from !== state.me;
  log().append(
    ...dayLine(index > 0 ? dayOf(list[index - 1].at, state.timezone) : '', message),
    item(message),
  );
  if (stay) byId('newer').hidden = false;
  else toEnd();
}

function toEnd() {
  log().scrollTop = log().scrollHeight;
  byId('newer').hidden = true;
}

function emptyWords(person, key) {
  if (!isDirect(key)) return t('emptyGroup');
  const head = ['neighbor_head', 'group_head'].includes(person.section);
  return t(head ? 'emptyDirectHead' : 'emptyDirect', { name: person.name });
}

/** Before anyone is chosen: what to do, and one button to begin. */
function welcome() {
  const first = state.sections[0]?.people[0];
  const begin = { type: 'button', className: 'send', on: { click: () => become(first.account) } };
  return el(
    'li',
    { className: 'welcome' },
    el('h2', {}, t('welcomeTitle')),
    el('ol', {}, ...['step1', 'step2', 'step3', 'step4'].map((step) => el('li', {}, t(step)))),
    first ? el('button', begin, t('startAs', { name: first.name })) : null,
  );
}
