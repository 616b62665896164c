/** A small township to speak in: its names are planted, so that tests find them where they must not be. */
import type { Taxonomy } from '../../src/domain/category.ts';
import type { Roster } from '../../src/domain/roster.ts';
import type { WordsPolicy } from '../../src/replies/context.ts';

export const PHONE = '0737-8880000';

export const roster: Roster = {
  township: {
    id: 'lucidu',
    name: '鸬鹚渡镇',
    county: '桃江县',
    timezone: 'Asia/Shanghai',
    casePrefix: 'LC',
    locale: 'zh-CN',
    dutyPhone: PHONE,
  },
  villages: [
    {
      id: 'ltw',
      name: '龙塘湾村',
      secretary: 'xie',
      cadres: ['ma'],
      zones: [
        {
          id: 'ltw-1',
          name: '一片',
          head: 'xie',
          groups: ['2', '3', '5', '6'].map((n) => ({
            id: `ltw-g${n}`,
            name: `${n}组`,
            head: 'zhou',
            neighborhoods: [
              { id: `ltw-g${n}-7`, name: '7邻', head: n === '3' ? 'lin' : null, households: 12 },
            ],
          })),
        },
      ],
    },
  ],
  offices: [
    office('cunjian', '村建办', 'wang', ['li', 'chen']),
    office('gongdian', '供电所', 'hu', ['tan']),
    office('minzheng', '民政办', 'wang', ['chen']),
  ],
  roles: { secretaries: ['xiong'], recorders: ['ban'], dispatchers: ['duty'], admins: ['admin'] },
  duty: [],
  people: Object.entries({
    lin: '林秀英',
    zhou: '周长林',
    xie: '谢国强',
    ma: '马晓东',
    li: '李明',
    chen: '陈刚',
    wang: '王志刚',
    hu: '胡波',
    tan: '谭伟',
    xiong: '熊丹',
    ban: '潘文书',
    duty: '吴小兰',
    admin: '管大军',
  }).map(([id, name]) => ({ id, name, phone: null, accounts: {} })),
  chats: [],
};

function office(id: string, name: string, leader: string, officers: readonly string[]) {
  return { id, name, tier: 'township', village: null, leader, officers, categories: [] } as const;
}

const category = (id: string, zh: string, short: string, en: string) =>
  ({
    id,
    zh,
    short,
    en,
    urgency: 'U4',
    firstResponse: '1wd',
    deadline: '5wd',
    firstTier: 'township',
    sensitive: 'no',
    codes: [],
  }) as const;

export const taxonomy: Taxonomy = {
  mains: [{ id: 'power', zh: '供电通信照明', en: 'Electricity, telecom and lighting' }],
  categories: [
    category('power.lamp', '路灯、楼道灯不亮', '路灯不亮', 'Street lamp out'),
    category('power.outage', '停电', '停电', 'Power cut'),
    category('safety.fire', '火灾、燃气泄漏、爆炸', '火情', 'Fire, gas leak or explosion'),
    category('welfare.dibao', '低保、特困申请与发放', '低保特困', 'Minimum living allowance'),
    category('gov.other', '其他', '其他事项', 'Other matters'),
  ],
  words: {},
};

export const policy: WordsPolicy = { roster, taxonomy };
