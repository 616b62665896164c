/** All words in Chinese. A template without words does not compile. */
import type { Words } from '../table.ts';
import { binding } from './binding.ts';
import { byClock } from './by-clock.ts';
import { changes } from './changes.ts';
import { dispatcher } from './dispatcher.ts';
import { firstAnswer } from './first-answer.ts';
import { media } from './media.ts';
import { notices } from './notices.ts';
import { officer } from './officer.ts';
import { reporter } from './reporter.ts';
import { secretary } from './secretary.ts';

export const zh: Words = {
  ...firstAnswer,
  ...reporter,
  ...officer,
  ...changes,
  ...dispatcher,
  ...secretary,
  ...media,
  ...notices,
  ...byClock,
  ...binding,
};
