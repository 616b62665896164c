/** Starts the page: loads what there is, then follows the event stream. */
import { listen, loadState } from './api.js';
import { showBoard } from './board.js';
import { showChat } from './chat.js';
import { restoreDraft, showComposer } from './composer.js';
import { showDelivery } from './delivery.js';
import { byId, el } from './dom.js';
import { showNotices } from './notices.js';
import { become, openChat, showPane, showPeople } from './people.js';
import {
  chatsOf,
  directKey,
  groupKey,
  isDirect,
  markRead,
  recall,
  restoreUnread,
  setServerNow,
  state,
  tell,
  unreadOf,
  upsert,
} from './state.js';
import { chooseLocale, locale, startLocale, t } from './words.js';

async function start() {
  chooseLocale(startLocale());
  const revision = await firstState();
  byId('township').textContent = state.township ?? '';
  byId('language').addEventListener('click', switchLanguage);
  for (const tab of byId('tabs').children) tab.addEventListener('click', () => showPane(tab.dataset.pane));
  showLanguage();
  showPane('chat');
  showPeople();
  showChat();
  showNotices();
  showDelivery();
  showComposer();
  playAgain();
  restoreDraft();
  await showBoard();
  await listen(revision, { message: arrived, board: () => tell('board'), ready, reload, lost });
}

async function firstState() {
  for (;;) {
    try {
      return take(await loadState());
    } catch {
      lost();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
}

function take(loaded) {
  const { bot, township, timezone, hasBoard, sections, now } = loaded;
  Object.assign(state, { bot, township, timezone, hasBoard, sections });
  setServerNow(now);
  const people = sections.flatMap(({ id, people }) => people.map((person) => ({ ...person, section: id })));
  state.people = new Map(people.map((person) => [person.account, person]));
  state.chats = new Map(loaded.chats.map((chat) => [groupKey(chat.external), chat]));
  state.newest = new Map(loaded.newest.map((message) => [message.chat, message]));
  restoreUnread();
  return loaded.revision;
}

/** After a reload the visitor is who they were, where they were. */
function playAgain() {
  const account = recall('me');
  const chat = recall('open');
  const person = state.people.get(account);
  if (!person) return;
  if (chatsOf(person).includes(chat)) {
    become(account, chat);
    return;
  }
  become(account);
}

function arrived(message) {
  const isNew = upsert(message);
  tell('message', message);
  tell('board');
  if (message.from === state.me || (message.chat === state.open && !document.hidden)) {
    markRead(message.chat);
    return;
  }
  if (!isNew) return;
  state.unread.set(message.chat, unreadOf(message.chat) + 1);
  tell('unread');
  const mine = message.chat === directKey(state.me);
  if (isDirect(message.chat) && message.from === null && !mine) notify(message);
}

function notify(message) {
  const account = message.chat.slice('direct:'.length);
  if (!state.people.has(account)) return;
  state.notices.set(account, message);
  tell('notices');
}

const line = el('p', { className: 'line', attributes: { role: 'status' }, hidden: true });
document.querySelector('.panes').before(line);

function ready() {
  line.hidden = true;
  tell('board');
}

function lost() {
  line.textContent = t('lost');
  line.hidden = false;
}

const reload = () => location.reload();

function switchLanguage() {
  chooseLocale(locale() === 'en' ? 'zh-CN' : 'en');
  showLanguage();
  tell('language');
  tell('people');
}

function showLanguage() {
  byId('language').textContent = t(matchMedia('(max-width: 759px)').matches ? 'otherShort' : 'other');
  byId('language').setAttribute('aria-label', t('other'));
  byId('language').lang = locale() === 'en' ? 'zh-CN' : 'en';
}

// Coming back to the page, what stands open counts as read.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && state.open && unreadOf(state.open) > 0) openChat(state.open);
});

start();
