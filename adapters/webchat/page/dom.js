/** Small hands for the page: elements, times, colours. Text always goes in as text, never as markup. */

/** @param properties what `Object.assign` can set; `dataset`, `attributes` and `on` go one level down. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  const { dataset, attributes, on, ...plain } = properties;
  Object.assign(node, plain);
  Object.assign(node.dataset, dataset);
  for (const [name, value] of Object.entries(attributes ?? {})) node.setAttribute(name, value);
  for (const [name, listener] of Object.entries(on ?? {})) node.addEventListener(name, listener);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** A made-up person's colour: the same name is the same colour on each page. */
export function hueOf(name) {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 360;
  return sum;
}

export function avatar(name, isBot) {
  const letter = isBot ? '回' : [...name][0];
  const face = el('span', {
    className: isBot ? 'avatar bot' : 'avatar',
    attributes: { 'aria-hidden': 'true' },
  });
  face.textContent = letter;
  // A custom property, set by script: the page's rules forbid style attributes in markup.
  if (!isBot) face.style.setProperty('--hue', hueOf(name));
  return face;
}

/** Formatters cost more than what they format: one each for a language and a zone. */
const formatters = new Map();
function formatter(locale, timeZone, options) {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale, { timeZone, ...options }));
  return formatters.get(key);
}

export const clockTime = (at, locale, zone) =>
  formatter(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

/** `2026-11-02`, to compare days by. */
export const dayOf = (at, zone) => formatter('sv-SE', zone, { dateStyle: 'short' }).format(at);

export const dayText = (at, locale, zone) =>
  formatter(locale, zone, { month: 'long', day: 'numeric', weekday: 'short' }).format(at);

export const dateText = (at, locale, zone) =>
  formatter(locale, zone, { month: locale === 'en' ? 'short' : 'numeric', day: 'numeric' })
    .format(at)
    .replace(/^(\d+)\/(\d+)$/, '$1月$2日');

/** Whole calendar days from `now` to `at`, by the township's calendar. */
export function daysBetween(now, at, zone) {
  const midnight = (instant) => Date.parse(`${dayOf(instant, zone)}T00:00:00Z`);
  return Math.round((midnight(at) - midnight(now)) / 86_400_000);
}
