// A real OpenID provider on 127.0.0.1, for the tests: node provider.mjs PORT REDIRECT_URI PEOPLE
// PEOPLE: {"login": {"email": …, "email_verified": …, "name": …, "amr": […]}}. A login_hint logs that person in; without one
// the provider shows a form. Says "ready" when it listens.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [port, redirect, told] = process.argv.slice(2);
const people = JSON.parse(told);
const found = createRequire(`${process.cwd()}/`).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(found));

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "samvirke", client_secret: "a-secret-of-the-tests", redirect_uris: [redirect] }],
  claims: { openid: ["sub", "amr"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ["for the tests only"] },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: people[id].email, email_verified: people[id].email_verified, name: people[id].name }),
  }),
});
provider.proxy = false;

const form = `<!doctype html><html lang="nb"><title>Kommunens innlogging</title><form method="post">
<label>Bruker <input name="login"></label><button>Logg inn hos kommunen</button></form></html>`;

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return new URLSearchParams(text);
}

async function interaction(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    const login = params.login_hint ?? (request.method === "POST" ? (await body(request)).get("login") : "");
    if (login === "refuses") return finish(request, response, { error: "access_denied" });
    if (!people[login]) return response.setHeader("Content-Type", "text/html; charset=utf-8").end(form);
    return finish(request, response, { login: { accountId: login, amr: people[login].amr ?? ["pwd"] } });
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope("openid email profile");
  return finish(request, response, { consent: { grantId: await grant.save() } });
}

const finish = (request, response, result) => provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
const rest = provider.callback();
createServer((request, response) => {
  if (!request.url.startsWith("/interaction/")) return rest(request, response);
  return interaction(request, response).catch((error) => response.writeHead(400).end(String(error)));
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
