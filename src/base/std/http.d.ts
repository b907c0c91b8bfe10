/** HTTP status codes by name. */
export const STATUS_CODE: {
  readonly OK: 200;
  readonly Created: 201;
  readonly Accepted: 202;
  readonly NoContent: 204;
  readonly NotModified: 304;
  readonly SeeOther: 303;
  readonly TemporaryRedirect: 307;
  readonly PermanentRedirect: 308;
  readonly BadRequest: 400;
  readonly Unauthorized: 401;
  readonly Forbidden: 403;
  readonly NotFound: 404;
  readonly MethodNotAllowed: 405;
  readonly RequestTimeout: 408;
  readonly Conflict: 409;
  readonly ContentTooLarge: 413;
  readonly URITooLong: 414;
  readonly UnsupportedMediaType: 415;
  readonly TooManyRequests: 429;
  readonly InternalServerError: 500;
  readonly NotImplemented: 501;
  readonly ServiceUnavailable: 503;
};
/** The reason phrase of each status code. */
export const STATUS_TEXT: Readonly<Record<number, string>>;

/** Whether `If-None-Match` calls for a full answer: false if it names the ETag. */
export function ifNoneMatch(value: string | null, etag: string | undefined): boolean;

/** The encoding that the client prefers; `undefined` if it accepts none of them. */
export function acceptsEncodings(request: Request, ...encodings: string[]): string | undefined;
