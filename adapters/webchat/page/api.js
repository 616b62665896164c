/** Talks to the server that this page came from; the token in the page's head proves that it did. */

const token = document.querySelector('meta[name=webchat-token]').content;
const headers = { 'x-webchat-token': token };

/** Refused in a way that the page has words for: `code`. */
export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...headers, ...options.headers } });
  } catch {
    throw new Refused('offline');
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  // The server was started anew since the page was loaded; drafts are kept over the reload.
  if (answer.error === 'wrong_token') location.reload();
  throw new Refused(answer.error ?? 'failed');
}

export const loadState = () => ask('/api/state');
export const loadBoard = () => ask('/api/board');

export function loadMessages(chat, before) {
  const query = new URLSearchParams({ chat, ...(before ? { before } : {}) });
  return ask(`/api/messages?${query}`);
}

export function post(request) {
  return ask('/api/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
}

export async function uploadPhoto(file) {
  const options = { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file };
  return (await ask('/api/photos', options)).ref;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Reads the event stream for ever, resuming after the last event seen. `EventSource` can't send the token
 * and does not tell why it was refused, so this reads the stream itself.
 * @param on `{ message, board, ready, reload, lost }`
 */
export async function listen(revision, on) {
  let last = revision;
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch('/api/stream', { headers: { ...headers, 'last-event-id': String(last) } });
      if (response.status === 403) return location.reload();
      if (!response.ok) throw new Error(String(response.status));
      for await (const event of events(response.body)) {
        tries = 0;
        if (event.id) last = Number(event.id);
        on[event.name]?.(event.data);
      }
    } catch {
      // Nothing to tell here: whatever broke the line, the answer is to try again.
    }
    on.lost();
    await pause(Math.min(5_000, 400 * 2 ** Math.min(tries, 6)));
  }
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const field = (name) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1];
      const data = field('data');
      if (data) yield { id: field('id'), name: field('event'), data: JSON.parse(data) };
    }
  }
}
