import { varying } from "../../http/compression.ts";
import type { Protection } from "../../protection/protection.ts";
import { NO_PARAMETERS, type Route } from "../route.ts";
import type { Shop } from "../../recommend/shop.ts";

/** `GET /metrics`: what the service does, for Prometheus. */
export function metricsRoute({ artifact, metrics }: Shop, protection: Protection): Route {
  const { version, manifest: { created, defaultModel } } = artifact;
  return {
    method: "GET",
    path: "/metrics",
    access: "read",
    summary: "What the service does, for Prometheus",
    pathParameters: NO_PARAMETERS,
    query: NO_PARAMETERS,
    answers: { 200: { description: "Text format 0.0.4", types: { "text/plain": undefined } } },
    handle() {
      const { inFlight } = protection;
      const text = metrics.toText({ version, created, defaultModel, inFlight });
      return new Response(text, {
        headers: {
          ...varying(text.length),
          "content-type": "text/plain; version=0.0.4; charset=utf-8",
          "cache-control": "no-store",
        },
      });
    },
  };
}
