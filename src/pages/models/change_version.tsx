import type { Context, Hono } from "hono";
import { ArtifactError } from "../../artifact/artifact_error.ts";
import { isRemote } from "../../artifact/remote.ts";
import { useVersion } from "../../artifact/versions.ts";
import { STATUS_CODE } from "../../base/std/http.ts";
import { algorithms } from "../../models/mod.ts";
import { requireChange } from "../access/require.tsx";
import { notFound, PageProblem } from "../visit/problem.ts";
import type { PageEnvironment, Site } from "../visit/site.ts";

/** Serves another artifact, or the current one again. */
export function addChangeOfVersion(
  app: Hono<PageEnvironment>,
  { api: { reload }, options: { source } }: Site,
): void {
  app.post("/models/reload", requireChange, async (context) => await reloaded(context));
  app.post("/models/use", requireChange, async (context) => {
    const { version } = await context.req.parseBody();
    if (typeof version !== "string" || isRemote(source)) {
      throw notFound("There is no such artifact.");
    }
    await use(version);
    return await reloaded(context);
  });

  async function reloaded(context: Context<PageEnvironment>): Promise<Response> {
    if (!reload) throw notFound("This service can't reload.");
    try {
      await reload();
    } catch (error) {
      throw refused(error);
    }
    return context.redirect("../models", STATUS_CODE.SeeOther);
  }

  async function use(version: string): Promise<void> {
    try {
      await useVersion(source, { version, algorithms });
    } catch (error) {
      throw refused(error, `: deno task models --use ${version}, then reload`);
    }
  }
}

/** @param instead What to do where the process may not write to the artifacts' folder. */
function refused(error: unknown, instead = ""): Error {
  if (error instanceof ArtifactError) return new PageProblem(STATUS_CODE.Conflict, error.message);
  if (error instanceof Deno.errors.NotCapable || error instanceof Deno.errors.PermissionDenied) {
    return new PageProblem(
      STATUS_CODE.Conflict,
      "The service may not change the artifacts' folder, as is usual in production; do it on its " +
        `machine${instead}.`,
    );
  }
  return error as Error;
}
