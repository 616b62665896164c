/** One or more examples of each thing there is to say about who is who. */
import type { BindingTemplates } from '../../src/domain/binding-messages.ts';

type Samples = {
  readonly [T in Exclude<keyof BindingTemplates, 'stranger' | 'stranger_to_admin'>]: Readonly<
    Record<string, BindingTemplates[T]>
  >;
};

const refused = { word: null, person: null, account: null };

export const bindingSamples: Samples = {
  bind_welcome: {
    head: { person: 'lin', roles: ['neighbor_head'] },
    officer: { person: 'li', roles: ['officer'] },
    secretary: { person: 'xiong', roles: ['secretary'] },
  },
  bind_wrong: { plain: {} },
  bind_shut: { plain: {} },
  bind_taken: { 'somebody already': { person: 'lin' }, 'not here': { person: null } },
  bind_in_group: { plain: {} },
  bind_elsewhere: { plain: { person: 'lin', account: 'telegram' } },
  bound_to_admin: {
    'by code': { person: 'lin', account: 'telegram', by: null, others: 1 },
    'by an admin': { person: 'lin', account: 'telegram', by: 'admin', others: 0 },
  },
  bind_warning: {
    'in a group': { why: 'in_group', person: 'lin', account: 'telegram' },
    'has an account': { why: 'has_account', person: 'lin', account: 'telegram' },
    'many wrong': { why: 'many_wrong', person: null, account: null },
    'not me': { why: 'not_me', person: 'lin', account: 'telegram' },
  },
  bind_disputed: { plain: {} },
  bind_which: {
    two: {
      name: '林秀英',
      people: [
        { person: 'lin', command: '绑定 k3fm 林秀英 1' },
        { person: 'li', command: '绑定 k3fm 林秀英 2' },
      ],
    },
  },
  bind_refused: {
    'not an admin': { ...refused, why: 'not_admin' },
    'unknown reference': { ...refused, why: 'unknown_ref', word: 'k3fn' },
    'unknown person': { ...refused, why: 'unknown_person', word: '林英' },
    'unknown place': { ...refused, why: 'unknown_place', word: '龙湾' },
    'account taken': { ...refused, why: 'account_taken', person: 'lin' },
    'person has one': { ...refused, why: 'person_has_account', person: 'lin', account: 'telegram' },
    'group in the file': { ...refused, why: 'group_in_file' },
    'person in the file': { ...refused, why: 'in_file', person: 'lin' },
    'nothing bound': { ...refused, why: 'nothing_bound' },
    usage: { ...refused, why: 'usage' },
    'in private only': { ...refused, why: 'private_only' },
  },
  unbound: {
    admin: { person: 'lin', accounts: ['telegram', 'feishu'], to: 'admin' },
    person: { person: 'lin', accounts: ['telegram'], to: 'person' },
  },
  introduction: { 'reads all': { mentionOnly: false }, 'reads mentions': { mentionOnly: true } },
  group_to_admin: {
    'reads all': { ref: 'k3fm', account: 'telegram', chat: '-10042', mentionOnly: false },
    'reads mentions': { ref: 'k3fm', account: 'feishu', chat: 'oc_9', mentionOnly: true },
  },
  group_bound: {
    here: { village: 'ltw', office: null, groupKind: 'heads', account: 'telegram', by: 'admin', to: 'group' },
    'by reference': {
      village: 'ltw',
      office: null,
      groupKind: 'residents',
      account: 'telegram',
      by: 'admin',
      to: 'admin',
    },
    office: {
      village: null,
      office: 'cunjian',
      groupKind: 'officers',
      account: 'telegram',
      by: 'admin',
      to: 'group',
    },
    township: {
      village: null,
      office: null,
      groupKind: 'officers',
      account: 'telegram',
      by: 'admin',
      to: 'group',
    },
  },
  group_unbound: {
    here: { village: 'ltw', office: null, by: 'admin', to: 'group' },
    'by reference': { village: 'ltw', office: null, by: 'admin', to: 'admin' },
  },
  group_left: {
    bound: { village: 'ltw', office: null, account: 'telegram', chat: '-10042' },
    'not bound': { village: null, office: null, account: 'telegram', chat: '-10042' },
  },
};
