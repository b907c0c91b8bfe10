import { ArtifactError } from "./artifact_error.ts";

/**
 * Makes sure that this machine keeps numbers as artifacts do, lowest byte first, as every processor does that
 * Deno runs on.
 *
 * @throws {ArtifactError} If it doesn't.
 */
export function requireLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) {
    throw new ArtifactError(
      "Cannot use artifacts on this machine: its processor keeps the highest byte of a number first, " +
        "and artifacts hold little-endian numbers; use another machine",
    );
  }
}
