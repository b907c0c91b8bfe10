import type { z } from "zod";
import type { historyAnswer } from "../../service/schema/answers.ts";

/** A page of a user's events, newest first. */
export type UserHistory = z.output<typeof historyAnswer>;
