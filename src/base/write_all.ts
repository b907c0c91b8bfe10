/** Something that bytes can be written to; one call may write only some of them. */
export interface Writer {
  /** @returns How many bytes it wrote, from the first on. */
  write(bytes: Uint8Array): Promise<number>;
}

/** As {@linkcode Writer}, blocking. */
export interface WriterSync {
  /** @returns How many bytes it wrote, from the first on. */
  writeSync(bytes: Uint8Array): number;
}

/** Writes all bytes, in as many calls as that takes. */
export async function writeAll(writer: Writer, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await writer.write(bytes.subarray(at));
}

/** As {@linkcode writeAll}, blocking. */
export function writeAllSync(writer: WriterSync, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writer.writeSync(bytes.subarray(at));
}
