import { InputError } from "../base/input_error.ts";

/** What to do about an artifact that can't be used. */
export const REMEDY =
  "restore its folder from a copy, or make a new artifact: deno task train --events FILE";

/**
 * An artifact is missing, damaged or of another format; the message says which file and what to do.
 */
export class ArtifactError extends InputError {
  override readonly name: string = "ArtifactError";
}
