/** Numbers as people read them, alike in both languages. Pure. */
import { type Change, percent, type Rate } from '../rate.ts';

/** 2.5, 3, 0.4: one decimal at most. */
export const short = (number: number): string => String(Math.round(number * 10) / 10);

/** `+11.1%`, `-8.0%` */
export function signedPercent({ share }: Change): string | null {
  if (share === null) return null;
  const shown = (Math.round(share * 1000) / 10).toFixed(1);
  return share > 0 ? `+${shown}%` : `${shown}%`;
}

/** `96/110, 87.3%`; without a percentage where nothing was there to be counted. */
export function fraction(rate: Rate): string {
  const share = percent(rate);
  return share === null ? '0/0' : `${rate.numerator}/${rate.denominator}, ${share}`;
}
