import { createHash, timingSafeEqual } from "node:crypto";
import { InputError } from "../../base/input_error.ts";

/** The secrets that authenticate clients. */
export interface TokenOptions {
  /** For the shop's back end, which may use the whole API. Without any, nothing can be stored. */
  apiTokens?: readonly string[];
  /** For clients that may read lists and products. Without any, everyone may. */
  readTokens?: readonly string[];
}

/** A client with a known token. */
export interface Caller {
  /** Identifies the client without revealing the token. */
  readonly name: string;
  readonly mayManage: boolean;
}

/** The characters that RFC 6750 allows in a token, and enough of them that it can't be guessed. */
const TOKEN = /^[A-Za-z0-9._~+/-]{16,}=*$/;

/** The known tokens, as hashes: comparing two takes the same time wherever they differ. */
export class Tokens {
  readonly #known: readonly { hash: Uint8Array; caller: Caller }[];
  /** Whether there is a token that allows storing and changing. */
  readonly anyMayManage: boolean;
  /** Whether reading needs no token. */
  readonly readsAreOpen: boolean;

  /**
   * @throws {InputError} If a token is too short or has other characters; gives its position, not
   * the token.
   */
  constructor({ apiTokens = [], readTokens = [] }: TokenOptions = {}) {
    this.anyMayManage = apiTokens.length > 0;
    this.readsAreOpen = readTokens.length === 0;
    this.#known = [
      ...known(apiTokens, { setting: "API_TOKENS", mayManage: true }),
      ...known(readTokens, { setting: "READ_TOKENS", mayManage: false }),
    ];
  }

  /**
   * The client that the header `authorization: Bearer …` identifies; undefined without a known
   * token.
   */
  callerOf(request: Request): Caller | undefined {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
    if (token === undefined) return undefined;
    const sent = hashOf(token);
    // All are compared, so that the time taken doesn't reveal which one matches.
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
        `Cannot use ${setting}: each token must be 16 or more of A-Z a-z 0-9 . _ ~ + / -, but ` +
          `number ${i + 1} of ${tokens.length} isn't; make one: openssl rand -hex 32`,
      );
    }
    return { hash: hashOf(token), caller: { name: `${setting} ${i + 1}`, mayManage } };
  });
}

function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
