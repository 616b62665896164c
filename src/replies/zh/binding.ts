/** Who is who: binding by a code, matching by an admin, groups that are new. */
import type { BindingTemplates } from '../../domain/binding-messages.ts';
import type { WordsContext } from '../context.ts';
import { said } from '../held-back.ts';
import { clip, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { reporterName } from './phrases.ts';

const FOR_ADMINS = '有件登记的事，请管理员看私信。';

const duty = (phone: string | null): string =>
  phone === null ? '急事请直接找值班员' : `急事打值班电话 ${phone}`;

/** 龙塘湾村3组7邻邻长林秀英: among people of one name only the whole post tells who is meant. */
function whole(id: string | null, ctx: WordsContext): string {
  const name = id === null ? null : reporterName(id, ctx);
  if (name === null || id === null) return '有位同志';
  const post = ctx.names.post(id);
  const inVillage = post !== null && (post.group !== undefined || post.zone !== undefined);
  return `${inVillage && post.village !== undefined ? ctx.names.village(post.village) : ''}${name}`;
}

/** 龙塘湾村3组7邻邻长, 村建办: the post alone, for lists and slips. */
export function wholePost(id: string, ctx: WordsContext): string {
  const name = ctx.names.person(id);
  const all = whole(id, ctx);
  return name !== null && all.endsWith(name) ? all.slice(0, -name.length) : all;
}

const nameOf = (id: string | null, ctx: WordsContext): string =>
  clip((id === null ? null : ctx.names.person(id)) ?? '姓名', 20);

const word = (text: string | null, ctx: WordsContext, most = 40): string => clip(said(text, ctx) ?? '', most);

function placeOf(village: string | null, office: string | null, ctx: WordsContext): string {
  if (office !== null) return ctx.names.office(office);
  return village === null ? ctx.township.name : ctx.names.village(village);
}

const KINDS = { heads: '邻长群', residents: '居民群', officers: '干部群' } as const;

const HEADS = new Set(['neighbor_head', 'group_head', 'zone_head', 'cadre']);

function howTo(roles: readonly string[]): string {
  if (roles.some((role) => HEADS.has(role))) return '有事直接说，像平时说话一样，例如：3组桥头路灯不亮。';
  if (roles.includes('officer')) return '派给您的事我私信您，回“接单”“办结 做了什么”就行。';
  return '有事我私信您，直接回就行。';
}

const WARNINGS: Readonly<
  Record<
    BindingTemplates['bind_warning']['why'],
    (params: BindingTemplates['bind_warning'], ctx: WordsContext) => string
  >
> = {
  in_group: ({ person }, ctx) =>
    `${whole(person, ctx)}的绑定码被发到了群里，已经作废，没有人用它登记。请再做一个新的给本人。`,
  has_account: ({ person, account }, ctx) =>
    `有人拿${whole(person, ctx)}的绑定码来登记（${word(account, ctx)}），可是此人在这里已有账号：没有登记，码已作废。要换账号，先回“解绑 ${nameOf(person, ctx)}”，再给新码。`,
  many_wrong: () =>
    '一小时里收到很多错的绑定码，可能有人在试。已停收一小时，没有人登记成。急着登记的，等我通知有陌生人找我时，回“绑定 编码 姓名”。',
  not_me: ({ person, account }, ctx) =>
    `${whole(person, ctx)}说刚才的登记（${word(account, ctx)}）不是本人。请打电话问清；不是就回：解绑 ${nameOf(person, ctx)}`,
};

const REFUSALS: Readonly<
  Record<
    BindingTemplates['bind_refused']['why'],
    (params: BindingTemplates['bind_refused'], ctx: WordsContext) => string
  >
> = {
  not_admin: () => '这件事只有管理员能办，请找管理员。',
  unknown_ref: (params, ctx) =>
    `没有编码“${word(params.word, ctx, 20)}”，什么都没有改。编码在我发给您的通知里，是几个字母。`,
  unknown_person: (params, ctx) =>
    `名册上没有“${word(params.word, ctx, 20)}”，什么都没有改。请写名册上的全名；新来的先补进名册。`,
  unknown_place: (params, ctx) =>
    `没有叫“${word(params.word, ctx, 20)}”的村或单位，什么都没有改。请写全名，例如：绑定 龙塘湾村`,
  account_taken: ({ person }, ctx) =>
    `这个账号已经是${whole(person, ctx)}。弄错了就先回：解绑 ${nameOf(person, ctx)}`,
  person_has_account: ({ person, account }, ctx) =>
    `${whole(person, ctx)}在${word(account, ctx)}已经有账号，没有改。要换就先回“解绑 ${nameOf(person, ctx)}”；写在乡镇文件里的，请改文件再重新启动。`,
  group_in_file: () => '这个群写在乡镇文件里，没有改。请改文件，再重新启动。',
  in_file: ({ person }, ctx) => `${whole(person, ctx)}的账号写在乡镇文件里，没有改。请改文件，再重新启动。`,
  nothing_bound: () => '没有绑过，不用解。',
  usage: () =>
    '配人：绑定 编码 姓名；弄错了：解绑 姓名。配群：绑群 编码 村名，或者在群里写“绑定 村名”；居民群、干部群写在村名后面。编码在我发给您的通知里。',
  private_only: () => '带名字的请私信我说，不要写在群里。刚才那条请撤回。',
};

export const binding = {
  stranger: ({ dutyPhone, known }) =>
    known
      ? `您好，刚才那个群还没有登记，里面说的我不能收。请在村里的群里说，或者直接在这里跟我说；${duty(dutyPhone)}。`
      : `您好，我是回音，帮村里收事、回话的。您还不在名单上，有事请找您的邻长、组长；${duty(dutyPhone)}。`,
  stranger_to_admin: ({ ref, account, sender, name, chat, direct }, ctx) =>
    ctx.inGroup
      ? '有位不在名单上的人找我，请管理员看私信。'
      : lines(
          `有位不在名单上的人${direct ? '私信我' : '在群里说话'}。`,
          `账号：${word(sender, ctx)}（${word(account, ctx)}）`,
          name === null ? null : `网名：${word(name, ctx, 20)}（谁都能起，当不得真）`,
          direct ? null : `群：${word(chat, ctx)}`,
          `打电话问清了是谁，回：绑定 ${ref} 姓名。不认识的不用管。`,
        ),
  bind_welcome: ({ person, roles }, ctx) =>
    ctx.inGroup
      ? '登记好了，详情看私信。'
      : lines(`您好，登记好了：您是${whole(person, ctx)}。`, howTo(roles), '想看还能写什么，回“帮助”。'),
  bind_wrong: () => '这个绑定码用不了，没有登记。请对一对再发一次，或者请管理员给一个新的。',
  bind_shut: () => '不对的次数多了，请过一个小时再发。急的话请找管理员登记。',
  bind_taken: ({ person }, ctx) =>
    person === null || ctx.inGroup
      ? '这个绑定码在这里用不了，没有登记。请找管理员。'
      : `您在这里已经登记为${whole(person, ctx)}，没有改动。不对的话请找管理员。`,
  bind_in_group: () =>
    '绑定码只能私信发给我，不能发在群里。请把那条撤回；发出来的码已经作废，请向管理员要一个新的。',
  bind_elsewhere: ({ person, account }, ctx) =>
    ctx.inGroup
      ? '登记有变动，详情看私信。'
      : `${nameOf(person, ctx)}，您好：刚才有个账号（${word(account, ctx)}）登记成了您。若不是您本人，回“不是我绑的”，我马上告诉管理员。`,
  bound_to_admin: ({ person, account, by, others }, ctx) =>
    ctx.inGroup
      ? FOR_ADMINS
      : lines(
          by === null
            ? `${whole(person, ctx)}用绑定码登记了账号（${word(account, ctx)}）。`
            : `登记好了：${word(account, ctx)}的账号是${whole(person, ctx)}。`,
          others > 0 ? '也告诉了他原来的账号。' : null,
          `不对就回：解绑 ${nameOf(person, ctx)}`,
        ),
  bind_warning: (params, ctx) => (ctx.inGroup ? FOR_ADMINS : WARNINGS[params.why](params, ctx)),
  bind_disputed: () => '好，已经告诉管理员去核实。您原来的账号照常用。',
  bind_which: ({ name, people }, ctx) =>
    ctx.inGroup
      ? FOR_ADMINS
      : lines(
          `名册上叫${word(name, ctx, 20)}的有${people.length}位，是哪一位？`,
          ...people.map(({ person, command }) => `${whole(person, ctx)}：回“${word(command, ctx)}”`),
        ),
  bind_refused: (params, ctx) =>
    ctx.inGroup && params.why !== 'not_admin' ? FOR_ADMINS : REFUSALS[params.why](params, ctx),
  unbound: ({ person, accounts, to }, ctx) => {
    if (ctx.inGroup) return FOR_ADMINS;
    if (to === 'person') return '您在这里的登记已由管理员解除。有疑问请找管理员。';
    return `${whole(person, ctx)}的登记解除了：${accounts.map((one) => word(one, ctx)).join('、')}。要再登记，请给本人一个新的绑定码。`;
  },
  introduction: ({ mentionOnly }, ctx) => {
    const { dutyPhone } = ctx.township;
    const how = mentionOnly ? '报事请先打“@”，点我的名字，再说事' : '有事直接在群里说';
    const phone = dutyPhone === null ? '' : `，值班电话 ${dutyPhone}`;
    return lines(
      '大家好，我是回音，帮村里收事回话：报来的事我登记、转给单位、回话，闲话不记。',
      `${how}；自家的私事请私信我。急事先打119、110、120${phone}。`,
    );
  },
  group_to_admin: ({ ref, account, chat, mentionOnly }, ctx) =>
    ctx.inGroup
      ? '我在一个没有登记的群里，请管理员看私信。'
      : lines(
          `我在一个没有登记的群里（${word(account, ctx)}，群号 ${word(chat, ctx)}）。`,
          `是自己的群，回：绑群 ${ref} 村名。居民群、干部群写在村名后面；也可以在群里写“绑定 村名”。`,
          mentionOnly ? '这个平台上我只看得到@我的话。' : null,
          '不是就不用管，我不在那里多说。',
        ),
  group_bound: ({ village, office, groupKind, account, to }, ctx) => {
    const place = placeOf(village, office, ctx);
    return to === 'group'
      ? `好，这个群登记为${place}${KINDS[groupKind]}，有事直接说。`
      : lines(
          `登记好了：${place}的${KINDS[groupKind]}${ctx.inGroup ? '' : `（${word(account, ctx)}）`}。`,
          '不对就在群里写“解绑群”。',
        );
  },
  group_unbound: ({ village, office, to }, ctx) =>
    to === 'group'
      ? '好，这个群不再登记，我不在这里收事了。'
      : `${placeOf(village, office, ctx)}的一个群解绑了，我不在那里收事了。`,
  group_left: ({ village, office, account, chat }, ctx) => {
    if (ctx.inGroup) return FOR_ADMINS;
    const whose = village === null && office === null ? '一个群' : `${placeOf(village, office, ctx)}的群`;
    return `我已不在${whose}里了（${word(account, ctx)}，群号 ${word(chat, ctx)}），那里报的事我收不到。是误退的，请再拉我进群。`;
  },
} satisfies Partial<Words>;
