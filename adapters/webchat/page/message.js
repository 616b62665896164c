/** One message as it stands in the log. */
import { avatar, el } from './dom.js';
import { state, tell } from './state.js';
import { t } from './words.js';

/** @param given `{ mine, time, quote }`: whose side, the time in words, what a tap on the bubble does. */
export function bubble(message, { mine, time, quote }) {
  const isBot = message.from === null;
  const classes = ['message', mine ? 'mine' : 'theirs', isBot ? 'from-bot' : ''].join(' ').trim();
  const meta = el(
    'p',
    { className: 'meta' },
    el('b', {}, message.name),
    el('time', {}, time),
    marks(message),
    actions(message, mine, quote),
  );
  const box = el('div', { className: 'bubble' }, quoted(message), words(message.text), pictures(message));
  // A tap on what the bot wrote quotes it, as in a messenger; selecting text to copy it does not.
  if (isBot) box.addEventListener('click', () => String(getSelection()) === '' && quote());
  const body = el('div', { className: 'message-body' }, meta, box, buttons(message));
  return el('li', { className: classes, dataset: { id: message.id } }, avatar(message.name, isBot), body);
}

export function failedLine(message) {
  const again = { type: 'button', className: 'link', on: { click: () => tell('retry', message) } };
  return el('p', { className: 'failed' }, `${t('failed')} · `, el('button', again, t('retry')));
}

function marks(message) {
  if (message.sending) return el('span', {}, t('sending'));
  return message.edited ? el('span', {}, t('edited')) : null;
}

function quoted(message) {
  if (!message.quote) return null;
  const { name, text } = message.quote;
  return el('blockquote', {}, el('b', {}, `${name}：`), text);
}

/** Case numbers stand out: they are what people say to each other. */
function words(text) {
  if (text === '') return null;
  const parts = text.split(/(#\d{3,}|[A-Z]{2,}\d{4}-\d{4,})/);
  const nodes = parts.map((part, index) => (index % 2 === 1 ? el('b', { className: 'number' }, part) : part));
  return el('p', { className: 'text' }, ...nodes);
}

function pictures(message) {
  if (message.media.length === 0) return null;
  return el('div', { className: 'pictures' }, ...message.media.map(picture));
}

function picture(media) {
  const address = media.ref === null ? null : `/api/photos/${encodeURIComponent(media.ref)}`;
  if (address === null) return el('span', { className: 'file' }, media.name ?? t('photo'));
  if (media.kind !== 'image')
    return el('a', { className: 'file', href: address, download: media.name }, media.name);
  const image = el('img', { src: address, alt: t('photo'), loading: 'lazy', width: 176, height: 176 });
  return el('a', { href: address, target: '_blank', rel: 'noopener' }, image);
}

function buttons(message) {
  if (message.buttons.length === 0) return null;
  const press = (command) => () => tell('press', { message, command });
  const each = message.buttons.map(({ label, command }) =>
    el('button', { type: 'button', className: 'choice', on: { click: press(command) } }, label),
  );
  return el('div', { className: 'choices' }, ...each);
}

function actions(message, mine, quote) {
  if (message.sending || message.failed) return null;
  const action = (word, run) =>
    el('button', { type: 'button', className: 'link', on: { click: run } }, t(word));
  const own = () => [
    action('edit', () => tell('edit', message)),
    action('recall', () => tell('recall', message)),
  ];
  return el('span', { className: 'actions' }, action('quote', quote), ...(mine && state.me ? own() : []));
}
