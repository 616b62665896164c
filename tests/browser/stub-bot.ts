/**
 * A bot of a few lines that plays one case from report to answer, so that the page can be tested without
 * the core: a report in the group gets a receipt, the officer a private message, and so on round.
 */
import type { Inbound, Outbound, Sink } from '@huiyin/core/port';
import type { BoardRow, Webchat } from '../../adapters/webchat/index.ts';

export interface StubBot extends Sink {
  readonly received: readonly Inbound[];
  readonly board: () => Promise<readonly BoardRow[]>;
}

/** @param officer the account that every case goes to. */
export function createStubBot(officer: string, clock: { now(): number }, chat: () => Webchat): StubBot {
  const received: Inbound[] = [];
  const rows: BoardRow[] = [];
  let reporter = '';
  let sent = 0;

  const send = (chatRef: Inbound['chat'], kind: string, text: string, replyTo: string | null = null) => {
    const message: Outbound = {
      id: `o${++sent}`,
      account: 'webchat',
      chat: chatRef,
      address: null,
      replyTo,
      text,
      kind,
      case: rows[0]?.number ?? null,
      cases: [],
      media: [],
      buttons: [],
      at: clock.now(),
    };
    return chat().send(message);
  };
  const direct = (id: string) => ({ id, kind: 'direct' as const });
  const move = (state: string) => {
    const [row] = rows;
    if (row) rows[0] = { ...row, state };
  };

  const report = async (event: Inbound) => {
    reporter = event.sender.id;
    const due = clock.now() + 3 * 86_400_000;
    const number = `LC2611-${String(rows.length + 42).padStart(4, '0')}`;
    const place = { place: '龙塘湾村3组桥头', office: '村建办', due };
    rows.unshift({ number, category: '路灯', state: 'assigned', ...place });
    const short = `#${number.slice(-4)}`;
    const receipt = `记下了 ${short}：龙塘湾村3组桥头路灯坏了两盏。\n转村建办，最迟11月5日给您回话。`;
    await send(event.chat, 'receipt', receipt, event.messageId);
    const task = `${short} 路灯\n龙塘湾村3组桥头，两盏不亮，晚上老人走路看不见。\n11月5日17:30前办结。回“接单”就行。`;
    await send(direct(officer), 'assignment', task);
  };

  const answer = async (event: Inbound) => {
    if (event.text.startsWith('接单')) {
      move('in_progress');
      await send(event.chat, 'accepted', '好，#0042 归您办了。', event.messageId);
    } else if (event.text.startsWith('办结')) {
      move('resolved');
      await send(event.chat, 'notice', '记下了。已告诉报的人，等评价。', event.messageId);
      const asked = '#0042 办好了：灯泡换了，晚上试过，都亮。\n您看怎么样？回 1 满意　2 基本满意　3 没解决';
      await send(direct(reporter), 'resolved', asked);
    } else if (event.text.startsWith('满意') || event.text === '1') {
      move('closed');
      await send(event.chat, 'closed', '谢谢您！#0042 结案了。', event.messageId);
    }
  };

  return {
    received,
    board: async () => rows,
    async receive(event) {
      received.push(event);
      if (event.kind === 'message' && event.chat.kind === 'group' && event.text.includes('灯'))
        await report(event);
      else if (event.chat.kind === 'direct') await answer(event);
      return { outcome: 'done', flushed: Promise.resolve() };
    },
  };
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
