/**
 * One township on three platforms: the real adapters of Telegram, WeChat and Feishu against servers on loopback, one
 * house over one database file, and a clock that the story moves.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFeishu } from '../../adapters/feishu/index.ts';
import { FakeFeishu } from '../../adapters/feishu/test/fake-feishu.ts';
import { optionsFor as feishuOptions, received } from '../../adapters/feishu/test/harness.ts';
import { createTelegram } from '../../adapters/telegram/index.ts';
import { FakeTelegram } from '../../adapters/telegram/test/fake-telegram.ts';
import { optionsFor as telegramOptions } from '../../adapters/telegram/test/harness.ts';
import { createWechaty } from '../../adapters/wechaty/index.ts';
import { TEXT, optionsFor as wechatyOptions } from '../../adapters/wechaty/test/harness.ts';
import type { Said } from '../../adapters/wechaty/test/puppet-server.ts';
import { Service } from '../../adapters/wechaty/test/service.ts';
import { createHouse, type House } from '../../src/cli/house.ts';
import { mediaBeside } from '../../src/cli/media.ts';
import { keeperOf } from '../../src/cli/simulate.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { ManualClock, ManualTimers } from '../../src/kernel/clock.ts';
import { createLogger } from '../../src/kernel/log.ts';
import type { Instant } from '../../src/kernel/zone.ts';
import type { ChatAdapter, Sink } from '../../src/port.ts';
import { earliestDue, runDue } from '../../src/schedule/due.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { createVault } from '../../src/vault/index.ts';
import { eventually, pass, type WatchedTimers } from '../adapters/support.ts';
import { at, countingBytes, KEY, testPolicy } from '../support/world.ts';

export const GROUP = -1_001_754_391_277;
export const LIN = { id: 5_770_001, is_bot: false, first_name: '林桂香' };
export const LI = 'wxid_li';
export const XIONG = 'ou_xiong';

/** Each on the platform that they use; the others have theirs on none of the three. */
const bound = (yaml: string): string =>
  yaml
    .replace('{ bridge: u-lin }', `{ telegram: "${LIN.id}" }`)
    .replace('{ bridge: u-li }', `{ wechaty: ${LI} }`)
    .replace('{ bridge: u-ma }', '{ wechaty: wxid_ma }')
    .replace('{ bridge: u-long }', '{ feishu: ou_long }')
    .replace('{ bridge: u-xiong }', `{ feishu: ${XIONG} }`)
    .replace('{ bridge: u-duty, second: u2-duty }', '{ feishu: ou_duty }')
    .replace('adapter: bridge, external: g-fl,', `adapter: telegram, external: "${GROUP}",`);

const MINUTE = 60_000;

/** A send is under way while its platform has not answered; only the clock can end a pause between two. */
class Counted {
  underWay = 0;
  taken = 0;

  over(adapter: ChatAdapter): ChatAdapter {
    return {
      id: adapter.id,
      get capabilities() {
        return adapter.capabilities;
      },
      start: (sink) => adapter.start(this.#counting(sink)),
      send: (message) => {
        this.underWay++;
        return adapter.send(message).finally(() => this.underWay--);
      },
      stop: () => adapter.stop(),
      fetchMedia: (ref) => adapter.fetchMedia(ref),
      health: () => adapter.health(),
    };
  }

  #counting(sink: Sink): Sink {
    return {
      receive: async (inbound) => {
        const result = await sink.receive(inbound);
        this.taken++;
        return result;
      },
    };
  }
}

interface Platforms {
  readonly telegram: FakeTelegram;
  readonly wechat: Service;
  readonly feishu: FakeFeishu;
}

export class ThreePlatforms {
  readonly telegram: FakeTelegram;
  readonly wechat: Service;
  readonly feishu: FakeFeishu;
  readonly clock: ManualClock;
  readonly store: Store;
  readonly scope: { readonly township: string };
  /** What the program and the adapters logged, secrets and all. */
  readonly lines: string[] = [];
  readonly #house: House;
  /** Of the outbox alone: the adapters' deadlines never pass, since all servers answer. */
  readonly #timers: ManualTimers;
  readonly #wechatTimers: WatchedTimers;
  readonly #counted = new Counted();
  readonly #adapters: readonly ChatAdapter[];
  readonly #folder: string;
  #ids = 100;

