import { formatCount, formatShare } from "../../base/format.ts";
import { ScrollTable } from "../frame/scroll_table.tsx";
import type { Experiment, Report } from "./answers.ts";

/** The arms of an experiment: what each shows, and how many users and lists it had. */
export function Arms({ report: { arms, results } }: { report: Report }) {
  const shown = new Map(arms.map((arm) => [arm.name, shownBy(arm)]));
  return (
    <ScrollTable
      caption="Its arms, the control first"
      titles={["Arm", "Share", "Users", "Lists", "Clicked", "In a cart", "Bought", "Shows"]}
      rows={results.map(({ name, share, users, lists, clicked, carted, bought }) => [
        name,
        share === undefined ? "" : formatShare(share),
        ...[users, lists, clicked, carted, bought].map(formatCount),
        shown.get(name) ?? "the usual lists: its users never take part",
      ])}
    />
  );
}

/** What an arm shows, in words. */
export function shownBy(
  { model, placement }: Pick<Experiment["arms"][number], "model" | "placement">,
): string {
  if (model !== undefined) return `model ${model}`;
  return placement === undefined ? "the usual lists" : `placement ${placement}`;
}
