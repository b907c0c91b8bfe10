import type { z } from "zod";

/**
 * An option of `z.toJSONSchema`: a rule's metadata `sent`, if it has any, describes what clients
 * send instead of what the rule turns it into.
 */
export function describeAsSent({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { sent, ...rest } = jsonSchema;
  if (typeof sent !== "object" || sent === null) return;
  for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
  Object.assign(jsonSchema, sent);
  if (rest.description !== undefined) jsonSchema.description = rest.description;
}
