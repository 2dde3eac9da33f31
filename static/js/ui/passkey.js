// Passkeys: the browser is asked what our server wants to know, and its answer is sent with the form around the button.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (those) => (those ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function asked(kind, told) {
  const options = { ...told, challenge: bytes(told.challenge) };
  if (kind === "create") {
    options.user = { ...told.user, id: bytes(told.user.id) };
    options.excludeCredentials = known(told.excludeCredentials);
  } else {
    options.allowCredentials = known(told.allowCredentials);
  }
  return options;
}

function answered(credential) {
  const given = credential.response;
  const response = { clientDataJSON: text(given.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (given[part]) response[part] = text(given[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function use(button) {
  const form = button.form;
  const token = form.querySelector("[name=csrf_token]")?.value ?? "";
  const headers = { Accept: "application/json", "X-CSRF-Token": token };
  const answer = await fetch(button.dataset.question, { method: "POST", headers });
  if (!answer.ok) throw new Error(String(answer.status));
  const kind = button.dataset.passkey;
  const credential = await navigator.credentials[kind]({ publicKey: asked(kind, await answer.json()) });
  form.querySelector("[name$=credential]").value = answered(credential);
  form.submit();
}

function fails(button) {
  const said = button.parentElement.querySelector(".passkey-failed") ?? document.createElement("p");
  said.className = "passkey-failed invalid";
  said.setAttribute("role", "alert");
  said.textContent = button.dataset.failed;
  button.after(said);
}

const possible = window.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);
for (const button of possible ? document.querySelectorAll("[data-passkey]") : []) {
  button.hidden = false;
  button.form.querySelector("[data-no-passkey]")?.remove();
  button.addEventListener("click", () => {
    if (!button.form.reportValidity()) return;
    button.disabled = true;
    use(button)
      .catch(() => fails(button))
      .finally(() => (button.disabled = false));
  });
}
