import { varying } from "../../http/compression.ts";
import { whole } from "../content.ts";
import { experimentGauges } from "../exposed/experiment_gauges.ts";
import { defineRoute } from "../route.ts";

/** `GET /metrics`: the service's metrics, for Prometheus. */
export const metrics = defineRoute({
  method: "GET",
  path: "/metrics",
  access: "read",
  summary: "The service's metrics, for Prometheus",
  answers: whole("Text format 0.0.4", ["text/plain"]),
  handle(_, context) {
    const { shop: { artifact, metrics }, protection: { inFlight } } = context;
    const { version, manifest: { created, defaultModel } } = artifact;
    const text = metrics.toText({ version, created, defaultModel, inFlight }) +
      experimentGauges(context);
    return new Response(text, {
      headers: {
        ...varying(text.length),
        "content-type": "text/plain; version=0.0.4; charset=utf-8",
        "cache-control": "no-store",
      },
    });
  },
});
