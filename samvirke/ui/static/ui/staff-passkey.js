// Passkeys: a form with a button [data-passkey]. What the browser is asked for stands in the page (data-options: the id
// of a JSON script) or is fetched from the form's address. The answer goes into input[name=credential], then the form is sent.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const list = (found) => found?.map((one) => ({ ...one, id: bytes(one.id) }));

function asked(options) {
  const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const name of ["excludeCredentials", "allowCredentials"]) if (key[name]) key[name] = list(key[name]);
  return { publicKey: key };
}

function told(credential) {
  const { id, type, authenticatorAttachment, response } = credential;
  const said = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[name]) said[name] = text(response[name]);
  if (response.getTransports) said.transports = response.getTransports();
  const clientExtensionResults = credential.getClientExtensionResults();
  return { id, type, rawId: text(credential.rawId), authenticatorAttachment, response: said, clientExtensionResults };
}

async function options(form) {
  const here = document.getElementById(form.dataset.options);
  if (here) return JSON.parse(here.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return (await answer.json()).request_options;
}

export function attach(form) {
  const button = form.querySelector("[data-passkey]");
  const fault = form.querySelector("[data-passkey-fault]");
  if (!window.PublicKeyCredential) return button.closest("[data-passkey-part]")?.remove();
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    fault.hidden = true;
    button.disabled = true;
    try {
      const wanted = asked(await options(form));
      const making = Boolean(wanted.publicKey.user);
      const credential = await (making ? navigator.credentials.create(wanted) : navigator.credentials.get(wanted));
      form.elements.credential.value = JSON.stringify(told(credential));
      if (button.formAction && button.hasAttribute("formaction")) form.action = button.formAction;
      form.submit();
    } catch {
      fault.hidden = false;
      button.disabled = false;
      fault.focus();
    }
  });
}
