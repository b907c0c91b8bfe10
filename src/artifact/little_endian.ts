import { ArtifactError } from "./artifact_error.ts";

/**
 * Checks that this machine is little-endian, as artifacts are; every processor that Deno supports
 * is.
 *
 * @throws {ArtifactError} If it isn't.
 */
export function requireLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) {
    throw new ArtifactError(
      "Cannot use artifacts on this machine: its processor is big-endian, and artifacts hold " +
        "little-endian numbers; use another machine",
    );
  }
}
