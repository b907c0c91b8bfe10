/** A sink for bytes; one call may write only some of them. */
export interface Writer {
  /** @returns The number of bytes written, counted from the first. */
  write(bytes: Uint8Array): Promise<number>;
}

/** As {@linkcode Writer}, blocking. */
export interface WriterSync {
  /** @returns The number of bytes written, counted from the first. */
  writeSync(bytes: Uint8Array): number;
}

/** Writes all bytes, with as many calls as needed. */
export async function writeAll(writer: Writer, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await writer.write(bytes.subarray(at));
}

/** As {@linkcode writeAll}, blocking. */
export function writeAllSync(writer: WriterSync, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writer.writeSync(bytes.subarray(at));
}
