// @ts-nocheck AssemblyScript: its own compiler checks it. Numbers are Wasm's, pointers offsets in
// memory.

/** The kinds of columns, one byte each; 0 is text. */
const TIME: u8 = 1;
const INTEGER: u8 = 2;
const DECIMAL: u8 = 3;
/** Text in which a word may mean a missing value. */
const WORDS: u8 = 4;

const NEWLINE: u8 = 10;
const RETURN: u8 = 13;
const SPACE: u8 = 32;
const QUOTE: u8 = 34;
const MINUS: u8 = 45;
const POINT: u8 = 46;
const ZERO: u8 = 48;
const COLON: u8 = 58;

/** ` UTC` as four bytes. */
const UTC: u32 = 0x43545520;
const TIME_LENGTH: usize = 23;
const NO_TIME: u32 = 0xffffffff;
/** A time of another form, which JavaScript reads. */
const OTHER_TIME: u32 = 0xfffffffe;

/** In the state: the number of rows scanned by this call. */
const ROWS: usize = 0;
/** In the state: 1 while all numbers have been plain. */
const PLAIN: usize = 4;
/** In the state: the last row's date, as its ten bytes in the file, and its first second. */
const MONTH: usize = 8;
const DAY: usize = 16;
const MIDNIGHT: usize = 20;
/** In the state: the character between fields. */
const SEPARATOR: usize = 24;
/** In the state: the number of rows with times of other forms, of this call. */
const OTHERS: usize = 32;
/** In the state: where the list of their fields is, and where the current row's is. */
const OTHERS_AT: usize = 36;
const FIELD: usize = 40;
/** In the state: 1 once a text may have been a word for a missing value. */
const MISSING: usize = 28;

/** The character between fields, of the current call. */
let separator: u8 = 44;

/**
 * Scans rows up to the first unusual one.
 *
 * @param start Where the first row begins. Every row up to `end` ends with a line feed, and 16
 * bytes beyond are readable.
 * @param kinds The columns' kinds.
 * @param state See above; initially zero except PLAIN and SEPARATOR.
 * @param times Receives the rows' times: seconds since 1970-01-01 UTC, NO_TIME for an empty field.
 * @returns Where the unusual row begins, or `end`.
 */
export function scanRows(
  start: usize,
  end: usize,
  kinds: usize,
  columns: usize,
  state: usize,
  times: usize,
): usize {
  separator = load<u8>(state, SEPARATOR);
  const others = <usize> load<u32>(state, OTHERS_AT);
  let rows: u32 = 0;
  let other: u32 = 0;
  let row = start;
  while (row < end) {
    const time = times + (<usize> rows << 2);
    const next = scanRow(row, kinds, columns, state, time);
    if (next === 0) break;
    if (load<u32>(time) === OTHER_TIME) {
      store<u32>(others + (<usize> other << 2), load<u32>(state, FIELD));
      other++;
    }
    row = next;
    rows++;
  }
  store<u32>(state, rows, ROWS);
  store<u32>(state, other, OTHERS);
  return row;
}

/** Where the next row begins; 0 if this one is unusual. */
function scanRow(row: usize, kinds: usize, columns: usize, state: usize, time: usize): usize {
  let at = row;
  const last = kinds + columns - 1;
  for (let kind = kinds; kind < last; kind++) {
    const end = endOfField(at, load<u8>(kind), state, time);
    if (end === 0 || load<u8>(end) !== separator) return 0;
    at = end + 1;
  }
  let end = endOfField(at, load<u8>(last), state, time);
  if (end === 0) return 0;
  if (load<u8>(end) === RETURN) end++;
  return load<u8>(end) === NEWLINE ? end + 1 : 0;
}

/** Where a field ends; 0 if the row is unusual. */
function endOfField(at: usize, kind: u8, state: usize, time: usize): usize {
  if (kind === TIME) return endOfTime(at, state, time);
  if (kind === INTEGER || kind === DECIMAL) {
    const end = kind === INTEGER ? endOfInteger(at) : endOfDecimal(at);
    if (end !== 0) return end;
    store<u32>(state, 0, PLAIN);
  }
  const end = endOfText(at);
  if (kind === WORDS && mayBeMissing(at, end - at)) store<u32>(state, 1, MISSING);
  return end;
}

/** Whether a text could be NULL, null, nan, NA, N/A, None, \\N, <NA> or unknown. */
function mayBeMissing(at: usize, length: usize): bool {
  if (length > 7) return false;
  const first = load<u8>(at);
  return first === 78 || first === 110 || first === 92 || first === 60 || first === 117;
}

/** Where a field of text ends; 0 if it has a quote. */
function endOfText(at: usize): usize {
  let ends = endsOf(at);
  while (ends === 0) {
    at += 16;
    ends = endsOf(at);
  }
  const end = at + <usize> ctz(ends);
  return load<u8>(end) === QUOTE ? 0 : end;
}

