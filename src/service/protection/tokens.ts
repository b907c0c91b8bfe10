import { createHash, timingSafeEqual } from "node:crypto";
import { InputError } from "../../base/input_error.ts";

/** Secrets that callers prove themselves by. */
export interface TokenOptions {
  /** For the shop's back end: whatever the API can do. Without any, nothing can be stored. */
  apiTokens?: readonly string[];
  /** For whoever may read lists and products. Without any, everybody may. */
  readTokens?: readonly string[];
}

/** Whoever sent a token that is known. */
export interface Caller {
  /** Tells one caller from another without being the token. */
  readonly name: string;
  readonly mayManage: boolean;
}

/** What RFC 6750 lets a token be made of, and long enough that nobody guesses it. */
const TOKEN = /^[A-Za-z0-9._~+/-]{16,}=*$/;

/** The tokens that are known, as hashes: comparing takes as long whatever is wrong with a token. */
export class Tokens {
  readonly #known: readonly { hash: Uint8Array; caller: Caller }[];
  /** Whether anybody can store or change something. */
  readonly anyMayManage: boolean;
  /** Whether reading needs no token. */
  readonly readsAreOpen: boolean;

  /** @throws {InputError} If a token is too short or holds what a header can't; names its place, not the token. */
  constructor({ apiTokens = [], readTokens = [] }: TokenOptions = {}) {
    this.anyMayManage = apiTokens.length > 0;
    this.readsAreOpen = readTokens.length === 0;
    this.#known = [
      ...known(apiTokens, { setting: "API_TOKENS", mayManage: true }),
      ...known(readTokens, { setting: "READ_TOKENS", mayManage: false }),
    ];
  }

  /** Who sent a request, by its header `authorization: Bearer …`; undefined for somebody who isn't known. */
  callerOf(request: Request): Caller | undefined {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    if (token === undefined) return undefined;
    const sent = hashOf(token);
    // All are compared, so that the time doesn't tell which one nearly was it.
    const matching = this.#known.filter(({ hash }) => timingSafeEqual(hash, sent));
    return matching[0]?.caller;
  }
}

function known(
  tokens: readonly string[],
  { setting, mayManage }: { setting: string; mayManage: boolean },
): { hash: Uint8Array; caller: Caller }[] {
  return tokens.map((token, i) => {
    if (!TOKEN.test(token)) {
      throw new InputError(
        `Cannot use ${setting}: each token must be 16 or more of A-Z a-z 0-9 . _ ~ + / -, which ` +
          `number ${i + 1} of ${tokens.length} isn't; make one: openssl rand -hex 32`,
      );
    }
    return { hash: hashOf(token), caller: { name: `${setting} ${i + 1}`, mayManage } };
  });
}

function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
