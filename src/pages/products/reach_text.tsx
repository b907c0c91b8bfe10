import { formatCount, formatCounted, formatShare } from "../../base/format.ts";
import type { Reach } from "../figures/audience.ts";

/** In how many users' lists a product is, in a sentence. */
export function ReachText({ reach: { users, lists, place } }: { reach: Reach }) {
  if (users === 0) return <p>The artifact has no users whose lists could be counted.</p>;
  return (
    <p>
      {lists === 0
        ? `It is in none of the lists of ten of ${formatCounted(users, "user")}.`
        : `It is in the lists of ten of ${formatCount(lists)} out of ${
          formatCounted(users, "user")
        } (${formatShare(lists / users)}), at place ${place?.toFixed(1)} on average.`}{" "}
      <span class="faint">Users are a sample; the lists are the default model's.</span>
    </p>
  );
}
