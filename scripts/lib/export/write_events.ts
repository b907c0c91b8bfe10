import { formatCounted } from "../../../src/base/format.ts";
import { InputError } from "../../../src/base/input_error.ts";
import { type BucketAccess, bucketDestination, isBucket } from "../../../src/export/bucket.ts";
import { type Day, exportDays } from "../../../src/export/export_days.ts";
import { folderDestination } from "../../../src/export/folder.ts";
import type { EventStore } from "../../../src/service/store/event_store.ts";
import type { Reporter } from "../reporter.ts";

/**
 * Exports events to a folder or a bucket and prints how many there are.
 *
 * @param place A folder, or `s3://BUCKET/PREFIX`.
 * @param options `from`, `retentionDays`: see {@linkcode exportDays}.
 */
export async function writeEvents(
  store: EventStore,
  place: string,
  { reporter, ...options }: { from?: Day; retentionDays?: number; reporter: Reporter },
): Promise<void> {
  const destination = isBucket(place)
    ? bucketDestination(place, accessFromEnvironment(place))
    : folderDestination(place);
  reporter.stage("Exporting events");
  const { days, events, parts, through } = await exportDays(store, destination, options);
  console.log(
    days === 0
      ? `No day has ended since: ${place} has all events through ${through}`
      : `${formatCounted(events, "event")} of ${formatCounted(days, "day")} in ` +
        `${formatCounted(parts, "file")}: ${place} has all events through ${through}`,
  );
}

/** From the variables that Amazon's own tools read. */
function accessFromEnvironment(place: string): BucketAccess {
  const read = (...names: string[]) => names.map((name) => Deno.env.get(name)).find(Boolean);
  const accessKeyId = read("AWS_ACCESS_KEY_ID");
  const secretAccessKey = read("AWS_SECRET_ACCESS_KEY");
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new InputError(
      `Cannot export to ${place}: set the environment variables AWS_ACCESS_KEY_ID and ` +
        "AWS_SECRET_ACCESS_KEY to keys that may read and write it",
    );
  }
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: read("AWS_SESSION_TOKEN"),
    region: read("AWS_REGION", "AWS_DEFAULT_REGION"),
    endpoint: read("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
  };
}
