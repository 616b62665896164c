/** Small talk that the bot holds its tongue about, beside grammY doing nothing at all with the same message. */
import { join } from 'node:path';
import { Bot } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import { type Bot as BenchBot, heard, startBot } from './bot.ts';
import { alternate, timed } from './measure.ts';
import type { BenchSettings } from './row.ts';
import { benchTownship, line, type Writer, writersOf } from './township.ts';

/** As groups of a township talk: greetings, thanks, calls to meetings, weather, and now and then a number. */
const TALK = [
  '收到',
  '好的',
  '收到[抱拳]',
  '各位早上好，大家辛苦了',
  '下午三点在社区开会，网格长都来',
  '今天有领导来村里看看，大家把门口扫一下',
  '我家橘子熟了，要的来摘，不要钱',
  '昨晚球赛看了没，那个裁判真是有问题',
  '谢谢老板',
  '周末快乐☀️',
  '哪个屋里有多的锄头借一把',
  '今天大雾，开车慢点',
  '转：冬季用火用电十条提醒，请大家看看',
  '我老表从广东回来了，晚上喝一杯',
  '本周五下午大扫除，自愿参加',
  '哈哈哈哈',
  '今天赶集人好多，车都没地方停了',
  '明天赶集一起去',
  '厉害了，我家阳台上都结出辣椒了',
  '中午吃什么好呢😄',
];

type Said = (n: number) => string;

/** In turn, as groups say the same words day after day. */
const recurring: Said = (n) => TALK[n % TALK.length] ?? '';
const SIGHS = [...'啊哦呢哈呀嘛嗯嘿哟嗨'];
/** No two alike, each with a tail of its own: each has to be read. */
const fresh: Said = (n) => {
  const digits = [...String(Math.floor(n / TALK.length)).padStart(4, '0')];
  return `${recurring(n)}${digits.map((digit) => SIGHS[Number(digit)]).join('')}`;
};

const ME: UserFromGetMe = {
  id: 1,
  is_bot: true,
  first_name: 'Huiyin',
  username: 'huiyin_bot',
  can_join_groups: true,
  can_read_all_group_messages: true,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
};

export async function chatter({ folder, pairs, slice }: BenchSettings): Promise<object> {
  const township = benchTownship();
  const bot = await startBot(join(folder, 'chatter.db'), township);
  const writers = writersOf(township.policy);
  const again = await ignoring(bot, writers, recurring, pairs, slice * 100);
  const first = await ignoring(bot, writers, fresh, pairs, slice * 2);
  await bot.stop();
  return {
    ignoredPerSecond: { recurring: again.perSecond('ours'), fresh: first.perSecond('ours') },
    grammyPerSecond: again.perSecond('grammy'),
    ratio: { recurring: again.ratio('ours', 'grammy'), fresh: first.ratio('ours', 'grammy') },
    cpuMs: {
      recurring: again.cpuMs('ours'),
      fresh: first.cpuMs('ours'),
      grammy: again.cpuMs('grammy'),
    },
    ...(misread.size === 0 ? {} : { misread: [...misread].slice(0, 5) }),
    aims: { recurring: 3 },
    ...{ pairs, slice },
  };
}

/** Lines that were not ignored, if any: a figure with such lines in it says nothing. */
const misread = new Set<string>();

async function ignoring(bot: BenchBot, writers: readonly Writer[], said: Said, pairs: number, count: number) {
  const grammy = new Bot('1:none', { botInfo: ME });
  grammy.use(() => undefined);
  let next = 0;
  const talk = <T>(make: (id: number, text: string, writer: Writer) => T): T[] =>
    Array.from({ length: count }, () => {
      const writer = writers[next % writers.length];
      if (writer === undefined) throw new Error('nobody writes in this township');
      return make(next, said(next++), writer);
    });
  const ours = () => {
    const inbounds = talk((id, text, writer) => heard(line(`c${id}`, writer, text)));
    return timed(count, async () => {
      for (const inbound of inbounds) {
        const { outcome } = await bot.house.desk.receive(inbound);
        if (outcome !== 'ignored') misread.add(inbound.text);
      }
    });
  };
  const theirs = () => {
    const updates = talk(updateOf);
    return timed(count, async () => {
      for (const update of updates) await grammy.handleUpdate(update);
    });
  };
  return alternate(pairs, { ours, grammy: theirs });
}

/** The same message as Telegram tells it. */
function updateOf(id: number, text: string, writer: Writer): Update {
  return {
    update_id: id,
    message: {
      message_id: id,
      date: 1_793_584_800,
      chat: { id: -100, type: 'supergroup', title: writer.chat },
      from: { id: 501, is_bot: false, first_name: writer.account },
      text,
    },
  };
}
