import { clientAddress } from "../../../src/service/http/client_address.ts";
import { assertEquals } from "../../assert.ts";

function addressOf(hostname: string, forwarded?: string, trustedProxies?: number): string {
  const headers = forwarded === undefined ? undefined : { "x-forwarded-for": forwarded };
  return clientAddress(
    new Request("http://shop.test/", { headers }),
    { remoteAddr: { transport: "tcp", hostname, port: 1 } },
    { trustedProxies },
  );
}

Deno.test("without trusted proxies x-forwarded-for is ignored", () => {
  assertEquals(addressOf("192.0.2.1", "198.51.100.7"), "192.0.2.1");
});

Deno.test("each trusted proxy appends one entry that can be believed", () => {
  const forwarded = "203.0.113.9, 198.51.100.7 ,198.51.100.8";
  assertEquals(addressOf("192.0.2.1", forwarded, 1), "198.51.100.8");
  assertEquals(addressOf("192.0.2.1", forwarded, 2), "198.51.100.7");
  assertEquals(addressOf("192.0.2.1", forwarded, 4), "192.0.2.1");
  assertEquals(addressOf("192.0.2.1", undefined, 1), "192.0.2.1");
});

Deno.test("addresses of one IPv6 network count as one", () => {
  for (
    const [address, network] of [
      ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
      ["2001:db8:1:2::6", "2001:db8:1:2"],
      ["2001:db8::6", "2001:db8:0:0"],
      ["::1", "0:0:0:0"],
      ["::ffff:192.0.2.1", "192.0.2.1"],
    ]
  ) assertEquals(addressOf(address), network);
});

Deno.test("without a connection the address is empty", () => {
  assertEquals(clientAddress(new Request("http://shop.test/"), undefined), "");
});
