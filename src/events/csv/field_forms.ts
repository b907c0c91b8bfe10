/** The usual forms of fields, checked on bytes from `start` up to `end`, since every row of a file is. */

const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const POINT = 46;

/** Whether a field is empty or a whole number of 64 bits without a sign and without zeros in front. */
export function isPlainInteger(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  // 19 digits, the first of them below 9, are less than 2⁶³.
  if (length > 19 || (length === 19 && bytes[start] === NINE)) return false;
  if (length > 1 && bytes[start] === ZERO) return false;
  for (let i = start; i < end; i++) if (bytes[i] < ZERO || bytes[i] > NINE) return false;
  return true;
}

/** Whether a field is empty or a number of digits, with at most one point and a minus in front. */
export function isPlainDecimal(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true;
  let digits = 0;
  let points = 0;
  for (let i = bytes[start] === MINUS ? start + 1 : start; i < end; i++) {
    if (bytes[i] === POINT) points++;
    else if (bytes[i] >= ZERO && bytes[i] <= NINE) digits++;
    else return false;
  }
  return digits > 0 && points < 2;
}

/** Whether a field is empty or a time like `2019-10-01 00:00:00 UTC` that exists, from 1970 to 2099. */
export function isPlainTime(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true;
  if (end - start !== 23) return false;
  const year = number(bytes, start, start + 4);
  const month = number(bytes, start + 5, start + 7);
  const day = number(bytes, start + 8, start + 10);
  return bytes[start + 4] === MINUS && bytes[start + 7] === MINUS && bytes[start + 10] === 32 &&
    bytes[start + 13] === 58 && bytes[start + 16] === 58 && bytes[start + 19] === 32 &&
    bytes[start + 20] === 85 && bytes[start + 21] === 84 && bytes[start + 22] === 67 &&
    isDay(year, month, day) &&
    number(bytes, start + 11, start + 13) < 24 &&
    number(bytes, start + 14, start + 16) < 60 &&
    number(bytes, start + 17, start + 19) < 60;
}

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?( ?UTC|Z|[+-]00:?00)?$/;

/** Whether a text is a time in ISO 8601 or as {@linkcode isPlainTime} wants it, in UTC, that exists, from 1970 to 2099. */
export function isTime(text: string): boolean {
  const match = TIME.exec(text);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: number, month: number, day: number): boolean {
  const leapDay = month === 2 && year % 4 === 0 ? 1 : 0;
  return year >= 1970 && year <= 2099 && day >= 1 && day <= DAYS[month - 1] + leapDay;
}

/** The number that digits make; NaN where something else stands among them. */
function number(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) {
    if (bytes[i] < ZERO || bytes[i] > NINE) return NaN;
    value = 10 * value + bytes[i] - ZERO;
  }
  return value;
}
