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

Deno.test("users take as much room as they have events, and one without room isn't kept", () => {
  const event = {
    userId: "",
    productId: "",
    type: "view",
    time: 0,
    eventId: "",
    received: 0,
  } as const;
  const users = new RecentUsers(6);
  users.set("ann", "1", [event, event]);
  users.set("bob", "1", [event, event]);
  users.set("bob", "2", [event]);
  assertEquals(users.get("ann", "1")?.length, 2);
  users.set("cleo", "1", [event]);
  assertEquals(users.get("bob", "2"), undefined);
  users.set("dora", "1", Array.from({ length: 9 }, () => event));
  assertEquals(["ann", "cleo", "dora"].map((user) => users.get(user, "1")?.length), [
    2,
    1,
    undefined,
  ]);
});
