export const STATUS_CODE: {
  readonly OK: 200;
  readonly NotModified: 304;
  readonly BadRequest: 400;
  readonly NotFound: 404;
  readonly MethodNotAllowed: 405;
  readonly InternalServerError: 500;
};
export const STATUS_TEXT: Readonly<Record<number, string>>;

export function eTag(entity: string | Uint8Array, options?: { weak?: boolean }): Promise<string>;
export function ifNoneMatch(value: string | null, etag: string | undefined): boolean;
