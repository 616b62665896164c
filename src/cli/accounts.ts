/** Whom the platforms of this installation can carry words to. */
import type { HuiyinConfig } from '../config/huiyin.ts';
import type { Person } from '../domain/roster.ts';

/**
 * Has the person an account on a platform that is turned on? An account on one that was given up reaches nobody.
 * Where huiyin.yaml turns on none, the bridge is meant, or one named at the start: then any account counts.
 */
export function hasAccount(
  { accounts }: Pick<Person, 'accounts'>,
  { adapters }: Pick<HuiyinConfig, 'adapters'>,
): boolean {
  const on = Object.entries(adapters).flatMap(([id, { enabled }]) => (enabled ? [id] : []));
  const own = Object.keys(accounts);
  return on.length === 0 ? own.length > 0 : own.some((account) => on.includes(account));
}
