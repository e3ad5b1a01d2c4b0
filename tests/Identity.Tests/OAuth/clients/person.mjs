// Somebody with a browser, as far as a log-in needs one: keeps cookies, follows redirects on the server, fills in its forms.

export class Person {
  #cookies = new Map();

  constructor(email, password) {
    this.email = email;
    this.password = password;
  }

  /** Goes where a client sends them, logs in and agrees when asked, and comes back with the address the client is to be called at. */
  async visit(url) {
    const home = new URL(url).origin;
    let request = { url: new URL(url), init: {} };
    for (let step = 0; step < 15; step++) {
      if (request.url.origin !== home) return request.url;
      const answer = await fetch(request.url, {
        ...request.init,
        redirect: 'manual',
        headers: { ...request.init.headers, cookie: [...this.#cookies].map((c) => c.join('=')).join('; ') },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
        this.#cookies.set(name, value);
      }
      if (answer.status === 302 || answer.status === 303) {
        request = { url: new URL(answer.headers.get('location'), request.url), init: {} };
        continue;
      }
      request = this.#fillIn(await answer.text(), request.url, answer.status);
    }
    throw new Error('It leads round in a circle.');
  }

  #fillIn(html, at, status) {
    const form = /<form[^>]*action="(\/log-in|\/oauth\/consent)"[\s\S]*?<\/form>/.exec(html);
    if (status !== 200 || !form) throw new Error(`${status} ${at}\n${html}`);
    const fields = new URLSearchParams();
    for (const [input] of form[0].matchAll(/<input[^>]*>/g)) {
      const of = (name) => decode(new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1]);
      if (of('name')) fields.set(of('name'), of('value') ?? '');
    }
    if (form[1] === '/log-in') {
      fields.set('email', this.email);
      fields.set('password', this.password);
    } else fields.set('decision', 'agree');
    return {
      url: new URL(form[1], at),
      init: { method: 'POST', body: fields, headers: { origin: at.origin, 'content-type': 'application/x-www-form-urlencoded' } },
    };
  }
}

const decode = (text) =>
  text?.replaceAll('&quot;', '"').replaceAll('&#x2B;', '+').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
