import type { NamedRule } from "../definition/placements.ts";

/** What decides whether a rule holds. */
export interface Scope {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number;
  /** Lower-case paths and numbers of categories that the list is of, parents included. */
  readonly categories: ReadonlySet<string>;
  isInSegment(name: string): boolean;
}

/** The rules in effect, and when time changes which they are. */
export interface InEffect {
  readonly rules: readonly NamedRule[];
  /** Milliseconds since 1970-01-01 UTC; `Infinity` if no rule begins or ends later. */
  readonly until: number;
}

/** The rules in effect for a list: a rule begins at `from` and ends before `until`. */
export function inEffect(
  rules: readonly NamedRule[],
  { now, categories, isInSegment }: Scope,
): InEffect {
  const times = rules.flatMap(({ from = 0, until = Infinity }) => [from, until]);
  return {
    rules: rules.filter((rule) => {
      const { from = 0, until = Infinity, categories: wanted, segments } = rule;
      if (now < from || now >= until) return false;
      if (wanted && !wanted.some((name) => categories.has(name.toLowerCase()))) return false;
      return !segments || segments.some(isInSegment);
    }),
    until: Math.min(Infinity, ...times.filter((time) => time > now)),
  };
}
