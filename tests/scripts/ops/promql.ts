/** A selector in an expression of PromQL: a metric and its label matchers. */
export interface Selection {
  readonly metric: string;
  readonly matchers: readonly {
    readonly label: string;
    readonly operator: string;
    readonly value: string;
  }[];
}

/** The metrics and labels that an expression uses. */
export interface Uses {
  readonly selections: readonly Selection[];
  /** Labels to group or join by. */
  readonly groups: readonly string[];
}

const RANGES = /\[[^\]]*\]/g;
const GROUPS = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)/g;
const KEYWORDS = ["and", "or", "unless", "bool", "offset", "group_left", "group_right"];
/** A name, then label matchers, whose text may hold braces; numbers aren't names. */
const NAMES = /(?<![\w.])([A-Za-z_:][\w:]*)\s*(\{(?:[^"}]|"[^"]*")*\})?(\s*\()?/g;
const MATCHERS = /(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;

/**
 * Reads which metrics and labels an expression uses; covers the part of PromQL in `scripts/ops`.
 */
export function usesOf(expression: string): Uses {
  const text = expression.replaceAll(RANGES, "");
  const groups = text.matchAll(GROUPS).toArray()
    .flatMap(([, names]) => names.split(",").map((name) => name.trim()).filter(Boolean));
  const selections = text.replaceAll(GROUPS, " ").matchAll(NAMES).toArray()
    .filter(([, name, , parenthesis]) => parenthesis === undefined && !KEYWORDS.includes(name))
    .map(([, metric, braces = ""]) => ({
      metric,
      matchers: braces.matchAll(MATCHERS).toArray()
        .map(([, label, operator, value]) => ({ label, operator, value })),
    }));
  return { selections, groups };
}
