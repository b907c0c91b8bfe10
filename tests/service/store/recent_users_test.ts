import { RecentUsers } from "../../../src/service/store/recent_users.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("events are given only at the version that they were read at", () => {
  const users = new RecentUsers(2);
  users.set("ann", "1", []);
  assertEquals(users.get("ann", "1"), []);
  assertEquals(users.get("ann", "2"), undefined);
  assertEquals(users.get("bob", "1"), undefined);
});

Deno.test("the user not asked for the longest goes first", () => {
  const users = new RecentUsers(2);
  users.set("ann", "1", []);
  users.set("bob", "1", []);
  users.get("ann", "1");
  users.set("cleo", "1", []);
  assertEquals(["ann", "bob", "cleo"].map((user) => users.get(user, "1") !== undefined), [
    true,
    false,
    true,
  ]);
});
