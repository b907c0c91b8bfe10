/** A text as a literal of SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** Texts as a list of SQL, for `IN`. */
export function sqlList(texts: readonly string[]): string {
  return `(${texts.map(sqlText).join(", ")})`;
}

/** A column's name, whatever its characters. */
export function sqlName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
