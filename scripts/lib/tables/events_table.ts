import type { OpenedEvents } from "../../../src/events/loaded_events.ts";
import { type EventsSummary, summarise } from "../../../src/events/summary.ts";
import { minuteText } from "../../../src/base/time.ts";
import { formatCount, formatCounted } from "../../../src/base/format.ts";
import { formatTable } from "./table.ts";

/** A short table of the events and of how they were read, to check before training. */
export async function formatEvents(
  opened: Pick<OpenedEvents, "pieces" | "report" | "rejects" | "reading">,
): Promise<string> {
  const summary = await summarise(opened);
  const { report, reading } = opened;
  const share = (part: number) => `${(100 * part / report.rowsOut).toFixed(1)}%`;
  const rows: [string, string][] = [
    ["rows read", formatCount(report.rowsIn)],
    ...Object.entries(summary.rejected).map(([reason, rows]): [string, string] => [
      "rejected",
      `${formatCount(rows)}: ${reason}`,
    ]),
    ...report.steps.filter(({ step, removed }) => removed > 0 && step !== "malformed rows")
      .map((
        { step, removed },
      ): [string, string] => ["dropped", `${formatCount(removed)}: ${step}`]),
    ["rows kept", formatCount(report.rowsOut)],
    ...Object.entries(summary.types).map(([type, rows]): [string, string] => [
      `- ${type}`,
      formatCount(rows),
    ]),
    ["users, products", `${formatCount(summary.users)}, ${formatCount(summary.products)}`],
    ["from, to (UTC)", `${minuteText(+summary.from / 1000)}, ${minuteText(+summary.to / 1000)}`],
    ["with a price", share(summary.known.price)],
    ["with a brand", share(summary.known.brand)],
    ["with a category", share(summary.known.category)],
    ...heavyRows(summary, report.rowsOut),
    ...reading.notes.map((note): [string, string] => ["note", note]),
  ];
  return formatTable(["events", ""], rows, { align: "left" });
}

function heavyRows({ heavy }: EventsSummary, rows: number): [string, string][] {
  if (heavy === undefined) return [];
  const share = (100 * heavy.events / rows).toFixed(1);
  return [[
    "heavy",
    `${formatCounted(heavy.users, "user")} with over ${
      formatCounted(heavy.limit, "event")
    }, ${share}% of all; bots? ` +
    `(--max-events-per-user ${heavy.limit} excludes them)`,
  ]];
}
