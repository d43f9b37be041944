/* [data-passkey]: a button whose form carries what the device's authenticator says. */

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

// On the page where it is known whom it is for; else asked for when somebody wants it.
const options = async (form) => {
  const told = document.getElementById("passkey-options");
  if (told) return JSON.parse(told.textContent);
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
};

const make = async (form) => {
  const { publicKey } = (await options(form)).creation_options;
  const alone = form.elements.passwordless?.checked;
  const key = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
        userVerification: alone ? "required" : "preferred",
      },
    },
  });
  return {
    ...told(key),
    response: {
      clientDataJSON: text(key.response.clientDataJSON),
      attestationObject: text(key.response.attestationObject),
      transports: key.response.getTransports?.() ?? [],
    },
  };
};

const use = async (form) => {
  const { publicKey } = (await options(form)).request_options;
  const key = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  return {
    ...told(key),
    response: {
      clientDataJSON: text(key.response.clientDataJSON),
      authenticatorData: text(key.response.authenticatorData),
      signature: text(key.response.signature),
      userHandle: text(key.response.userHandle),
    },
  };
};

const told = (key) => ({
  type: key.type,
  id: key.id,
  rawId: text(key.rawId),
  authenticatorAttachment: key.authenticatorAttachment,
  clientExtensionResults: key.getClientExtensionResults(),
});

for (const button of document.querySelectorAll("[data-passkey]")) {
  const form = button.form;
  const line = form.querySelector("[data-said]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    line.textContent = "";
    if (!window.PublicKeyCredential) {
      line.textContent = line.dataset.impossible;
      return;
    }
    button.disabled = true;
    try {
      const said = await (button.dataset.passkey === "add" ? make(form) : use(form));
      form.elements.credential.value = JSON.stringify(said);
      form.submit();
    } catch (error) {
      line.textContent = error.name === "InvalidStateError" ? line.dataset.known : line.dataset.cancelled;
      button.disabled = false;
    }
  });
  // Before now the form would have gone off without what it is to carry.
  button.disabled = false;
}
