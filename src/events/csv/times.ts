/** How many bytes a plain time has. */
export const TIME_LENGTH = 23;

/** Whether `2019-10-01 00:00:00 UTC`, or another time of that form, from 1970 to 2099, stands in `bytes` at `at`. */
export function isPlainTime(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 4] === 45 && bytes[at + 7] === 45 && bytes[at + 10] === 32 &&
    bytes[at + 13] === 58 && bytes[at + 16] === 58 && bytes[at + 19] === 32 &&
    bytes[at + 20] === 85 && bytes[at + 21] === 84 && bytes[at + 22] === 67 &&
    isDay(
      100 * twoDigits(bytes, at) + twoDigits(bytes, at + 2),
      twoDigits(bytes, at + 5),
      twoDigits(bytes, at + 8),
    ) &&
    twoDigits(bytes, at + 11) < 24 &&
    twoDigits(bytes, at + 14) < 60 &&
    twoDigits(bytes, at + 17) < 60;
}

const TIME =
  /^(\d{4})-(\d\d)-(\d\d)[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?( ?UTC|Z|[+-]00:?00)?$/;

/** Whether a text is a plain time or one in ISO 8601, in UTC, from 1970 to 2099. */
export function isTime(text: string): boolean {
  const match = TIME.exec(text);
  return match !== null && isDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: number, month: number, day: number): boolean {
  const leapDay = month === 2 && year % 4 === 0 ? 1 : 0;
  return year >= 1970 && year <= 2099 && day >= 1 && day <= DAYS[month - 1] + leapDay;
}

/** The number that two digits make; NaN where something else stands there. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] - 48;
  const ones = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
}
