/**
 * An expression that computes a value once and uses it several times, as a function of a list with
 * that value.
 *
 * @param name What the expression calls the value.
 */
export function onceSql(value: string, name: string, expression: string): string {
  return `transform(array(${value}), ${name} -> ${expression})[0]`;
}
