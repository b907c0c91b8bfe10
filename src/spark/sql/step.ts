/** Expressions of SQL by the names of their columns. */
export type SqlColumns = Readonly<Record<string, string>>;

/**
 * Adds columns to a query in a step of its own. Spark makes one Java method of all expressions
 * between two steps, and Java compiles no method of more than 8,000 bytes: without steps, reading a
 * line took four times as long. Nor do conditions on these columns move below the step, where
 * optimizers replace each column by its expression: `inline` could make several rows of one.
 */
export function stepSql(query: string, columns: SqlColumns): string {
  if (Object.keys(columns).length === 0) return query;
  const values = Object.values(columns).join(", ");
  return `SELECT *, inline(array(struct(${values}))) AS (${Object.keys(columns).join(", ")})
FROM (${query})`;
}
