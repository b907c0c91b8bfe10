import { formatCount, formatShare } from "../../base/format.ts";
import type { Reach } from "../figures/audience.ts";

/** In how many users' lists a product is, in a sentence. */
export function ReachText({ reach: { users, lists, place } }: { reach: Reach }) {
  if (users === 0) return <p>The artifact has no users whose lists could be looked at.</p>;
  return (
    <p>
      {lists === 0
        ? `None of ${formatCount(users)} users is shown it in their list of ten.`
        : `${formatCount(lists)} of ${formatCount(users)} users (${
          formatShare(lists / users)
        }) are shown it in their list of ten, at place ${place?.toFixed(1)} on average.`}{" "}
      <span class="faint">A sample of the artifact's users, by the default model.</span>
    </p>
  );
}
