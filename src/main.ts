/**
 * Serves the artifact that `artifacts/current` names, wherever it is started from: the entrypoint
 * of Deno Deploy and of containers. See {@linkcode serveFromEnvironment} for its settings.
 */
import { createPages } from "./pages/mod.ts";
import { serveFromEnvironment } from "./service/serve_from_environment.ts";

Deno.exit(await serveFromEnvironment(`${import.meta.dirname}/..`, { makePages: createPages }));
