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
