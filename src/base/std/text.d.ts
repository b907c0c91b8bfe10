/**
 * How many insertions, deletions and substitutions turn one text into another (Levenshtein 1966).
 */
export function levenshteinDistance(a: string, b: string): number;
