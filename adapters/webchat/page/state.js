/** What the page knows, and who wants to hear when it changes. */

export const state = {
  bot: '回音',
  timezone: 'Asia/Shanghai',
  township: null,
  hasBoard: false,
  sections: [],
  /** account → person, with `section`. */
  people: new Map(),
  /** chat key → chat. */
  chats: new Map(),
  /** chat key → loaded messages by position; `more` says whether older ones exist. */
  messages: new Map(),
  more: new Map(),
  /** chat key → its newest message. */
  newest: new Map(),
  /** chat key → how many came unseen. */
  unread: new Map(),
  /** Newest private message of each person who is not played now. */
  notices: new Map(),
  /** Accounts played before, the last one first. */
  recent: [],
  me: null,
  open: null,
  rows: [],
  /** How far the server's clock is ahead of this machine's: a demo has a time of its own. */
  ahead: 0,
};

const listeners = new Map();

export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function tell(topic, data) {
  for (const listener of listeners.get(topic) ?? []) listener(data);
}

export const serverNow = () => Date.now() + state.ahead;

export function setServerNow(now) {
  state.ahead = now - Date.now();
}

export const directKey = (account) => `direct:${account}`;
export const groupKey = (external) => `group:${external}`;
export const me = () => state.people.get(state.me);
export const isDirect = (key) => key?.startsWith('direct:') ?? false;

/** A person's chats: their groups, then the private one with the bot. */
export function chatsOf(person) {
  const groups = person.groups.map(groupKey).filter((key) => state.chats.has(key));
  return [...groups, directKey(person.account)];
}

export const unreadOf = (key) => state.unread.get(key) ?? 0;

/** Puts a message into its place; returns whether it is new to the page. */
export function upsert(message) {
  const list = state.messages.get(message.chat);
  const known = list?.findIndex((each) => each.id === message.id) ?? -1;
  if (known >= 0) list[known] = message;
  else if (list) list.push(message);
  const newest = state.newest.get(message.chat);
  const isNew = known < 0 && (message.position ?? Infinity) > (newest?.position ?? 0);
  if (isNew || newest?.id === message.id) state.newest.set(message.chat, message);
  list?.sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity));
  return isNew;
}

// --- kept over a reload: who is played, the language, what was read, the draft

const PREFIX = 'huiyin.';

export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing only forgets who was played.
  }
}

export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Marks a chat as read up to its newest message. */
export function markRead(key) {
  state.unread.delete(key);
  const read = recall('read') ?? {};
  read[key] = state.newest.get(key)?.position ?? 0;
  remember('read', read);
}

/** What came while the page was closed shows as one unread message a chat. */
export function restoreUnread() {
  const read = recall('read');
  if (!read) {
    const all = [...state.newest].map(([key, message]) => [key, message.position]);
    remember('read', Object.fromEntries(all));
    return;
  }
  for (const [key, message] of state.newest) {
    if (message.position > (read[key] ?? 0)) state.unread.set(key, 1);
  }
}
