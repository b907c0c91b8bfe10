/**
 * Events by session: those of session `s` are at `indptr[s]` up to `indptr[s + 1]`, oldest first.
 */
export interface Sessions {
  /** The start of each session; sessions + 1 entries. */
  readonly indptr: Uint32Array;
  /** Item numbers. */
  readonly items: Uint32Array;
  /**
   * log₂(1 + weight): 1 for a view, 2.3 for a purchase, since within a session order matters more.
   */
  readonly weights: Float32Array;
  /** The end of each session, in seconds since 1970 UTC; ascending. */
  readonly ends: Uint32Array;
}