  private constructor(platforms: Platforms, folder: string, start: Instant) {
    this.telegram = platforms.telegram;
    this.wechat = platforms.wechat;
    this.feishu = platforms.feishu;
    this.#folder = folder;
    const policy: Policy = testPolicy({ township: bound });
    this.scope = { township: policy.roster.township.id };
    this.clock = new ManualClock(start);
    this.#timers = new ManualTimers(this.clock);
    const { clock } = this;
    const log = createLogger((level, fields, message) => {
      this.lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    });
    const common = { clock, log };
    const groups = (): readonly string[] => [String(GROUP)];
    const wechaty = wechatyOptions(this.wechat, common);
    this.#wechatTimers = wechaty.timers;
    this.#adapters = [
      createTelegram(telegramOptions(this.telegram.root, { ...common, groups }).options),
      createWechaty(wechaty.options),
      createFeishu(feishuOptions(this.feishu.root, common).options),
    ].map((adapter) => this.#counted.over(adapter));
    const file = join(folder, 'township.db');
    this.store = openSqliteStore({ file, now: () => clock.now(), owner: 'story' });
    this.#house = createHouse({
      store: this.store,
      policy: () => policy,
      clock,
      timers: this.#timers,
      vault: createVault(KEY, countingBytes()),
      log,
      owner: 'story',
      adapters: new Map(this.#adapters.map((adapter) => [adapter.id, adapter])),
      keepFile: keeperOf(join(folder, 'files')),
      media: mediaBeside(folder),
      waits: false,
    });
  }

  static async open(start: string): Promise<ThreePlatforms> {
    const folder = await mkdtemp(join(tmpdir(), 'huiyin-three-'));
    const wechat = await Service.open();
    await wechat.reset();
    await wechat.steer({ do: 'person', id: LI, name: '李明辉' });
    await wechat.steer({ do: 'person', id: 'wxid_ma', name: '马晓燕' });
    const telegram = await FakeTelegram.open();
    telegram.members.set(String(GROUP), 'member');
    const platforms = { telegram, wechat, feishu: await FakeFeishu.open() };
    const township = new ThreePlatforms(platforms, folder, at(start));
    await township.#start();
    return township;
  }

  async close(): Promise<void> {
    await this.#house.release();
    for (const adapter of this.#adapters) await adapter.stop();
    await this.#house.dispatcher.stop();
    await this.store.close();
    await Promise.all([this.telegram.close(), this.wechat.close(), this.feishu.close()]);
    await rm(this.#folder, { recursive: true });
  }

  /** How each platform's connection is. */
  health(): readonly string[] {
    return this.#adapters.map((adapter) => `${adapter.id} ${adapter.health().state}`);
  }

  /** What the bot said to this chat on Telegram, with its buttons. */
  onTelegram(chat: number) {
    const calls = this.telegram.calls.filter(({ method }) => method.startsWith('send'));
    return calls.filter(({ payload }) => payload.chat_id === chat).map(({ payload }) => payload);
  }

  onWechat(chat: string): readonly Said[] {
    return this.wechat.said.filter(({ conversation }) => conversation === chat);
  }

  onFeishu(chat: string) {
    return this.feishu.said.filter((one) => one.chat === chat);
  }

  /** In a chat of Telegram. @returns the message's number */
  async tellTelegram(chat: { readonly id: number; readonly type: string }, words: object): Promise<number> {
    const id = this.#ids++;
    const message = { message_id: id, from: LIN, chat, date: Math.floor(this.clock.now() / 1_000), ...words };
    await this.#taking(() => this.telegram.push({ message }));
    return id;
  }

  /** Presses a button under what the bot said to Lin in private. */
  async press(command: string): Promise<void> {
    const message = { message_id: 1, date: 1, chat: { id: LIN.id, type: 'private' }, text: '' };
    const callback_query = { id: `press-${this.#ids++}`, from: LIN, data: command, message };
    await this.#taking(() => this.telegram.push({ callback_query }));
  }

  /** Li to the bot, in private. */
  async tellWechat(text: string): Promise<void> {
    const payload = { id: `wx-${this.#ids++}`, talkerId: LI, listenerId: 'wxid_bot', type: TEXT, text };
    await this.#taking(() => this.wechat.steer({ do: 'message', payload }));
  }

  /** The secretary to the bot, in private. */
  async tellFeishu(text: string): Promise<void> {
    const over = { chat_type: 'p2p', chat_id: 'oc_p2p', content: JSON.stringify({ text }) };
    await this.#taking(() => void this.feishu.push(received(`om_in_${this.#ids++}`, over, XIONG)));
  }

  /** The service behind WeChat goes down. */
  async wechatDown(): Promise<void> {
    await this.wechat.steer({ do: 'down' });
    await eventually(() => !this.health().includes('wechaty online'));
  }

  async wechatUp(): Promise<void> {
    await this.wechat.steer({ do: 'up' });
    await pass({ timers: this.#wechatTimers }, 1_000);
    await eventually(() => this.health().includes('wechaty online'));
  }

  /** Everything due until then, each at its own time, as the platforms' pace allows. */
  async until(words: string): Promise<void> {
    const end = at(words);
    for (;;) {
      await this.#still();
      const due = await earliestDue(this.#house.due);
      if (due === null || due > end) break;
      // What can't be moved, as a message to an account that does not run, stays due.
      this.#moveTo(Math.max(due, this.clock.now()));
      const next = await runDue(this.#house.due, this.clock.now(), () => undefined);
      if (next !== null && next <= this.clock.now()) this.#moveTo(this.clock.now() + MINUTE);
    }
    this.#moveTo(end);
  }

  async #start(): Promise<void> {
    await this.#house.due.jobs.open(this.clock.now());
    for (const adapter of this.#adapters) await adapter.start(this.#house.sink);
    await eventually(() => this.#adapters.every((adapter) => adapter.health().state === 'online'));
  }

  async #taking(say: () => unknown): Promise<void> {
    const before = this.#counted.taken;
    await say();
    await eventually(() => this.#counted.taken > before);
    await this.#still();
    await this.#house.finish();
    await this.#still();
  }

  #moveTo(end: Instant): void {
    this.#timers.advanceBy(Math.max(0, end - this.clock.now()));
  }

  /** Until all that is in hand has been sent: where nothing is under way, it is the clock that is waited for. */
  async #still(): Promise<void> {
    let flushed = false;
    const flush = this.#house.dispatcher.flush().then(() => {
      flushed = true;
    });
    for (let idle = 0; !flushed; ) {
      await new Promise((resolve) => setImmediate(resolve));
      idle = this.#counted.underWay === 0 ? idle + 1 : 0;
      if (idle > 50) {
        this.#moveTo(this.clock.now() + 1_000);
        idle = 0;
      }
    }
    await flush;
  }
}
