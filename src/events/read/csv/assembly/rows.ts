// @ts-nocheck AssemblyScript, whose own compiler checks it; its numbers are Wasm's, its pointers
// offsets in memory.

/** What a column holds, one byte each: text, or one of the others. */
const TIME: u8 = 1;
const INTEGER: u8 = 2;
const DECIMAL: u8 = 3;

const NEWLINE: u8 = 10;
const RETURN: u8 = 13;
const SPACE: u8 = 32;
const QUOTE: u8 = 34;
const COMMA: u8 = 44;
const MINUS: u8 = 45;
const POINT: u8 = 46;
const ZERO: u8 = 48;
const COLON: u8 = 58;

/** ` UTC` as four bytes. */
const UTC: u32 = 0x43545520;
const TIME_LENGTH: usize = 23;
const NO_TIME: u32 = 0xffffffff;

/** Of the state: how many rows were scanned in this call. */
const ROWS: usize = 0;
/** 1 as long as all numbers were plain. */
const PLAIN: usize = 4;
/** The date of the last row, ten bytes as they stand in the file, and its first second. */
const MONTH: usize = 8;
const DAY: usize = 16;
const MIDNIGHT: usize = 20;

/**
 * Goes through rows up to one that needs a closer look.
 *
 * @param start Where the first row begins; up to `end`, every row ends with a line feed, and 16
 * bytes more can be read.
 * @param kinds Of the columns.
 * @param state See above; all zero but PLAIN at first.
 * @param times Where the rows' times go: seconds since 1970-01-01 UTC, NO_TIME for a field that is
 * empty.
 * @returns Where that row begins, or `end`.
 */
export function scanRows(
  start: usize,
  end: usize,
  kinds: usize,
  columns: usize,
  state: usize,
  times: usize,
): usize {
  let rows: u32 = 0;
  let row = start;
  while (row < end) {
    const next = scanRow(row, kinds, columns, state, times + (<usize> rows << 2));
    if (next === 0) break;
    row = next;
    rows++;
  }
  store<u32>(state, rows, ROWS);
  return row;
}

/** Gives the beginning of the next row; 0 if this one needs a closer look. */
function scanRow(row: usize, kinds: usize, columns: usize, state: usize, time: usize): usize {
  let at = row;
  const last = kinds + columns - 1;
  for (let kind = kinds; kind < last; kind++) {
    const end = endOfField(at, load<u8>(kind), state, time);
    if (end === 0 || load<u8>(end) !== COMMA) return 0;
    at = end + 1;
  }
  let end = endOfField(at, load<u8>(last), state, time);
  if (end === 0) return 0;
  if (load<u8>(end) === RETURN) end++;
  return load<u8>(end) === NEWLINE ? end + 1 : 0;
}

/** Where a field ends; 0 if the row needs a closer look. */
function endOfField(at: usize, kind: u8, state: usize, time: usize): usize {
  if (kind === TIME) return endOfTime(at, state, time);
  if (kind === INTEGER || kind === DECIMAL) {
    const end = kind === INTEGER ? endOfInteger(at) : endOfDecimal(at);
    if (end !== 0) return end;
    store<u32>(state, 0, PLAIN);
  }
  return endOfText(at);
}

/** Where a field of text ends; 0 if it has a quotation mark. */
function endOfText(at: usize): usize {
  let ends = endsOf(at);
  while (ends === 0) {
    at += 16;
    ends = endsOf(at);
  }
  const end = at + <usize> ctz(ends);
  return load<u8>(end) === QUOTE ? 0 : end;
}

/** Which of 16 bytes may end a field, or are quotation marks, as bits. */
function endsOf(at: usize): i32 {
  const bytes = v128.load(at);
  return i8x16.bitmask(v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(COMMA)), i8x16.eq(bytes, i8x16.splat(NEWLINE))),
    v128.or(i8x16.eq(bytes, i8x16.splat(RETURN)), i8x16.eq(bytes, i8x16.splat(QUOTE))),
  ));
}

/**
 * A plain integer is what a program would write: without a sign, without zeros in front, below 2⁶³.
 */
function endOfInteger(at: usize): usize {
  const end = endOfDigits(at);
  const digits = end - at;
  const first = load<u8>(at);
  if (digits > 1 && first === ZERO) return 0;
  // 19 digits, the first of them below 9, are below 2⁶³.
  if (digits > 19 || (digits === 19 && first === ZERO + 9)) return 0;
  return endsField(load<u8>(end)) ? end : 0;
}

/** A plain decimal has digits, at most one point, and maybe a minus in front. */
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

/** Which of 16 bytes are no digits, as bits. */
function othersOf(at: usize): i32 {
  const values = i8x16.sub(v128.load(at), i8x16.splat(ZERO));
  return i8x16.bitmask(i8x16.gt_u(values, i8x16.splat(9)));
}

function endsField(byte: u8): bool {
  return byte === COMMA || byte === NEWLINE || byte === RETURN;
}

/**
 * Where a time ends that has the form `2019-10-01 00:00:00 UTC`; 0 if it hasn't, or is none from
 * 1970 to 2099.
 */
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
    load<u32>(at, 19) !== UTC || hour > 23 || minute > 59 || second > 59
  ) return 0;
  // Most rows are of the same day as the one before.
  const month = load<u64>(at);
  const day = load<u16>(at, 8);
  if (month !== load<u64>(state, MONTH) || day !== load<u16>(state, DAY)) {
    const midnight = midnightOf(at);
    if (midnight === NO_TIME) return 0;
    store<u64>(state, month, MONTH);
    store<u16>(state, day, DAY);
    store<u32>(state, midnight, MIDNIGHT);
  }
  store<u32>(time, load<u32>(state, MIDNIGHT) + 3600 * hour + 60 * minute + second);
  return at + TIME_LENGTH;
}

/** The first second of a date like `2019-10-01`; NO_TIME if it is none from 1970 to 2099. */
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

/** How many days of a year lie before a month; 13 stands for the year's end. */
function daysBefore(month: u32, year: u32): u32 {
  const days = (367 * month - 362) / 12;
  return month <= 2 ? days : days - (year % 4 === 0 ? 1 : 2);
}

/**
 * The number that two digits make; more than any date or time has where something else stands
 * there.
 */
function twoDigits(at: usize): u32 {
  const tens = <u32> load<u8>(at) - ZERO;
  const ones = <u32> load<u8>(at, 1) - ZERO;
  return tens > 9 || ones > 9 ? 10_000 : 10 * tens + ones;
}
