import type { BlendOptions } from "../../../../src/models/blend.ts";
import type { BlendMember } from "../../../../src/models/blend_members.ts";
import type { Algorithm } from "../../../../src/models/model.ts";

/**
 * The options that a benchmark sets instead of searching. A blend combines the models measured
 * before it, with their best options, and fits its weights to the benchmark's task; other models
 * have none.
 *
 * @param members If empty, a blend keeps its default members.
 */
export function fixedOptions(
  { name }: Algorithm,
  members: readonly BlendMember[],
  task: Partial<BlendOptions>,
): object {
  if (name !== "blend") return {};
  return { ...(members.length > 0 && { members: [...members] }), ...task };
}

/**
 * Options for display: a blend's members by name only, since their options have rows of their own.
 */
export function shownOptions(options: object & { members?: readonly BlendMember[] }): object {
  if (!options.members) return options;
  return { ...options, members: options.members.map(({ name }) => name) };
}
