/** Writing: text, photos, what is quoted or being changed; what is said next. */
import { uploadPhoto } from './api.js';
import { ask, deliver, press } from './delivery.js';
import { byId, el } from './dom.js';
import { me, on, recall, remember, state } from './state.js';
import { suggestionsFor } from './suggestions.js';
import { t, trouble } from './words.js';

/** What is attached to the draft: a quoted message, a message being changed, photos. */
let quote = null;
let editing = null;
let photos = [];

const draft = () => byId('draft');

export function showComposer() {
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  draft().addEventListener('keydown', sendOnEnter);
  draft().addEventListener('input', grow);
  byId('photos').addEventListener('change', addPhotos);
  on('open', () => {
    clear();
    drawSuggestions();
    // With a keyboard one writes next; on a phone this would push the chat off the screen.
    if (matchMedia('(hover: hover)').matches) draft().focus();
  });
  on('message', drawSuggestions);
  on('loaded', drawSuggestions);
  on('language', () => {
    drawAttached();
    drawSuggestions();
  });
  on('quote', (message) => attach({ quote: message }));
  on('edit', (message) => fill(message.text, { editing: message }));
  on('recall', (message) => ask({ type: 'recall', id: message.id, chat: message.chat, as: state.me }));
  on('press', ({ message, command }) => press(message, command));
  addEventListener('pagehide', () => remember('draft', draft().value || null));
}

/** A reload (the program was started anew) keeps what was typed. */
export function restoreDraft() {
  draft().value = recall('draft') ?? '';
  remember('draft', null);
  grow();
}

/** Enter sends, Shift+Enter breaks the line; while an input method composes, Enter belongs to it. */
function sendOnEnter(event) {
  if (event.key === 'Escape') attach({});
  const onPhone = matchMedia('(hover: none)').matches;
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || onPhone) return;
  event.preventDefault();
  send();
}

function grow() {
  draft().style.height = 'auto';
  draft().style.height = `${Math.min(draft().scrollHeight + 2, 170)}px`;
}

function fill(text, attached = {}) {
  draft().value = text;
  attach(attached);
  grow();
}

function attach(attached) {
  quote = attached.quote ?? null;
  editing = attached.editing ?? null;
  drawAttached();
  draft().focus();
}

function clear() {
  for (const photo of photos) URL.revokeObjectURL(photo.preview);
  [quote, editing, photos] = [null, null, []];
  draft().value = '';
  byId('trouble').textContent = '';
  grow();
  drawAttached();
}

function drawAttached() {
  const target = editing ?? quote;
  const words = editing ? t('editing') : t('quoting', { name: quote?.name ?? '' });
  const drop = { type: 'button', className: 'close', attributes: { 'aria-label': t('cancel') } };
  const cancel = () => (editing ? clear() : attach({}));
  const line = target && [
    el('p', {}, el('b', {}, words), target.text),
    el('button', { ...drop, on: { click: cancel } }, '×'),
  ];
  byId('attached').replaceChildren(...(line ?? []), ...photos.map(thumbnail));
  byId('attached').hidden = !target && photos.length === 0;
  byId('send').textContent = editing ? t('save') : t('send');
}

function thumbnail(photo) {
  const remove = () => {
    photos = photos.filter((each) => each !== photo);
    drawAttached();
  };
  const attributes = { 'aria-label': t('removePhoto') };
  return el(
    'span',
    { className: 'thumbnail' },
    el('img', { src: photo.preview, alt: t('photo'), width: 64, height: 64 }),
    el('button', { type: 'button', className: 'close', attributes, on: { click: remove } }, '×'),
  );
}

async function addPhotos() {
  const files = [...byId('photos').files];
  byId('photos').value = '';
  for (const file of files.slice(0, 9 - photos.length)) {
    try {
      photos = [...photos, { ref: await uploadPhoto(file), preview: URL.createObjectURL(file) }];
      drawAttached();
    } catch (error) {
      byId('trouble').textContent = trouble(error.code);
    }
  }
}

function send() {
  const text = draft().value.trim();
  const chat = state.open;
  if (!me() || !chat || (text === '' && photos.length === 0)) return;
  if (editing) {
    ask({ type: 'edit', id: editing.id, chat, as: state.me, text });
  } else {
    const request = { type: 'message', id: crypto.randomUUID(), chat, as: state.me, text };
    deliver({ ...request, quote: quote?.id ?? null, photos: photos.map(({ ref }) => ref) }, quote);
  }
  clear();
  draft().focus();
}

function drawSuggestions() {
  byId('suggestions').setAttribute('aria-label', t('suggestionsLabel'));
  const each = suggestionsFor(me(), state.open).map(({ text, quote: answered }) => {
    const choose = { click: () => fill(text, { quote: answered }) };
    const button = { type: 'button', className: 'suggestion', on: choose };
    return el('li', {}, el('button', button, text.replace(/\n/g, ' ')));
  });
  byId('suggestions').replaceChildren(...each);
}
