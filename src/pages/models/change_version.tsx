import type { Context, Hono } from "hono";
import { ArtifactError } from "../../artifact/artifact_error.ts";
import { isRemote } from "../../base/fetch_safely.ts";
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
    if (!await mayWriteTo(source)) {
      throw new PageProblem(
        STATUS_CODE.Forbidden,
        `${NO_WRITING} Run ${useCommand(source, version)} there, then reload.`,
      );
    }
    await refusing(() => useVersion(source, { version, algorithms }));
    return await reloaded(context);
  });

  async function reloaded(context: Context<PageEnvironment>): Promise<Response> {
    if (!reload) throw notFound("This service can't reload.");
    await refusing(reload);
    return context.redirect("../models", STATUS_CODE.SeeOther);
  }
}

/** Why a page can't serve another artifact where the process was started without the right to. */
export const NO_WRITING = "This process has no permission to write to the artifacts' folder.";

/** Whether this process was started with the permission to write to a folder. */
export async function mayWriteTo(folder: string): Promise<boolean> {
  return (await Deno.permissions.query({ name: "write", path: folder })).state === "granted";
}

/** The command that makes a version the current one. */
export function useCommand(folder: string, version: string): string {
  const place = folder === DEFAULT_FOLDER ? "" : ` --artifacts ${folder}`;
  return `deno task models${place} --use ${version}`;
}

/** Where the command looks for artifacts. */
const DEFAULT_FOLDER = "artifacts";

/** What can't be loaded or written isn't a fault of the page. */
async function refusing(change: () => Promise<unknown>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new PageProblem(STATUS_CODE.Conflict, error.message);
  }
}
