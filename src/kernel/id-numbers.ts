/** Which digits are a personal number, by the rules of those who issue them. */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = '10X98765432';
/** First two digits of an ID card: provinces of GB/T 2260. */
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/;
const ID18 = /^\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/;
const ID15 = /^\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;
const MOBILE = /^(?:(?:00)?86|17951|12593|0)?1[3-9]\d{9}$/;
/** Two-digit codes 010, 02x and three-digit codes 03xx…09xx, then seven or eight digits. */
const LANDLINE =
  /^(?:(?:00)?86)?0?(?:(?<=0|86)10[2-9]\d{7}|(?<=0|86)2\d[2-9]\d{7}|(?<=0|86)[3-9]\d{2}[2-9]\d{6,7})$/;

/** Check digit of GB 11643 for an 18-character number (X in capitals). */
export function idChecksum(id: string): boolean {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(id[i]) * (ID_WEIGHTS[i] ?? 0);
  return ID_CHECKS[sum % 11] === id[17];
}

/** Looks like an ID card of 18 or 15 places; a wrong check digit is a typing error, still a person's number. */
export function isIdCard(digits: string): boolean {
  if (!PROVINCE.test(digits)) return false;
  return ID18.test(digits) || ID15.test(digits);
}

/** Luhn's check over 16 to 19 digits. */
export function isBankCard(digits: string): boolean {
  if (!/^[2-9]\d{15,18}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

export const isMobile = (digits: string): boolean => MOBILE.test(digits);
export const isLandline = (digits: string): boolean => LANDLINE.test(digits);
