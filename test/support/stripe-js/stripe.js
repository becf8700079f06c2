// A stand-in for Stripe.js, for tests without Stripe: the calls that this project makes of it, with a form in a frame of another origin.
(() => {
  const origin = new URL(document.currentScript.src).origin;

  /** A frame with the form, and questions to it. */
  function openFrame(locale, facts) {
    const frame = document.createElement('iframe');
    const listeners = { ready: [], loaderror: [] };
    const waiting = new Map();
    let asked = 0;
    frame.src = `${origin}/form.html?${new URLSearchParams({ locale, ...facts })}`;
    frame.title = 'Secure payment input frame';
    frame.style.cssText = 'display: block; inline-size: 100%; block-size: 236px; border: 0';
    const hear = ({ source, data }) => {
      if (source !== frame.contentWindow) return;
      if (data.kind === 'ready') for (const listener of listeners.ready) listener({});
      else waiting.get(data.number)?.(data.answer);
    };
    addEventListener('message', hear);
    return {
      element: {
        mount: (box) => box.append(frame),
        on: (event, listener) => listeners[event]?.push(listener),
        destroy() {
          removeEventListener('message', hear);
          frame.remove();
        },
      },
      ask(question) {
        asked += 1;
        const number = asked;
        frame.contentWindow.postMessage({ number, ...question }, origin);
        return new Promise((resolve) => waiting.set(number, resolve));
      },
    };
  }

  /** Where the form says that the buyer has to go elsewhere, the page goes there; nothing after that is answered. */
  async function confirm(frame, question) {
    const answer = await frame.ask({ kind: 'confirm', ...question });
    if (!answer.redirectTo) return answer;
    location.href = new URL(answer.redirectTo, origin).href;
    return new Promise(() => undefined);
  }

  globalThis.Stripe = (publishableKey, { locale = 'en' } = {}) => {
    if (!publishableKey) throw new Error('Please call Stripe() with your publishable key.');
    return {
      elements({ clientSecret }) {
        const frame = openFrame(locale, { secret: clientSecret });
        return { create: () => frame.element, submit: () => frame.ask({ kind: 'validate' }), frame };
      },
      confirmPayment: ({ elements, confirmParams }) => confirm(elements.frame, { returnUrl: confirmParams.return_url }),
      initCheckoutElementsSdk({ clientSecret }) {
        const frame = openFrame(locale, { secret: clientSecret });
        let isTotalRead = false;
        return {
          createPaymentElement: () => frame.element,
          async loadActions() {
            const read = await fetchSession(frame);
            const total = {
              get minorUnitsAmount() {
                isTotalRead = true;
                return read.amountMinor;
              },
            };
            return {
              type: 'success',
              actions: {
                getSession: () => ({ email: read.email, currency: read.currency.toLowerCase(), total: { total } }),
                async confirm({ returnUrl, email }) {
                  if (!isTotalRead) throw new Error('The total must be read and shown before confirming.');
                  if (!read.email && !email) return { type: 'error', error: { message: 'An email is required.', code: null } };
                  const { error } = await confirm(frame, { returnUrl });
                  return error ? { type: 'error', error: { message: error.message, code: error.type === 'card_error' ? 'paymentFailed' : null } } : { type: 'success', session: {} };
                },
              },
            };
          },
        };
      },
    };
  };

  const fetchSession = (frame) => new Promise((resolve) => frame.element.on('ready', () => resolve(frame.ask({ kind: 'read' }))));
})();
