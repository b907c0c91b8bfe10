import type { Hono } from "hono";
import { STATUS_CODE } from "../../base/std/http.ts";
import { requireChange } from "../access/require.tsx";
import { apiPath, type Ask } from "../visit/ask.ts";
import { notFound, PageProblem } from "../visit/problem.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";
import type { Experiment, Experiments } from "./answers.ts";
import { experimentPlace } from "./experiment_place.ts";

/** Stops an experiment as `PUT /experiments/{name}` does, and deletes one that doesn't run. */
export function addExperimentChanges(
  app: Hono<PageEnvironment>,
  { api: { shop } }: Pick<Site, "api">,
): void {
  app.post("/experiments/:name/stop", requireChange, async (context) => {
    const { ask } = context.var;
    const found = await find(ask, context.req.param("name"));
    // A second stop would move the end.
    if (found.state !== "running") throw conflict("It doesn't run, so it can't be stopped.");
    const { name, source: _, state: __, faults: ___, ...experiment } = found;
    const stop = new Date(Math.floor(shop.now())).toISOString();
    await ask.send("PUT", apiPath(["experiments", name]), { ...experiment, stop });
    return context.redirect(`../../${experimentPlace(name)}`, STATUS_CODE.SeeOther);
  });
  app.post("/experiments/:name/delete", requireChange, async (context) => {
    const { ask } = context.var;
    const { name, state } = await find(ask, context.req.param("name"));
    if (state === "running") throw conflict("It has begun since the page was shown: stop it.");
    await ask.send("DELETE", apiPath(["experiments", name]));
    return context.redirect("../../experiments", STATUS_CODE.SeeOther);
  });
}

async function find(ask: Ask, name: string): Promise<Experiment> {
  const { experiments } = await ask.get<Experiments>("/experiments");
  const found = experiments.find((each) => each.name === name);
  if (!found) throw notFound("No experiment has this name.");
  return found;
}

function conflict(detail: string): PageProblem {
  return new PageProblem(STATUS_CODE.Conflict, detail);
}

/** What a visitor may change of an experiment: a form, or what to do instead. */
export function Change(
  { experiment: { name, source, state }, mayChange }: {
    experiment: Pick<Experiment, "name" | "source" | "state">;
    mayChange: boolean;
  },
) {
  if (!mayChange || state === "stopped") return null;
  if (source === "file") {
    return (
      <p>
        It is of the file that <code>EXPERIMENTS</code> names: to stop it, give it a{" "}
        <code>stop</code> there and reload the service.
      </p>
    );
  }
  const isRunning = state === "running";
  return (
    <form
      method="post"
      action={`${experimentPlace(name)}/${isRunning ? "stop" : "delete"}`}
      class="line"
    >
      <button type="submit">{isRunning ? "Stop the experiment" : "Delete the experiment"}</button>
      <span class="faint">
        {isRunning
          ? "Everyone gets the usual lists from then on. What it found stays."
          : "It runs for nobody now. The lists that were shown stay stored."}
      </span>
    </form>
  );
}
