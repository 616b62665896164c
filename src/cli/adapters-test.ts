/**
 * `huiyin adapters test telegram --to …`: one message, and in words what became of it. Where a bot runs, it sends it:
 * on some platforms a second connection would throw out the first.
 */
import type { Policy } from '../domain/policy.ts';
import { systemClock } from '../kernel/clock.ts';
import type { ChatAdapter, ChatRef, SendResult, Sink } from '../port.ts';
import type { Adapters } from './adapters.ts';
import { resultWords } from './adapters-words.ts';
import { askRunning, deaf } from './asking.ts';
import { controlPlaces } from './control.ts';
import { sendTest } from './control-of.ts';
import { isAddress } from './database.ts';
import { CliError } from './failure.ts';
import { carriersIn } from './held.ts';
import { type Place, type PlaceOptions, placeOf } from './place.ts';
import { chosen, platformOf } from './platforms.ts';
import { readerIfAny } from './reader.ts';
import { loadTownship, policyOf } from './township.ts';
import { whoIsWho } from './who.ts';

export interface TestOptions extends PlaceOptions {
  readonly id: string;
  /** A person of the roster, by name or id; a bound group's or any other chat's id. */
  readonly to: string;
  /** An id that the roster does not know is a group's. */
  readonly group?: boolean;
  readonly text?: string;
}

const WORDS = '这是一条测试消息：收到就说明机器人接通了，不用回。';

/** @returns 0 where it was sent, else 1 */
export async function testAdapter(options: TestOptions, registry: Adapters): Promise<0 | 1> {
  const place = await placeOf(options);
  const policy = await whoIsWho(place, policyOf(await loadTownship(place.township), 1));
  const chat = chatOf(options, policy);
  const result = await sent(options, chat, { place, policy, registry });
  const { sent: good, words } = resultWords(result);
  process.stdout.write(`${words}\n`);
  return good ? 0 : 1;
}

interface Parts {
  readonly place: Place;
  readonly policy: Policy;
  readonly registry: Adapters;
}

async function sent({ id, text = WORDS }: TestOptions, chat: ChatRef, parts: Parts): Promise<SendResult> {
  const { place, policy, registry } = parts;
  const [db = place.db] = controlPlaces(place, [id]);
  const answer = await askRunning<SendResult | null>({ db }, { op: 'send', account: id, chat, text });
  if (answer.state === 'answered' && answer.value !== null) return answer.value;
  // It may hold this very connection, and a second one may throw it out.
  if (answer.state === 'deaf') throw deaf('没有发');
  await refuseCarried(id, parts);
  const [entry] = chosen(place, [id]);
  if (entry === undefined) throw new Error(`${id} was chosen and is not there`);
  const platform = await platformOf(entry, { place, policy: () => policy, registry });
  return alone(platform.open(), chat, text);
}

/** On a server another machine's bot may carry the account: a second connection may throw it out. */
async function refuseCarried(id: string, { place: { db }, policy }: Parts): Promise<void> {
  const reader = isAddress(db) ? await readerIfAny(db) : null;
  if (reader === null) return;
  const leases = (prefix: string) => reader.leases(policy.roster.township.id, prefix);
  const carriers = await carriersIn(leases, systemClock.now()).finally(() => reader.close());
  const carrier = carriers.get(id);
  if (carrier === undefined) return;
  throw new CliError(1, {
    what: `平台 ${id} 由另一处的程序带着：${carrier}，这里问不到它。`,
    safe: '没有发，它照常运行。',
    next: '到那台机器上再来一次，或者先停掉它。',
  });
}

/** Takes nothing in: what comes meanwhile is not acknowledged and waits for the bot. */
const NOTHING: Sink = {
  receive: () => Promise.reject(new Error('only a test: nothing is taken in')),
};

async function alone(adapter: ChatAdapter, chat: ChatRef, text: string): Promise<SendResult> {
  await adapter.start(NOTHING);
  try {
    return await sendTest(adapter, chat, text, systemClock);
  } finally {
    await adapter.stop();
  }
}

export function chatOf(
  { id, to, group = false }: Pick<TestOptions, 'id' | 'to' | 'group'>,
  { roster, directory }: Policy,
): ChatRef {
  const people = roster.people.filter((person) => person.id === to || person.name === to);
  const [person, ...more] = people;
  if (person !== undefined && more.length > 0)
    throw wrong(`叫“${to}”的有 ${people.length} 位，请写编号：${people.map((one) => one.id).join('、')}。`);
  if (person !== undefined) {
    const account = person.accounts[id];
    if (account === undefined) throw wrong(`${person.name}在 ${id} 上还没有账号。`);
    return { id: account, kind: 'direct' };
  }
  const bound = roster.chats.find((chat) => chat.id === to && chat.adapter === id)?.external ?? to;
  const known = directory.chat(id, bound) !== null;
  return { id: bound, kind: group || known ? 'group' : 'direct' };
}

const wrong = (what: string): CliError =>
  new CliError(2, {
    what,
    safe: '没有发。',
    next: '写对人名、编号或群号；先用 huiyin roster codes 让本人绑定。',
  });
