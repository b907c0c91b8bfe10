import { formatCount, formatShare } from "../../../src/base/format.ts";
import type { Reading } from "../experiments/live_experiment.ts";
import { formatTable } from "./table.ts";
import { wrapText } from "./wrap.ts";

/** The names of the models that are compared. */
interface Compared {
  readonly control: string;
  readonly arm: string;
}

/** Shows what an experiment said each evening. */
export function formatReadings(readings: readonly Reading[], { control, arm }: Compared): string {
  const head = ["day", "lists", `${control} clicked`, `${arm} clicked`, "points more"];
  const rows = readings.map(({ day, lists, clickThrough, effect }) => [
    String(day),
    formatCount(lists),
    ...clickThrough.map((share) => formatShare(share ?? NaN)),
    `${points(effect.estimate)} (${points(effect.low)} to ${points(effect.high)})`,
  ]);
  const last = readings.at(-1)!;
  const verdict = !last.isCertain
    ? `Nothing is certain after day ${last.day}`
    : last.effect.estimate > 0
    ? `${arm} is better: certain since day ${readings.find(({ isCertain }) => isCertain)!.day}`
    : `${arm} is worse: stopped after day ${last.day}`;
  const warning = last.isOff ? "\nThe arms have other shares of users than they should" : "";
  return `${formatTable(head, rows)}\n${verdict}${warning}`;
}

/** Compares the last reading with the truth: the click-through of everyone with each model. */
export function formatTruth(
  { effect, isCertain }: Reading,
  [controlShare, armShare]: readonly [number, number],
  { control, arm }: Compared,
): { text: string; isRight: boolean } {
  const truth = armShare - controlShare;
  const isInside = effect.low <= truth && truth <= effect.high;
  const isRight = isInside && (!isCertain || Math.sign(truth) === Math.sign(effect.estimate));
  return {
    isRight,
    text: wrapText(
      `The truth: ${control} ${formatShare(controlShare)}, ${arm} ${formatShare(armShare)}, a ` +
        `difference of ${points(truth)} points, which is ${isInside ? "inside" : "outside"} the ` +
        "interval",
    ),
  };
}

/** A difference of two shares in percentage points. */
function points(share: number): string {
  if (!Number.isFinite(share)) return "–";
  return `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;
}
