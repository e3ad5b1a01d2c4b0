// What a partner would write against the generated types: it need only compile.
import type { paths } from "./api";

type Draft = paths["/api/v1/contacts"]["post"]["requestBody"]["content"]["application/json"];
type Patch = paths["/api/v1/contacts/{id}"]["patch"]["requestBody"]["content"]["application/json"];
type Page = paths["/api/v1/contacts"]["get"]["responses"]["200"]["content"]["application/json"];

export const ada: Draft = { lastName: "Lovelace", tags: ["vip"], custom: { size: 5 } };
export const married: Patch = { lastName: "King", $base: { lastName: "Byron" } };
export const names = (page: Page): string[] => page.items.map((contact) => contact.lastName ?? "");

// @ts-expect-error a contact without a last name is none
export const nobody: Draft = { firstName: "Ada" };

// @ts-expect-error a field that does not exist
export const unknown: Draft = { lastName: "Lovelace", shoeSize: 39 };
