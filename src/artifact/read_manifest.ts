import { z } from "zod";
import { ArtifactError, REMEDY } from "./artifact_error.ts";
import {
  FORMAT,
  FORMAT_VERSION,
  type Manifest,
  MANIFEST_FILE,
  manifestSchema,
  READABLE_VERSIONS,
} from "./manifest.ts";
import { sha256 } from "../base/sha256.ts";
import { readPart } from "./tensor_files.ts";

/** Some twenty times the manifest of all models on a real month. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Zod compiles its rules at the first use, which takes longer than using them once without. */
const PARSED_ONCE = { jitless: true };

const LIST = new Intl.ListFormat("en", { type: "conjunction" });

const envelopeSchema = z.object({ format: z.literal(FORMAT), formatVersion: z.int() });

/**
 * Reads the manifest of an artifact and checks its format and its digest.
 *
 * @param folder The artifact's.
 * @param version Its name, which ends with the first digits of the manifest's SHA-256.
 * @throws {ArtifactError} If it is missing, damaged, or of another format version.
 */
export async function readManifest(folder: string, version: string): Promise<Manifest> {
  const path = `${folder}/${MANIFEST_FILE}`;
  const bytes = await readPart(path, MOST_BYTES);
  const json = parseJson(path, bytes);
  checkFormat(path, json);
  if (!version.endsWith(`-${sha256(bytes).slice(0, 12)}`)) {
    throw new ArtifactError(
      `Cannot load the artifact: ${path} isn't the one that was saved as ${version}: ` +
        `it was changed, or its folder renamed; ${REMEDY}`,
    );
  }
  const { data, error } = manifestSchema.safeParse(json, PARSED_ONCE);
  if (!data) throw malformed(path, z.prettifyError(error));
  return data;
}

function parseJson(path: string, bytes: Uint8Array<ArrayBuffer>): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw malformed(path, (error as Error).message);
  }
}

function checkFormat(path: string, json: unknown): void {
  const { data, error } = envelopeSchema.safeParse(json, PARSED_ONCE);
  if (!data) throw malformed(path, z.prettifyError(error));
  if (READABLE_VERSIONS.some((version) => version === data.formatVersion)) return;
  throw new ArtifactError(
    `Cannot load the artifact: ${path} is of format version ${data.formatVersion}, ` +
      `this program reads versions ${LIST.format(READABLE_VERSIONS.map(String))}; ${
        data.formatVersion > FORMAT_VERSION
          ? "use the newer program that made it"
          : "make a new artifact"
      }, or train again: deno task train --events FILE`,
  );
}

function malformed(path: string, why: string): ArtifactError {
  return new ArtifactError(
    `Cannot load the artifact: ${path} isn't a manifest (${why}); ${REMEDY}`,
  );
}
