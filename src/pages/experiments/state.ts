import { dateText } from "../../analysis/report/data_section.ts";
import type { Experiment } from "./answers.ts";

/** How an experiment stands, in words: its state and its times. */
export function stateText(
  { state, start, stop }: Pick<Experiment, "state" | "start" | "stop">,
): string {
  const since = start === undefined ? "" : ` since ${dateText(start)}`;
  const until = stop === undefined ? ", without an end" : ` until ${dateText(stop)}`;
  switch (state) {
    case "running":
      return `running${since}${until}`;
    case "planned":
      return `planned from ${dateText(start ?? "")}${until}`;
    case "stopped":
      return `stopped at ${dateText(stop ?? "")}`;
    case "invalid":
      return "invalid, so it doesn't run";
  }
}

/** Whose lists differ, in words. */
export function aboutText({ placement }: Pick<Experiment, "placement">): string {
  return placement === undefined
    ? "users' lists without a placement"
    : `the lists of placement ${placement}`;
}