/** A mask of the next 16 bytes that may end a field or are quotes. */
function endsOf(at: usize): i32 {
  const bytes = v128.load(at);
  return i8x16.bitmask(v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(separator)), i8x16.eq(bytes, i8x16.splat(NEWLINE))),
    v128.or(i8x16.eq(bytes, i8x16.splat(RETURN)), i8x16.eq(bytes, i8x16.splat(QUOTE))),
  ));
}

/** Where a plain integer ends: no sign, no leading zeros, below 2⁶³. 0 if it isn't one. */
function endOfInteger(at: usize): usize {
  const end = endOfDigits(at);
  const digits = end - at;
  const first = load<u8>(at);
  if (digits > 1 && first === ZERO) return 0;
  // A number of 19 digits is below 2⁶³ if its first digit is below 9.
  if (digits > 19 || (digits === 19 && first === ZERO + 9)) return 0;
  return endsField(load<u8>(end)) ? end : 0;
}

/** Where a plain decimal ends: digits, at most one point, maybe a minus. 0 if it isn't one. */
function endOfDecimal(at: usize): usize {
  if (endsField(load<u8>(at))) return at;
  const from = load<u8>(at) === MINUS ? at + 1 : at;
  let end = endOfDigits(from);
  let points: usize = 0;
  if (load<u8>(end) === POINT) {
    points = 1;
    end = endOfDigits(end + 1);
  }
  return end - from > points && endsField(load<u8>(end)) ? end : 0;
}

function endOfDigits(at: usize): usize {
  let others = othersOf(at);
  while (others === 0) {
    at += 16;
    others = othersOf(at);
  }
  return at + <usize> ctz(others);
}

/** A mask of the next 16 bytes that aren't digits. */
function othersOf(at: usize): i32 {
  const values = i8x16.sub(v128.load(at), i8x16.splat(ZERO));
  return i8x16.bitmask(i8x16.gt_u(values, i8x16.splat(9)));
}

function endsField(byte: u8): bool {
  return byte === separator || byte === NEWLINE || byte === RETURN;
}

/** Where a time ends; 0 if it has a quote. Only times like `2019-10-01 00:00:00 UTC` are read. */
function endOfTime(at: usize, state: usize, time: usize): usize {
  if (endsField(load<u8>(at))) {
    store<u32>(time, NO_TIME);
    return at;
  }
  const hour = twoDigits(at + 11);
  const minute = twoDigits(at + 14);
  const second = twoDigits(at + 17);
  if (
    load<u8>(at, 10) !== SPACE || load<u8>(at, 13) !== COLON || load<u8>(at, 16) !== COLON ||
    load<u32>(at, 19) !== UTC || hour > 23 || minute > 59 || second > 59 ||
    !endsField(load<u8>(at, TIME_LENGTH))
  ) return endOfOtherTime(at, state, time);
  // Most rows have the date of the row before.
  const month = load<u64>(at);
  const day = load<u16>(at, 8);
  if (month !== load<u64>(state, MONTH) || day !== load<u16>(state, DAY)) {
    const midnight = midnightOf(at);
    if (midnight === NO_TIME) return endOfOtherTime(at, state, time);
    store<u64>(state, month, MONTH);
    store<u16>(state, day, DAY);
    store<u32>(state, midnight, MIDNIGHT);
  }
  store<u32>(time, load<u32>(state, MIDNIGHT) + 3600 * hour + 60 * minute + second);
  return at + TIME_LENGTH;
}

/** Where a time of another form ends; 0 if it has a quote. */
function endOfOtherTime(at: usize, state: usize, time: usize): usize {
  store<u32>(time, OTHER_TIME);
  store<u32>(state, <u32> at, FIELD);
  return endOfText(at);
}

/** The first second of a date like `2019-10-01`; NO_TIME if it isn't one from 1970 to 2099. */
function midnightOf(at: usize): u32 {
  const year = 100 * twoDigits(at) + twoDigits(at + 2);
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  if (
    load<u8>(at, 4) !== MINUS || load<u8>(at, 7) !== MINUS || year < 1970 || year > 2099 ||
    month < 1 || month > 12 || day < 1 ||
    day > daysBefore(month + 1, year) - daysBefore(month, year)
  ) return NO_TIME;
  // From 1970 to 2099 every fourth year is a leap year.
  const days = 365 * (year - 1970) + (year - 1969) / 4 + daysBefore(month, year) + day - 1;
  return 86_400 * days;
}

/** The number of days of a year before a month; month 13 is the year's end. */
function daysBefore(month: u32, year: u32): u32 {
  const days = (367 * month - 362) / 12;
  return month <= 2 ? days : days - (year % 4 === 0 ? 1 : 2);
}

/** The value of two digits; if they aren't digits, more than any part of a time. */
function twoDigits(at: usize): u32 {
  const tens = <u32> load<u8>(at) - ZERO;
  const ones = <u32> load<u8>(at, 1) - ZERO;
  return tens > 9 || ones > 9 ? 10_000 : 10 * tens + ones;
}
