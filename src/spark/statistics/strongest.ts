/**
 * The largest entries of each row of a matrix that are above 0; of a tie, those of the first
 * columns.
 *
 * @param matrix A query with the columns `i`, `j` and `value`.
 * @param keep Maximum number of entries kept per row.
 */
export function strongest(matrix: string, keep: number): string {
  return `SELECT CAST(i AS INT) AS i, CAST(j AS INT) AS j, CAST(value AS FLOAT) AS value FROM (
SELECT *, row_number() OVER (PARTITION BY i ORDER BY value DESC, j) AS place FROM (${matrix})
WHERE value > 0) WHERE place <= ${keep}`;
}
