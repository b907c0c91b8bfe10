import type { Hono } from "hono";
import { formatShare } from "../../base/format.ts";
import { requireHistories } from "../access/require.tsx";
import { showPage } from "../frame/show_page.tsx";
import { notFound } from "../visit/problem.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";
import type { Experiment, Experiments } from "./answers.ts";
import { shownBy } from "./arms.tsx";
import { addExperimentChanges } from "./change_experiment.tsx";
import { addExperiment } from "./experiment.tsx";
import { experimentPlace } from "./experiment_place.ts";
import { Online } from "./online.tsx";
import { aboutText, stateText } from "./state.ts";

/** Experiments: which there are, what each found, and what came of lists. */
export function addExperiments(app: Hono<PageEnvironment>, site: Site): void {
  const isOn = site.api.experiments !== undefined;
  app.get("/experiments", requireHistories, async (context) => {
    const answer = isOn ? await context.var.ask.get<Experiments>("/experiments") : undefined;
    return await showPage(context, {
      title: "Experiments",
      body: (
        <>
          <h1>Experiments</h1>
          {answer
            ? (
              <>
                <ExperimentList {...answer} />
                <Online api={site.api} />
              </>
            )
            : <SwitchedOff />}
        </>
      ),
    });
  });
  if (isOn) {
    addExperiment(app);
    addExperimentChanges(app, site);
  } else {
    app.all("/experiments/*", requireHistories, () => {
      throw notFound(OFF);
    });
  }
}

const OFF = "This service doesn't store what users are shown, so it has no experiments.";

function SwitchedOff() {
  return (
    <>
      <p>{OFF}</p>
      <p>
        To switch it on, start the service with <code>EXPOSURES=on</code>{" "}
        and a store, and report what users are shown with{" "}
        <code>POST /impressions</code>, or give a placement{" "}
        <code>"impressions": "implied"</code>. Then <code>PUT /experiments/NAME</code>{" "}
        starts an experiment, such as a model against the usual one.
      </p>
    </>
  );
}

function ExperimentList({ experiments, holdout }: Experiments) {
  if (experiments.length === 0) {
    return (
      <p>
        There are none: an experiment shows some users other lists, and says whether these sell
        more. <code>PUT /experiments/NAME</code> starts one, and so does the file that the setting
        {" "}
        <code>EXPERIMENTS</code> names.
      </p>
    );
  }
  return (
    <>
      <ul class="list">
        {experiments.map((experiment) => <Entry experiment={experiment} />)}
      </ul>
      {holdout > 0 && <p>{formatShare(holdout)} of the users never take part in any.</p>}
    </>
  );
}

function Entry({ experiment }: { experiment: Experiment }) {
  const { name, arms, faults } = experiment;
  return (
    <li>
      <a href={experimentPlace(name)}>{name}</a>: {stateText(experiment)}
      <p class="faint">
        About {aboutText(experiment)}:{" "}
        {arms.map((arm) => `${arm.name} (${shownBy(arm)})`).join(" against ")}
      </p>
      {faults.map((fault) => <p class="error">{fault}</p>)}
    </li>
  );
}
