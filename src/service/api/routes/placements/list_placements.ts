import { placementsAnswer } from "../../../schema/answers.ts";
import { fresh } from "../../content.ts";
import { defineRoute } from "../../route.ts";

/** `GET /placements`: the names of all placements and segments. */
export const listPlacements = defineRoute({
  method: "GET",
  path: "/placements",
  access: "read",
  summary: "The placements that lists can be requested for, and the segments of users",
  answers: fresh("Their names", placementsAnswer),
  handle: (_, { placements }) => ({
    placements: [...placements.names],
    segments: [...placements.segments.keys()],
  }),
});
