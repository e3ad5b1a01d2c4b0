// What pages do beyond forms: passkeys, and the visitor's time zone. Everything else works without scripts.
const decode = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
const encode = bytes => bytes && btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

const described = list => list?.map(one => ({ ...one, id: decode(one.id) }));

function readable(options) {
  return {
    ...options,
    challenge: decode(options.challenge),
    ...options.user && { user: { ...options.user, id: decode(options.user.id) } },
    ...options.excludeCredentials && { excludeCredentials: described(options.excludeCredentials) },
    ...options.allowCredentials && { allowCredentials: described(options.allowCredentials) },
  };
}

function sendable({ id, rawId, type, authenticatorAttachment, response }) {
  return {
    id, type, authenticatorAttachment,
    rawId: encode(rawId),
    clientExtensionResults: {},
    response: {
      clientDataJSON: encode(response.clientDataJSON),
      ...response.attestationObject && {
        attestationObject: encode(response.attestationObject), transports: response.getTransports?.() ?? [],
      },
      ...response.signature && {
        authenticatorData: encode(response.authenticatorData), signature: encode(response.signature), userHandle: encode(response.userHandle) ?? null,
      },
    },
  };
}

async function use(button) {
  const { form, dataset } = button;
  const asked = await fetch(dataset.options, { method: 'POST', headers: { 'Form-Token': form.elements.form.value } });
  if (!asked.ok) throw new Error('Something went wrong here. Open the page again.');
  const publicKey = readable(await asked.json());
  const credential = await navigator.credentials[dataset.passkey]({ publicKey });
  form.elements.credential.value = JSON.stringify(sendable(credential));
  form.submit();
}

if (window.PublicKeyCredential)
  for (const button of document.querySelectorAll('[data-passkey]')) {
    button.hidden = false;
    button.addEventListener('click', async event => {
      event.preventDefault();
      const trouble = button.form.querySelector('[data-passkey-trouble]');
      trouble.hidden = true;
      button.disabled = true;
      try {
        await use(button);
      } catch (error) {
        trouble.textContent = error.name === 'NotAllowedError' ? 'No passkey was shown.'
          : error.name === 'InvalidStateError' ? 'This device has a passkey for you already.' : error.message;
        trouble.hidden = false;
        button.disabled = false;
      }
    });
  }

for (const field of document.querySelectorAll('[data-time-zone]'))
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
