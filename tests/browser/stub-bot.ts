/**
 * A bot of a few lines that plays one case from report to answer, so that the page can be tested without
 * the core: a report in the group gets a receipt, the officer a private message, and so on round.
 */
import type { ChatRef, Inbound, Sink, Taken } from '@huiyin/core/port';
import type { BoardRow, Webchat } from '../../adapters/webchat/index.ts';

export interface StubBot extends Sink {
  readonly received: readonly Inbound[];
  readonly board: () => Promise<readonly BoardRow[]>;
}

/** @param officer the account that every case goes to. */
export function createStubBot(officer: string, clock: { now(): number }, chat: () => Webchat): StubBot {
  return new OneCaseBot(officer, clock, chat);
}

const direct = (id: string): ChatRef => ({ id, kind: 'direct' });
const DAY_MS = 86_400_000;

class OneCaseBot implements StubBot {
  readonly received: Inbound[] = [];
  readonly #officer: string;
  readonly #clock: { now(): number };
  readonly #chat: () => Webchat;
  readonly #rows: BoardRow[] = [];
  #reporter = '';
  #sent = 0;

  constructor(officer: string, clock: { now(): number }, chat: () => Webchat) {
    this.#officer = officer;
    this.#clock = clock;
    this.#chat = chat;
  }

  board = async (): Promise<readonly BoardRow[]> => this.#rows;

  async receive(event: Inbound): Promise<Taken> {
    this.received.push(event);
    const isReport = event.kind === 'message' && event.chat.kind === 'group' && event.text.includes('灯');
    if (isReport) await this.#report(event);
    else if (event.chat.kind === 'direct') await this.#answer(event);
    return { outcome: 'done', flushed: Promise.resolve() };
  }

  async #report(event: Inbound): Promise<void> {
    this.#reporter = event.sender.id;
    const number = `LC2611-${String(this.#rows.length + 42).padStart(4, '0')}`;
    const where = { place: '龙塘湾村3组桥头', office: '村建办', due: this.#clock.now() + 3 * DAY_MS };
    this.#rows.unshift({ number, category: '路灯', state: 'assigned', ...where });
    const short = `#${number.slice(-4)}`;
    const receipt = `记下了 ${short}：龙塘湾村3组桥头路灯坏了两盏。\n转村建办，最迟11月5日给您回话。`;
    await this.#send(event.chat, 'receipt', receipt, event.messageId);
    const task = `${short} 路灯\n龙塘湾村3组桥头，两盏不亮，晚上老人走路看不见。\n11月5日17:30前办结。回“接单”就行。`;
    await this.#send(direct(this.#officer), 'assignment', task);
  }

  async #answer(event: Inbound): Promise<void> {
    if (event.text.startsWith('接单')) {
      this.#move('in_progress');
      await this.#send(event.chat, 'accepted', '好，#0042 归您办了。', event.messageId);
    } else if (event.text.startsWith('办结')) {
      this.#move('resolved');
      await this.#send(event.chat, 'notice', '记下了。已告诉报的人，等评价。', event.messageId);
      const asked = '#0042 办好了：灯泡换了，晚上试过，都亮。\n您看怎么样？回 1 满意　2 基本满意　3 没解决';
      await this.#send(direct(this.#reporter), 'resolved', asked);
    } else if (event.text.startsWith('满意') || event.text === '1') {
      this.#move('closed');
      await this.#send(event.chat, 'closed', '谢谢您！#0042 结案了。', event.messageId);
    }
  }

  #move(state: string): void {
    const [row] = this.#rows;
    if (row) this.#rows[0] = { ...row, state };
  }

  async #send(chat: ChatRef, kind: string, text: string, replyTo: string | null = null): Promise<void> {
    await this.#chat().send({
      id: `o${++this.#sent}`,
      account: 'webchat',
      chat,
      address: null,
      replyTo,
      text,
      kind,
      case: this.#rows[0]?.number ?? null,
      cases: [],
      media: [],
      buttons: [],
      at: this.#clock.now(),
    });
  }
}

export const DEMO_CHATS = [
  { external: 'g-ltw', title: '龙塘湾村三长群', kind: 'heads', village: '龙塘湾村' },
  { external: 'g-zss', title: '竹山社区三长群', kind: 'heads', village: '竹山社区' },
  { external: 'g-off', title: '镇承办人群', kind: 'officers', village: null },
] as const;

const person = (account: string, name: string, title: string, ...groups: string[]) => ({
  account,
  name,
  title,
  groups,
});

export const DEMO_PEOPLE = [
  person('lin', '林秀英', '龙塘湾村 3组 7邻 邻长', 'g-ltw'),
  person('zhangwx', '张万香', '龙塘湾村 3组 8邻 邻长', 'g-ltw'),
  person('ding', '丁桂兰', '龙塘湾村 6组 1邻 邻长', 'g-ltw'),
  person('jiang', '蒋玉梅', '竹山社区 1组 1邻 邻长', 'g-zss'),
  person('zhou', '周长林', '龙塘湾村 3组 组长', 'g-ltw'),
  person('xie', '谢国强', '龙塘湾村 一片 片长', 'g-ltw'),
  person('li', '李明', '村建办 承办人', 'g-off'),
  person('tan', '谭伟', '供电所 承办人', 'g-off'),
  person('wang', '王志刚', '村建办 分管领导', 'g-off'),
  person('xiong', '熊丹', '镇党委 书记', 'g-off'),
  person('duty', '吴敏', '值班员', 'g-off', 'g-ltw', 'g-zss'),
  person('ma', '马力', '龙塘湾村 驻村干部', 'g-ltw'),
  person('admin', '高飞', '管理员'),
];
