/** Who is who: binding by a code, matching by an admin, groups that are new. */
import type { BindingTemplates } from '../../domain/binding-messages.ts';
import type { WordsContext } from '../context.ts';
import { said } from '../held-back.ts';
import { clip, lines } from '../lines.ts';
import type { Words } from '../table.ts';
import { reporterName } from './phrases.ts';

const FOR_ADMINS = 'Something about the registration: admins, see your private chat.';

const duty = (phone: string | null): string =>
  phone === null ? 'If it is urgent, go to the duty desk.' : `If it is urgent, call the duty desk, ${phone}.`;

/** Among people of one name only the whole post tells who is meant. */
function whole(id: string | null, ctx: WordsContext): string {
  const name = id === null ? null : reporterName(id, ctx);
  if (name === null || id === null) return 'somebody';
  const post = ctx.names.post(id);
  const inVillage = post !== null && (post.group !== undefined || post.zone !== undefined);
  return inVillage && post.village !== undefined ? `${name}, ${ctx.names.village(post.village)}` : name;
}

const nameOf = (id: string | null, ctx: WordsContext): string =>
  clip((id === null ? null : ctx.names.person(id)) ?? 'name', 20);

const word = (text: string | null, ctx: WordsContext, most = 40): string => clip(said(text, ctx) ?? '', most);

function placeOf(village: string | null, office: string | null, ctx: WordsContext): string {
  if (office !== null) return ctx.names.office(office);
  return village === null ? ctx.township.name : ctx.names.village(village);
}

const KINDS = { heads: 'heads', residents: 'residents', officers: 'officials' } as const;

const HEADS = new Set(['neighbor_head', 'group_head', 'zone_head', 'cadre']);

function howTo(roles: readonly string[]): string {
  if (roles.some((role) => HEADS.has(role)))
    return 'Just say what is wrong, in plain words: 3组桥头路灯不亮.';
  if (roles.includes('officer'))
    return 'Matters come to you in private: answer “接单”, “办结” and what you did.';
  return 'I write to you in private; just answer.';
}

const WARNINGS: Readonly<
  Record<
    BindingTemplates['bind_warning']['why'],
    (params: BindingTemplates['bind_warning'], ctx: WordsContext) => string
  >
> = {
  in_group: ({ person }, ctx) =>
    `The code of ${whole(person, ctx)} was posted in a group. It is void and nobody used it: please make a new one.`,
  has_account: ({ person, account }, ctx) =>
    `Somebody came with the code of ${whole(person, ctx)} (${word(account, ctx)}), who has an account there already: nothing was changed, the code is void. To move the account, write “解绑 ${nameOf(person, ctx)}” first, then give a new code.`,
  many_wrong: () =>
    'Many wrong codes within an hour: somebody may be guessing. None is taken for an hour, nobody got in. To register somebody meanwhile, answer my notice about a stranger with “绑定 reference name”.',
  not_me: ({ person, account }, ctx) =>
    `${whole(person, ctx)} says the new account (${word(account, ctx)}) is not theirs. Please call them; if so, write: 解绑 ${nameOf(person, ctx)}`,
};

const REFUSALS: Readonly<
  Record<
    BindingTemplates['bind_refused']['why'],
    (params: BindingTemplates['bind_refused'], ctx: WordsContext) => string
  >
> = {
  not_admin: () => 'Only an admin can do this; please ask one.',
  unknown_ref: (params, ctx) =>
    `There is no reference “${word(params.word, ctx, 20)}”; nothing was changed. It stands in my notice, a few letters.`,
  unknown_person: (params, ctx) =>
    `Nobody on the roster is called “${word(params.word, ctx, 20)}”; nothing was changed. Write the whole name; who is new goes on the roster first.`,
  unknown_place: (params, ctx) =>
    `There is no village or office “${word(params.word, ctx, 20)}”; nothing was changed. Write the whole name.`,
  account_taken: ({ person }, ctx) =>
    `This account is ${whole(person, ctx)} already. If that is wrong, write first: 解绑 ${nameOf(person, ctx)}`,
  person_has_account: ({ person, account }, ctx) =>
    `${whole(person, ctx)} has an account on ${word(account, ctx)}; nothing was changed. To move it, write “解绑 ${nameOf(person, ctx)}” first; one in the township file is changed there.`,
  group_in_file: () =>
    'This group stands in the township file; nothing was changed. Change the file and start again.',
  in_file: ({ person }, ctx) =>
    `The account of ${whole(person, ctx)} stands in the township file; nothing was changed. Change the file and start again.`,
  nothing_bound: () => 'Nothing was bound there.',
  usage: () =>
    'A person: 绑定 reference name; to undo it: 解绑 name. A group: 绑群 reference village, or write “绑定 village” in the group; 居民群 or 干部群 after the name says which kind. References stand in my notices.',
  private_only: () => 'Please write names to me in private, not in a group, and recall that message.',
};

