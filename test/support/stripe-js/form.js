// The form inside the stand-in's frame: knows the card, and asks its own server, as Stripe's frame asks Stripe.
const facts = new URLSearchParams(location.search);
const isChinese = facts.get('locale')?.startsWith('zh');
const field = (id) => document.getElementById(id).value.replace(/\s/g, '');
if (isChinese) for (const element of document.querySelectorAll('[data-zh]')) element.textContent = element.dataset.zh;

async function ask(path, body) {
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ secret: facts.get('secret'), ...body }) });
  return answer.json();
}

function validate() {
  const way = document.querySelector('[name=way]:checked').value;
  if (way === 'card' && (field('number').length < 12 || !field('expiry') || field('cvc').length < 3)) {
    return { error: { type: 'validation_error', message: isChinese ? '您的卡号不完整。' : 'Your card number is incomplete.' } };
  }
  return { way };
}

const answers = {
  validate: async () => validate(),
  read: () => ask('/stand-in/read', {}),
  async confirm({ returnUrl }) {
    const checked = validate();
    if (checked.error) return checked;
    try {
      return await ask('/stand-in/confirm', { way: checked.way, number: field('number'), returnUrl, isChinese });
    } catch {
      return { error: { type: 'api_connection_error', message: isChinese ? '网络连接出错。' : 'An error occurred with our connection to Stripe.' } };
    }
  },
};

addEventListener('message', async ({ source, origin, data }) => {
  const answer = await answers[data.kind]?.(data);
  if (answer) source.postMessage({ number: data.number, answer }, origin);
});
for (const radio of document.querySelectorAll('[name=way]')) {
  radio.addEventListener('change', () => {
    document.getElementById('card').hidden = document.querySelector('[name=way]:checked').value !== 'card';
  });
}
parent.postMessage({ kind: 'ready' }, '*');
