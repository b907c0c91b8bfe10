import { sqlText } from "./quote.ts";

/** A separator in a pattern, not between brackets. */
const escaped = (separator: string): string => separator === "\t" ? "\t" : `[${separator}]`;

const QUOTED = '"[^"]*(?:""[^"]*)*"';

/**
 * The fields of a line of CSV as an array, quoted ones without their quotes. Only lines without
 * {@linkcode lineProblemSql} have the right fields.
 */
export function fieldsSql(line: string, separator: string): string {
  // Not between brackets: a single character is found without a pattern.
  const split = `split(${line}, ${sqlText(separator === "|" ? "\\|" : separator)}, -1)`;
  // Every match begins with a separator, so that none is empty.
  const field = `${escaped(separator)}(${QUOTED}|[^"${separator}]*)`;
  const quoted = `regexp_extract_all(concat(${sqlText(separator)}, ${line}), ${sqlText(field)}, 1)`;
  const inner = `replace(substring(field, 2, length(field) - 2), '""', '"')`;
  const bare = `CASE WHEN startswith(field, '"') THEN ${inner} ELSE field END`;
  return `CASE WHEN contains(${line}, '"') THEN transform(${quoted}, field -> ${bare}) ` +
    `ELSE ${split} END`;
}

/** Why a line can't be split into as many fields as there are columns; null if it can. */
export function lineProblemSql(
  line: string,
  { fields, separator, columns }: { fields: string; separator: string; columns: number },
): string {
  const own = escaped(separator);
  const before = `^(?:${own}(?:${QUOTED}|[^"${separator}]*))*`;
  const whole = `concat(${sqlText(separator)}, ${line})`;
  const matches = (pattern: string) => `${whole} RLIKE ${sqlText(pattern)}`;
  const many = `size(${fields})`;
  return `CASE WHEN contains(${line}, '"') AND NOT ${matches(`${before}$`)} THEN CASE ` +
    `WHEN ${matches(`${before}${own}"[^"]*(?:""[^"]*)*$`)} THEN 'unclosed quote' ` +
    `WHEN ${matches(`${before}${own}${QUOTED}[^"${separator}]`)} ` +
    `THEN 'text after a closing quote' ELSE 'quote inside an unquoted field' END ` +
    `WHEN ${many} <> ${columns} THEN concat(CAST(${many} AS STRING), ` +
    `CASE WHEN ${many} = 1 THEN ' field' ELSE ' fields' END, ', not ${columns}') END`;
}
