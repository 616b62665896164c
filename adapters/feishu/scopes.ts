/** The rights that the app must be granted. */
import type { FeishuConfig } from './config.ts';

/** What each scope is for: https://open.feishu.cn/document/server-docs/application-scope/scope-list */
export const SCOPES = {
  all: 'im:message.group_msg',
  mention: 'im:message.group_at_msg:readonly',
  direct: 'im:message.p2p_msg:readonly',
  send: 'im:message:send_as_bot',
  upload: 'im:resource',
} as const;

/** `im:message` is the old scope that holds those of sending, of private chats and of files in messages. */
export function missingScopes(
  granted: readonly string[],
  { allGroupMessages }: Pick<FeishuConfig, 'allGroupMessages'>,
): readonly string[] {
  const either = [
    allGroupMessages ? [SCOPES.all] : [SCOPES.mention, SCOPES.all, 'im:message.group_at_msg'],
    [SCOPES.direct, 'im:message.p2p_msg'],
    [SCOPES.send, 'im:message'],
    [SCOPES.upload],
  ];
  return either
    .filter((any) => !any.some((scope) => granted.includes(scope)))
    .flatMap(([first]) => (first === undefined ? [] : [first]));
}
