/** Whose words count as what: posts that act on cases, and posts that handle them. */
import type { Role } from '../../domain/roster.ts';
import type { IntakeContext } from '../reading.ts';
import { refsInQuote } from './refs.ts';

const HANDLER: ReadonlySet<Role> = new Set<Role>(['officer', 'leader', 'dispatcher']);
const OFFICIAL: ReadonlySet<Role> = new Set<Role>([
  'officer',
  'leader',
  'dispatcher',
  'secretary',
  'recorder',
  'admin',
]);
export const isOfficial = (context: IntakeContext): boolean =>
  context.roles.some((role) => OFFICIAL.has(role));
export const handlesCases = (context: IntakeContext): boolean =>
  context.roles.some((role) => HANDLER.has(role)) ||
  (context.roles.includes('cadre') && refsInQuote(context.quoteText).length > 0);
