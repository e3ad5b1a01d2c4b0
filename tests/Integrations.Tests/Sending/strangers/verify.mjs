// Reads deliveries as JSON from standard input, [{ secret, headers, body }], and says of each library which of them it takes.
import { Webhook as Standard } from "standardwebhooks";
import { Webhook as Svix } from "svix";

let text = "";
for await (const part of process.stdin) text += part;
const takes = async (Library, { secret, headers, body }) => {
  try {
    await new Library(secret).verify(body, headers); // throws what it does not take
    return true;
  } catch {
    return false;
  }
};
const taken = JSON.parse(text).map(async (delivery) => [await takes(Standard, delivery), await takes(Svix, delivery)]);
console.log(JSON.stringify(await Promise.all(taken)));
