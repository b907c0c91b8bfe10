import type { Manifest } from "../../../src/artifact/manifest.ts";
import type { VersionEntry } from "../../../src/artifact/versions.ts";
import { formatCount } from "../../../src/base/format.ts";
import { formatTable } from "./table.ts";
import { wrapText } from "./wrap.ts";

/**
 * Lays out the versions of a folder of artifacts, whose names begin with when they were made, in
 * UTC; then why the current one has its default model.
 *
 * @param width The longest line of the table. Default that of {@linkcode formatTable}.
 */
export function formatVersions(
  directory: string,
  entries: readonly VersionEntry[],
  width?: number,
): string {
  if (entries.length === 0) return `No artifacts in ${directory}`;
  const head = ["version", "", "data", "events", "default", "NDCG, test", "gate"];
  const current = entries.find((entry) => entry.current);
  return [
    formatTable(head, entries.map(cellsOf), { width }),
    ...entries.flatMap(({ version, error }) => error ? [`${version}: ${error}`] : []),
    wrapText(current ? describeCurrent(current) : "None of them is current", width),
  ].join("\n");
}

function cellsOf({ version, current, manifest }: VersionEntry): string[] {
  const mark = current ? "current" : "";
  if (!manifest) return [version, mark, "", "", "can't be read", "", ""];
  const { data, defaultModel } = manifest;
  return [
    version,
    mark,
    shorten(data.sources),
    formatCount(data.events),
    defaultModel,
    figureOf(manifest),
    gateText(manifest),
  ];
}

function shorten(sources: readonly string[]): string {
  const [first = "", ...others] = sources;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** The default model's NDCG for new products on the test window, with its interval. */
function figureOf({ evaluation, defaultModel }: Manifest): string {
  const row = evaluation.find(({ window, task, model }) =>
    window === "test" && task === "new" && model === defaultModel
  );
  if (!row?.users) return "unmeasured";
  const [low, high] = [endOf(row.low), endOf(row.high)];
  const interval = low === undefined || high === undefined ? "" : ` (${low}–${high})`;
  return `@${row.k} ${Number(row.ndcg).toFixed(4)}${interval}`;
}

/** The end of NDCG's interval, from a row's interval ends by metric. */
function endOf(ends: unknown): string | undefined {
  const { ndcg } = (ends ?? {}) as { ndcg?: number };
  return ndcg?.toFixed(4);
}

function gateText({ gate, defaultModel }: Manifest): string {
  if (!gate) return "not run";
  if (gate.passed) return "passed";
  return gate.candidate === defaultModel ? "failed, forced" : `failed by ${gate.candidate}`;
}

function describeCurrent({ version, manifest }: VersionEntry): string {
  return manifest?.decision ? `${version} serves ${manifest.decision}` : `${version} is current`;
}
