import { z } from "zod";
import type { Artifact } from "../../artifact/load.ts";
import { EXCLUDES } from "../../models/recommend.ts";
import { revalidatedJson } from "../json.ts";
import { wholeNumber } from "../parameters.ts";
import { createRecommender } from "../recommender.ts";
import type { Route } from "../route.ts";

const DEFAULT_K = 10;
const LARGEST_K = 100;
const LONGEST_ID = 256;

/** `GET /recommend/{userId}`: the best products for a user, or what is popular where nothing is known of him. */
export function recommendRoute(artifact: Artifact): Route {
  const recommender = createRecommender(artifact);
  const { pathParameters, query } = recommendParameters(artifact);
  const route: Route<typeof pathParameters, typeof query> = {
    method: "GET",
    path: "/recommend/{userId}",
    summary: "The best products for a user, best first",
    pathParameters,
    query,
    handle({ request, path: { userId }, query }) {
      return revalidatedJson(request, recommender.recommend(userId, query), "private, no-cache");
    },
  };
  return route;
}

function recommendParameters({ models, manifest }: Artifact) {
  const lengths = `1 to ${LONGEST_ID} characters long`;
  return {
    pathParameters: z.object({
      userId: z.string().min(1, { error: lengths }).max(LONGEST_ID, { error: lengths }),
    }),
    query: z.object({
      k: wholeNumber(1, LARGEST_K).default(DEFAULT_K),
      model: z.enum([...models.keys()]).default(manifest.defaultModel),
      exclude: z.enum(EXCLUDES).default("seen"),
    }),
  };
}
