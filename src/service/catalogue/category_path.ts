/**
 * A category's path and those of its parents, longest first.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(withParents("home.garden.hose"), ["home.garden.hose", "home.garden", "home"]);
 * ```
 */
export function withParents(path: string): string[] {
  const paths = [path];
  for (let end = path.lastIndexOf("."); end > 0; end = path.lastIndexOf(".", end - 1)) {
    paths.push(path.slice(0, end));
  }
  return paths;
}
