import { formatCount, formatNumber } from "../format.ts";

/** An answer of the service. */
export interface ServedAnswer {
  readonly path: string;
  readonly status: number;
  /** Of a list. */
  readonly model?: string;
  readonly strategy?: string;
}

/** What the findings on serving are drawn from. */
export interface ServingFacts {
  readonly data: { readonly users: number; readonly items: number; readonly events: number };
  /** Of the artifact. */
  readonly bytes: number;
  readonly answers: readonly ServedAnswer[];
  /** Product numbers of one list, computed offline, and as the API gave them. */
  readonly offline: readonly string[];
  readonly online: readonly string[];
}

/** What serving showed, in sentences. */
export function servingFindings({ data, bytes, answers, offline, online }: ServingFacts): string[] {
  const same = offline.length === online.length &&
    offline.every((product, rank) => product === online[rank]);
  return [
    `The artifact holds ${formatCount(data.users)} users, ${formatCount(data.items)} products and ${
      formatCount(data.events)
    } events in ${formatNumber(bytes / 2 ** 20)} MiB.`,
    ...answers.map(({ path, status, model, strategy }) =>
      `${path} was answered with ${status}${model ? ` by ${model} (${strategy})` : ""}.`
    ),
    `The list of the API and the one computed offline are ${same ? "the same" : "different"}.`,
  ];
}
