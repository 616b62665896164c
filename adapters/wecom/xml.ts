/**
 * The fields of WeCom's XML: one element that holds simple elements, their words plain or as CDATA. No declared
 * entities, no attributes, nothing outside: what is other is no XML of WeCom's, and is refused.
 */

const MOST_FIELDS = 100;

/** Fields that hold elements themselves (`<ScanCodeInfo>`) are passed over. Null where it is none of WeCom's. */
export function fieldsOf(xml: string): ReadonlyMap<string, string> | null {
  const body = /^\s*(?:<\?xml[^>]*\?>\s*)?<xml>([\s\S]*)<\/xml>\s*$/.exec(xml)?.[1];
  if (body === undefined) return null;
  const fields = new Map<string, string>();
  for (let at = skipSpace(body, 0); at < body.length; at = skipSpace(body, at)) {
    const field = fieldAt(body, at);
    // A field that comes twice may be one that somebody wrote into a message.
    if (field === null || fields.has(field.name) || fields.size >= MOST_FIELDS) return null;
    fields.set(field.name, field.text);
    at = field.end;
  }
  return fields;
}

interface Field {
  readonly name: string;
  readonly text: string;
  readonly end: number;
}

function fieldAt(body: string, at: number): Field | null {
  const name = nameAt(body, at);
  if (name === null) return null;
  const start = at + name.length + 2;
  const close = `</${name}>`;
  if (body.startsWith(CDATA, start)) {
    const stop = body.indexOf(CDATA_END, start);
    const end = stop + CDATA_END.length;
    if (stop < 0 || !body.startsWith(close, end)) return null;
    return { name, text: body.slice(start + CDATA.length, stop), end: end + close.length };
  }
  const stop = body.indexOf(close, start);
  if (stop < 0) return null;
  const inside = body.slice(start, stop);
  const text = inside.includes('<') ? '' : decoded(inside);
  return { name, text, end: stop + close.length };
}

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
const LONGEST_NAME = 64;

const nameAt = (body: string, at: number): string | null =>
  /^<([A-Za-z]\w*)>/.exec(body.slice(at, at + LONGEST_NAME))?.[1] ?? null;

function skipSpace(body: string, at: number): number {
  let next = at;
  while (next < body.length && /\s/.test(body.charAt(next))) next++;
  return next;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** The five that need no declaration; any other stays as it is written. */
const decoded = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
