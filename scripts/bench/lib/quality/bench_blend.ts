import type { BlendOptions } from "../../../../src/models/blend.ts";
import type { BlendMember } from "../../../../src/models/blend_members.ts";
import type { Algorithm } from "../../../../src/models/model.ts";

/**
 * The options that a benchmark sets and doesn't search: a blend mixes the models that were measured before it,
 * with the options found for them, and finds its weights for the benchmark's task. Other models have none.
 *
 * @param members Without any, a blend keeps its default members.
 */
export function fixedOptions(
  { name }: Algorithm,
  members: readonly BlendMember[],
  task: Partial<BlendOptions>,
): object {
  if (name !== "blend") return {};
  return { ...(members.length > 0 && { members: [...members] }), ...task };
}

/** Options for people: a blend's members by name, their options standing in their own rows. */
export function shownOptions(options: object & { members?: readonly BlendMember[] }): object {
  if (!options.members) return options;
  return { ...options, members: options.members.map(({ name }) => name) };
}
