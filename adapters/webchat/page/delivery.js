/** Gets what was written to the server, however often that takes; each message keeps its id. */
import { post } from './api.js';
import { byId } from './dom.js';
import { on, recall, remember, serverNow, state, tell, upsert } from './state.js';
import { trouble } from './words.js';

/** Requests on their way, kept over a reload: the program may have been started anew meanwhile. */
const UNSENT = 'unsent';
const unsent = () => recall(UNSENT) ?? [];
const without = (id) => unsent().filter(({ request }) => request.id !== id);

export const showDelivery = () => on('retry', ({ request, quoted }) => deliver(request, quoted));

/** Messages of a chat that were written but never confirmed. */
export function unsentIn(chat) {
  return unsent()
    .filter(({ request }) => request.chat === chat)
    .map(({ request, quoted, at }) => ({ ...asShown(request, quoted, at), failed: true, request, quoted }));
}

/** Shows the message at once; the server's answer, or the event stream, puts the kept one in its place. */
export async function deliver(request, quoted) {
  const at = serverNow();
  const shown = asShown(request, quoted, at);
  byId('trouble').textContent = '';
  remember(UNSENT, [...without(request.id), { request, quoted: quoted && preview(quoted), at }]);
  show({ ...shown, sending: true });
  try {
    const { message } = await post(request);
    remember(UNSENT, without(request.id));
    show(message);
  } catch (error) {
    show({ ...shown, failed: true, request, quoted });
    byId('trouble').textContent = trouble(error.code);
  }
}

/** What changes something that stands already: an edit, a recall. */
export async function ask(request) {
  byId('trouble').textContent = '';
  try {
    show((await post(request)).message);
  } catch (error) {
    byId('trouble').textContent = trouble(error.code);
  }
}

export function press(message, command) {
  const base = { type: 'press', id: crypto.randomUUID(), chat: message.chat, as: state.me };
  ask({ ...base, message: message.id, command });
}

function asShown(request, quoted, at) {
  return {
    ...request,
    at,
    from: request.as,
    name: state.people.get(request.as)?.name ?? request.as,
    quote: quoted && preview(quoted),
    media: request.photos.map((ref) => ({ kind: 'image', name: null, mime: null, ref })),
    buttons: [],
  };
}

const preview = ({ id, name, text }) => ({ id, name, text });

function show(message) {
  upsert(message);
  tell('message', message);
}
