/** Where a user's page is. */
export function userPlace(userId: string): string {
  return `users/${encodeURIComponent(userId)}`;
}
