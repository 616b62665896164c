/** How people and groups come to the bot: codes, other platforms, joins. For stories. */
import { type Issued, issueCodes } from '../../src/desk/issuing.ts';
import { secretsOf } from '../../src/desk/secrets.ts';
import { printedCode } from '../../src/domain/binding-code.ts';
import type { Inbound } from '../../src/port.ts';
import { createVault } from '../../src/vault/index.ts';
import { countingBytes, KEY, type World } from './world.ts';

/** The stories' other platform, beside the bridge. */
export const PHONE_APP = 'telegram';

let drawn = 0;
/** Different in each draw, the same in each run. */
const bytes = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, at) => (++drawn * 37 + at * 11 + (drawn >> 5)) % 256);

export const secrets = secretsOf(createVault(KEY, countingBytes()));

export async function issued(world: World, ...people: readonly string[]): Promise<readonly Issued[]> {
  const { store, scope } = world;
  return issueCodes(people, { store, scope, secrets, randomBytes: bytes });
}

/** A code as it stands on the slip. */
export async function codeFor(world: World, person: string): Promise<string> {
  const [one] = await issued(world, person);
  if (one === undefined) throw new Error(`no code for ${person}`);
  return printedCode(one.code);
}

let ids = 0;

/** On the other platform: in private, or in a group of it. */
export function onPhone(
  world: World,
  sender: string,
  text: string,
  options: {
    readonly in?: string;
    readonly mention?: boolean;
    readonly at?: string;
    readonly name?: string;
  } = {},
) {
  return world.hear(
    {
      eventKey: `m:p${++ids}`,
      kind: 'message',
      account: PHONE_APP,
      chat: options.in === undefined ? { id: sender, kind: 'direct' } : { id: options.in, kind: 'group' },
      sender: { id: sender, name: options.name ?? '手机用户', isSelf: false, isBot: false },
      messageId: `p${ids}`,
      text,
      mentionsBot: options.mention ?? false,
      quote: null,
      media: [],
      platformTime: null,
      address: {},
    },
    options.at === undefined ? {} : { at: options.at },
  );
}

/** The bot itself comes into a group of the other platform, or leaves it. */
export function botMoves(world: World, kind: 'join' | 'leave', group: string, key = `${kind[0]}:${++ids}`) {
  const inbound: Inbound = {
    eventKey: key,
    kind,
    account: PHONE_APP,
    chat: { id: group, kind: 'group' },
    sender: { id: 'bot', name: null, isSelf: true, isBot: true },
    messageId: null,
    text: '',
    mentionsBot: false,
    quote: null,
    media: [],
    platformTime: null,
    address: { chatId: group },
  };
  return world.hear(inbound, {});
}

/** The reference in the last notice to the admin. */
export function refIn(text: string): string {
  const ref = /绑[定群] ([a-z2-7]{4,8}) /u.exec(text)?.[1];
  if (ref === undefined) throw new Error(`no reference in: ${text}`);
  return ref;
}
