/** grammY's type of a method's arguments. */
import type { Api } from 'grammy';

type Raw = Api['raw'];
export type Payload<M extends keyof Raw> = Parameters<Raw[M]>[0];
