import { locate } from "@/lib/engine/traffic/addresses";
import type { Client } from "@/lib/engine/wafv2/requests/types";

/** A sender with the place that the lab gives its address, where nothing else is said. */
export function located(client: Client): Client {
  const place = locate(client.ip);
  if (!place || client.country !== undefined) return client;
  return { ip: client.ip, ...(place.country !== undefined && { country: place.country }), ...(place.region !== undefined && { region: place.region }), ...(place.asn !== undefined && { asn: place.asn }), ...(client.asn !== undefined && { asn: client.asn }) };
}
