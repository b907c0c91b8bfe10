import type { Hono } from "hono";
import { dateText } from "../../analysis/report/data_section.ts";
import { formatCounted, formatNumber, formatShare } from "../../base/format.ts";
import { requireHistories } from "../access/require.tsx";
import { showPage } from "../frame/show_page.tsx";
import { apiPath } from "../visit/ask.ts";
import type { PageEnvironment } from "../visit/site.ts";
import type { Report } from "./answers.ts";
import { Arms } from "./arms.tsx";
import { Change } from "./change_experiment.tsx";
import { Effects } from "./effects.tsx";
import { Plan } from "./plan.tsx";
import { aboutText, stateText } from "./state.ts";

/** One experiment: what its arms brought, and what of it is certain. */
export function addExperiment(app: Hono<PageEnvironment>): void {
  app.get("/experiments/:name", requireHistories, async (context) => {
    const { ask, visitor } = context.var;
    const report = await ask.get<Report>(apiPath(["experiments", context.req.param("name")]));
    const { name, share, faults, mixedUsers, measured } = report;
    return await showPage(context, {
      title: name,
      body: (
        <>
          <h1>Experiment {name}</h1>
          <p>
            About {aboutText(report)},{" "}
            {share === 1 ? "all users" : `${formatShare(share)} of the users`}; {stateText(report)}.
          </p>
          {faults.map((fault) => <p class="error">{fault}</p>)}
          <SampleRatio report={report} />
          <Change experiment={report} mayChange={visitor.mayChange} />
          <Arms report={report} />
          {mixedUsers > 0 && (
            <p>
              {formatCounted(mixedUsers, "user was", "users were")}{" "}
              merged from several arms and left out.
            </p>
          )}
          <Plan report={report} />
          <Effects report={report} />
          <p class="faint">Measured at {dateText(measured)} (UTC).</p>
        </>
      ),
    });
  });
}

/** The alarm that arms have other shares of users than they should. */
function SampleRatio({ report: { sampleRatio: { isOff, pValue } } }: { report: Report }) {
  if (!isOff) return null;
  return (
    <ul class="warnings" aria-label="Warnings">
      <li>
        <strong>The arms have other shares of users than they should</strong> (p{" "}
        {pValue < .0001 ? "< 0.0001" : `= ${formatNumber(pValue)}`}), so no figure can be trusted.
        Look for lists of an arm that fail, or whose impressions aren't reported.
      </li>
    </ul>
  );
}
