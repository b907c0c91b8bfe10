/*
 * PostgreSQL's texts can't hold the character NUL, which ids may have: it is stored as ESC and 0,
 * and ESC itself as ESC and 1.
 */

/** A text as it is stored; of an object, its JSON with such texts. */
export function toStored(value: string | object): string {
  if (typeof value === "string") return escape(value);
  const json = JSON.stringify(value);
  return isSpecial(json) ? JSON.stringify(value, (_, part) => change(part, escape)) : json;
}

/** What a column of JSON or text holds; other values stay as they are. */
export function fromStored(column: unknown): unknown {
  if (typeof column !== "string") return column;
  return column.includes("\\u001b")
    ? JSON.parse(column, (_, part) => change(part, unescape))
    : JSON.parse(column);
}

/** Whether JSON has NUL or ESC. */
function isSpecial(json: string): boolean {
  return json.includes("\\u0000") || json.includes("\\u001b");
}

function change(part: unknown, how: (text: string) => string): unknown {
  return typeof part === "string" ? how(part) : part;
}

function escape(text: string): string {
  return text.replaceAll("\x1b", "\x1b1").replaceAll("\0", "\x1b0");
}

function unescape(text: string): string {
  return text.replaceAll("\x1b0", "\0").replaceAll("\x1b1", "\x1b");
}
