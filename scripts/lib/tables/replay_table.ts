import { formatCounted, formatNumber, formatShare } from "../../../src/base/format.ts";
import type { Interval } from "../../../src/experiments/effect.ts";
import type { Replay } from "../../../src/experiments/replay/replay.ts";
import type { Reward } from "../../../src/experiments/replay/reward.ts";
import { formatTable } from "./table.ts";
import { wrapText } from "./wrap.ts";

/** The number of places that rewards are given for. */
const PLACES = 1000;

const TITLES: Readonly<Record<Reward, string>> = {
  click: "clicks",
  cart: "carts",
  purchase: "purchases",
  revenue: "revenue",
};

/** Shows what a policy would have earned, beside what was shown; or why that can't be said. */
export function formatReplay(
  { lists, leftOut: { fixed, gaps, unranked }, evaluation, logged }: Replay,
  { policy, reward, early }: { policy: string; reward: Reward; early: number },
): string {
  const { rounds, effectiveSize, support, value, refusal } = evaluation;
  const head = wrapText(
    `${formatCounted(lists, "list")} with ${formatCounted(rounds, "place")} left to chance, as ` +
      `much as ${formatNumber(effectiveSize)} of ${policy} itself; the log could have shown ` +
      `${percent(support)} of what it shows. Left out: ${early} from before the end of the ` +
      `artifact's data, ${fixed} without chance, ${gaps} with gaps, ${unranked} without a list`,
  );
  if (value === undefined) return `${head}\n\n${wrapText(`No estimate: ${refusal}`)}`;
  const rows = [
    ["as shown", logged.value!.ips],
    [`${policy}: IPS`, value.ips],
    [`${policy}: SNIPS`, value.snips],
    [`${policy}: doubly robust`, value.doublyRobust!],
  ] as const;
  const title = `${TITLES[reward]} per ${PLACES} places`;
  return `${head}\n\n` + formatTable(
    ["", title, "95% from", "to"],
    rows.map(([name, { estimate, low, high }]) => [
      name,
      ...[estimate, low, high].map((number) => formatNumber(PLACES * number)),
    ]),
  );
}

function percent({ estimate, low, high }: Interval): string {
  return `${formatShare(estimate)} (${formatShare(Math.max(0, low))} to ${formatShare(high)})`;
}
