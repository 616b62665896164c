/** New codes for people of the roster: the plain code is given back once, and nowhere kept. */
import type { BindingCode } from '../domain/binding.ts';
import { CODE_DAYS, CODE_LENGTH, makeCode } from '../domain/binding-code.ts';
import type { PersonId } from '../domain/roster.ts';
import { DAY } from '../kernel/zone.ts';
import type { Scope, Store } from '../store/port.ts';
import type { Secrets } from './secrets.ts';

export interface IssueOptions {
  readonly store: Pick<Store, 'transact'>;
  readonly scope: Scope;
  readonly secrets: Pick<Secrets, 'codeHash'>;
  /** From a source fit for secrets. */
  readonly randomBytes: (size: number) => Uint8Array;
}

export interface Issued {
  readonly person: PersonId;
  /** Eight letters without a hyphen. */
  readonly code: string;
  readonly expiresAt: number;
}

/** One code each. Codes of these people that nobody has used yet hold no more: a slip that was lost is worth nothing. */
export async function issueCodes(
  people: readonly PersonId[],
  { store, scope, secrets, randomBytes }: IssueOptions,
): Promise<readonly Issued[]> {
  const drawn = drawCodes(people, randomBytes);
  const hashes = drawn.map(({ code }) => secrets.codeHash(code));
  const [result] = await store.transact(scope, [
    {
      load: { codes: hashes },
      decide: (loaded, now) => {
        // A code that was somebody's once is nobody's again: all are drawn anew.
        if (loaded.codes.size > 0) return { answer: null };
        const expiresAt = now + CODE_DAYS * DAY;
        const put = drawn.map(({ person }, at): BindingCode => {
          const hash = hashes[at] ?? '';
          return { hash, person, state: 'open', madeAt: now, expiresAt, settledAt: null };
        });
        const audit = [{ at: now, by: null, what: 'codes_made', case: null, detail: { people } }];
        return { answer: expiresAt, codes: { put, revokeOf: people }, audit };
      },
    },
  ]);
  if (!result?.ok) throw result?.error ?? new Error('no codes were written');
  const expiresAt = result.answer;
  if (expiresAt === null) return issueCodes(people, { store, scope, secrets, randomBytes });
  return drawn.map(({ person, code }) => ({ person, code, expiresAt }));
}

function drawCodes(
  people: readonly PersonId[],
  randomBytes: IssueOptions['randomBytes'],
): readonly { readonly person: PersonId; readonly code: string }[] {
  const taken = new Set<string>();
  return people.map((person) => {
    let code = makeCode(randomBytes(CODE_LENGTH));
    while (taken.has(code)) code = makeCode(randomBytes(CODE_LENGTH));
    taken.add(code);
    return { person, code };
  });
}
