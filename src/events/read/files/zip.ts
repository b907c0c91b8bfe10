import { InputError } from "../../../base/input_error.ts";

/** Where a file's compressed bytes are in a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  /** The first byte. */
  readonly start: number;
  /** Behind the last byte. */
  readonly end: number;
  /** Whether the bytes are compressed by DEFLATE; otherwise they are stored as they are. */
  readonly deflated: boolean;
}

/** Signatures and sizes of the records of a ZIP archive (APPNOTE 6.3.10), in bytes. */
const END_RECORD = { signature: 0x06054b50, bytes: 22 };
const CENTRAL_RECORD = { signature: 0x02014b50, bytes: 46 };
const LOCAL_RECORD = { bytes: 30 };
const MOST_COMMENT = 1 << 16;

/** Files that archivers add and nobody means. */
const HIDDEN = /(^|\/)(__MACOSX\/|\.)|\/$/;

/**
 * Finds the only file of a ZIP archive.
 *
 * @throws {InputError} If the archive is damaged, a spreadsheet, or has no file or several.
 */
export function onlyEntry(path: string): ZipEntry {
  using file = Deno.openSync(path);
  const entries = readDirectory(file, path).filter(({ name }) => !HIDDEN.test(name));
  if (entries.some(({ name }) => name === "[Content_Types].xml")) {
    throw new InputError(`Cannot read ${path}: it is a spreadsheet; save it as CSV first`);
  }
  if (entries.length !== 1) {
    const names = entries.slice(0, 5).map(({ name }) => name).join(", ");
    throw new InputError(
      `Cannot read ${path}: a ZIP archive must have one file, this has ${entries.length}` +
        `${names && ` (${names})`}; unpack it and name the files`,
    );
  }
  return entries[0];
}

function readDirectory(file: Deno.FsFile, path: string): ZipEntry[] {
  const { size } = file.statSync();
  const tail = readAt(file, Math.max(0, size - END_RECORD.bytes - MOST_COMMENT), size);
  let at = tail.byteLength - END_RECORD.bytes;
  while (at >= 0 && tail.getUint32(at, true) !== END_RECORD.signature) at--;
  if (at < 0) throw damaged(path);
  const [bytes, start] = [tail.getUint32(at + 12, true), tail.getUint32(at + 16, true)];
  if (start + bytes > size) throw damaged(path);
  const directory = readAt(file, start, start + bytes);
  const entries: ZipEntry[] = [];
  for (let record = 0; record + CENTRAL_RECORD.bytes <= directory.byteLength;) {
    if (directory.getUint32(record, true) !== CENTRAL_RECORD.signature) throw damaged(path);
    const word = (offset: number) => directory.getUint16(record + offset, true);
    const long = (offset: number) => directory.getUint32(record + offset, true);
    const [nameBytes, otherBytes] = [word(28), word(30) + word(32)];
    const name = new TextDecoder().decode(
      new Uint8Array(directory.buffer, record + CENTRAL_RECORD.bytes, nameBytes),
    );
    const data = startOfData(file, long(42));
    entries.push({ name, start: data, end: data + long(20), deflated: word(10) === 8 });
    record += CENTRAL_RECORD.bytes + nameBytes + otherBytes;
  }
  return entries;
}

/** Behind an entry's local record, whose name and extra fields may differ from the directory's. */
function startOfData(file: Deno.FsFile, local: number): number {
  const record = readAt(file, local, local + LOCAL_RECORD.bytes);
  return local + LOCAL_RECORD.bytes + record.getUint16(26, true) + record.getUint16(28, true);
}

function readAt(file: Deno.FsFile, start: number, end: number): DataView {
  const bytes = new Uint8Array(end - start);
  file.seekSync(start, Deno.SeekMode.Start);
  for (let read = 0; read < bytes.length;) {
    const more = file.readSync(bytes.subarray(read));
    if (more === null) break;
    read += more;
  }
  return new DataView(bytes.buffer);
}

function damaged(path: string): InputError {
  return new InputError(
    `Cannot read ${path}: the ZIP archive is damaged; copy or download it again`,
  );
}
