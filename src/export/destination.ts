/** Where files are exported to: a folder or a bucket. Keys are paths with slashes. */
export interface Destination {
  /** What messages call it. */
  readonly name: string;
  /** The whole file; undefined if there is none. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Whether there is such a file. */
  has(key: string): Promise<boolean>;
  /** Writes a file whole or not at all, in place of an older one. */
  write(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Removes a file that is there. */
  remove(key: string): Promise<void>;
}
