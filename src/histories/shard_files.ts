import { fetchSafely, isRemote } from "../base/fetch_safely.ts";

/** Which bytes of a shard to read. */
export interface ByteRange {
  /** The shard's file. */
  readonly file: string;
  readonly start: number;
  readonly bytes: number;
}

/** Reads bytes of shards, wherever they are. */
export type ReadRange = (range: ByteRange, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * Makes a function that reads bytes of the shards in a folder, by position, or at a URL, by range
 * requests (RFC 9110), as file servers and object storage answer them.
 *
 * @param place The folder of the shards: a path or a URL, whose query each request gets, too.
 * @returns Throws an `Error` that says why if it can't read all bytes.
 */
export function rangeReader(place: string): ReadRange {
  return isRemote(place) ? remoteReader(new URL(place)) : localReader(place);
}

/** Opens the file for each read: that holds no descriptors, and costs less than a list. */
function localReader(folder: string): ReadRange {
  return async ({ file: name, start, bytes }) => {
    using file = await Deno.open(`${folder}/${name}`);
    await file.seek(start, Deno.SeekMode.Start);
    const read = new Uint8Array(bytes);
    for (let end = 0; end < bytes;) {
      const more = await file.read(read.subarray(end));
      if (more === null) throw new RangeError(`${name} ends before byte ${start + bytes}`);
      end += more;
    }
    return read;
  };
}

const PARTIAL_CONTENT = 206;

function remoteReader(folder: URL): ReadRange {
  return async ({ file, start, bytes }, signal) => {
    const url = new URL(folder);
    url.pathname = `${folder.pathname.replace(/\/$/, "")}/${file}`;
    const range = `bytes=${start}-${start + bytes - 1}`;
    // Compressed bytes couldn't be counted.
    const headers = { range, "accept-encoding": "identity" };
    const response = await fetchSafely(url.href, { signal, headers });
    const { status, statusText } = response;
    if (status !== PARTIAL_CONTENT) {
      await response.body?.cancel();
      throw new TypeError(
        status === 200
          ? `the server must answer range requests with 206, it sends all of ${file}`
          : `the server answers ${status} ${statusText} for ${file}`,
      );
    }
    return await readExactly(response, file, bytes);
  };
}

/** Nothing that another machine sends fills the memory of this one. */
async function readExactly(
  response: Response,
  file: string,
  bytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const read = new Uint8Array(bytes);
  let end = 0;
  for await (const part of response.body ?? []) {
    if (end + part.length > bytes) throw new RangeError(`the server sends too much of ${file}`);
    read.set(part, end);
    end += part.length;
  }
  if (end < bytes) {
    throw new RangeError(`the server sends only ${end} of ${bytes} bytes of ${file}`);
  }
  return read;
}