export const binding = {
  stranger: ({ dutyPhone, known }) =>
    known
      ? `Hello, the group you just wrote in is not registered, so I take nothing from it. Please write in your village's group, or to me here. ${duty(dutyPhone)}`
      : `Hello, I am Huiyin and note reports for the village. You are not on my list yet; please ask your neighbour or group head. ${duty(dutyPhone)}`,
  stranger_to_admin: ({ ref, account, sender, name, chat, direct }, ctx) =>
    ctx.inGroup
      ? 'Someone not on the roster wrote to me; admins, see your private chat.'
      : lines(
          `Someone not on the roster wrote ${direct ? 'to me in private' : 'in a group'}.`,
          `Account: ${word(sender, ctx)} (${word(account, ctx)})`,
          name === null ? null : `Calls themselves: ${word(name, ctx, 20)} (anybody can)`,
          direct ? null : `Group: ${word(chat, ctx)}`,
          `Once you know by telephone who it is, write: 绑定 ${ref} name. If you don't know them, nothing to do.`,
        ),
  bind_welcome: ({ person, roles }, ctx) =>
    ctx.inGroup
      ? 'Registered; see your private chat.'
      : lines(
          `Hello, you are registered: ${whole(person, ctx)}.`,
          howTo(roles),
          'Write “帮助” to see what else there is.',
        ),
  bind_wrong: () =>
    'This code does not work; nothing was changed. Please check it, or ask an admin for a new one.',
  bind_shut: () => 'Too many wrong codes. Please try again in an hour, or ask an admin.',
  bind_taken: ({ person }, ctx) =>
    person === null || ctx.inGroup
      ? 'This code does not work here; nothing was changed. Please ask an admin.'
      : `You are registered here as ${whole(person, ctx)}; nothing was changed. If that is wrong, ask an admin.`,
  bind_in_group: () =>
    'Send codes to me in private, never in a group. Please recall that message; the code is void, ask an admin for a new one.',
  bind_elsewhere: ({ person, account }, ctx) =>
    ctx.inGroup
      ? 'Your registration has changed; see your private chat.'
      : `${nameOf(person, ctx)}, an account on ${word(account, ctx)} was just registered as you. If it was not you, answer “不是我绑的” and I tell the admins.`,
  bound_to_admin: ({ person, account, by, others }, ctx) =>
    ctx.inGroup
      ? FOR_ADMINS
      : lines(
          by === null
            ? `${whole(person, ctx)} registered an account (${word(account, ctx)}) with a code.`
            : `Done: the account on ${word(account, ctx)} is ${whole(person, ctx)}.`,
          others > 0 ? 'Their earlier accounts were told.' : null,
          `If that is wrong, write: 解绑 ${nameOf(person, ctx)}`,
        ),
  bind_warning: (params, ctx) => (ctx.inGroup ? FOR_ADMINS : WARNINGS[params.why](params, ctx)),
  bind_disputed: () => 'Thank you: the admins are told. Your account here goes on as before.',
  bind_which: ({ name, people }, ctx) =>
    ctx.inGroup
      ? FOR_ADMINS
      : lines(
          `${people.length} people are called ${word(name, ctx, 20)}. Which one?`,
          ...people.map(({ person, command }) => `${whole(person, ctx)}: “${word(command, ctx)}”`),
        ),
  bind_refused: (params, ctx) =>
    ctx.inGroup && params.why !== 'not_admin' ? FOR_ADMINS : REFUSALS[params.why](params, ctx),
  unbound: ({ person, accounts, to }, ctx) => {
    if (ctx.inGroup) return FOR_ADMINS;
    if (to === 'person')
      return 'An admin has ended your registration here. If you have questions, ask an admin.';
    return `${whole(person, ctx)} is no longer registered on ${accounts.map((one) => word(one, ctx)).join(', ')}. To register again they need a new code.`;
  },
  introduction: ({ mentionOnly }, ctx) => {
    const { dutyPhone } = ctx.township;
    const how = mentionOnly
      ? 'To report, type “@”, pick me, then say what is wrong'
      : 'Just say here what is wrong';
    const phone = dutyPhone === null ? '' : `, on duty ${dutyPhone}`;
    return lines(
      'Hello, I am Huiyin: what you report I record, pass on and answer; talk I do not keep.',
      `${how}; write private matters to me alone. In an emergency call 119, 110, 120 first${phone}.`,
    );
  },
  group_to_admin: ({ ref, account, chat, mentionOnly }, ctx) =>
    ctx.inGroup
      ? 'I am in a group that is not registered; admins, see your private chat.'
      : lines(
          `I am in a group that is not registered (${word(account, ctx)}, group ${word(chat, ctx)}).`,
          `If it is yours, write: 绑群 ${ref} village; 居民群 or 干部群 after it says which kind. Or write “绑定 village” in the group.`,
          mentionOnly ? 'On this platform I only read what mentions me.' : null,
          'If not, nothing to do: I say no more there.',
        ),
  group_bound: ({ village, office, groupKind, account, to }, ctx) => {
    const place = placeOf(village, office, ctx);
    return to === 'group'
      ? `This group is now the ${KINDS[groupKind]}' group of ${place}. Just say what is wrong.`
      : lines(
          `Done: the ${KINDS[groupKind]}' group of ${place}${ctx.inGroup ? '' : ` (${word(account, ctx)})`}.`,
          'If that is wrong, write “解绑群” in the group.',
        );
  },
  group_unbound: ({ village, office, to }, ctx) =>
    to === 'group'
      ? 'This group is no longer registered; I take no reports here.'
      : `A group of ${placeOf(village, office, ctx)} is no longer registered; I take no reports there.`,
  group_left: ({ village, office, account, chat }, ctx) => {
    if (ctx.inGroup) return FOR_ADMINS;
    const whose =
      village === null && office === null ? 'a group' : `the group of ${placeOf(village, office, ctx)}`;
    return `I am no longer in ${whose} (${word(account, ctx)}, group ${word(chat, ctx)}): reports there do not reach me. If that was a mistake, please add me again.`;
  },
} satisfies Partial<Words>;
