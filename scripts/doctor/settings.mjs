// Owns the doctor's look at settings: whether TLS fits the address, the uplink has a limit, and Stripe keys can be what they should be.

function isLoopback(host) {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Browsers give camera and microphone to https pages and to localhost only. */
export function checkTls({ tls, host, publicUrl }) {
  const publicHost = publicUrl ? new URL(publicUrl).hostname : '';
  const secure = publicUrl.startsWith('https://');
  if (tls === 'acme' && (publicHost === '' || isLoopback(publicHost) || /^[\d.]+$|:/.test(publicHost))) {
    return { ok: false, text: `TLS: a certificate authority needs a host name, FIELDCAST_PUBLIC_URL is "${publicUrl}". Set it to your domain.` };
  }
  if (tls !== 'off') return { ok: true, text: `TLS: ${tls}${publicUrl ? ` for ${publicUrl}` : ''}` };
  if (secure) return { ok: true, text: `TLS: off here, ${publicUrl} is expected to end at a proxy in front` };
  if (publicUrl && !isLoopback(publicHost)) {
    return { ok: false, text: `TLS: ${publicUrl} is not https, so phones will not give the camera. Set FIELDCAST_TLS=acme (own domain) or local-ca (own network).` };
  }
  if (!isLoopback(host)) {
    return { ok: false, text: `TLS: off, but listening on ${host}: phones will not give the camera. Set FIELDCAST_TLS=local-ca, or FIELDCAST_PUBLIC_URL=https://… if a proxy in front does TLS.` };
  }
  return { ok: true, text: 'TLS: off, right for this machine alone' };
}

/** Without a limit a crowd overruns the line, and orders and sound suffer before pictures do. */
export function checkUplink({ uplinkKbps, hlsBaseUrl }) {
  const beyond = hlsBaseUrl ? `, viewers beyond it go to ${hlsBaseUrl}` : '';
  if (uplinkKbps === 'auto') return { ok: true, text: `uplink: found out while shows run; a number in FIELDCAST_UPLINK_KBPS is better${beyond}` };
  if (uplinkKbps > 0) return { ok: true, text: `uplink: ${uplinkKbps / 1000} Mbit/s for all viewers together${beyond}` };
  if (hlsBaseUrl) return { ok: false, text: 'uplink: FIELDCAST_HLS_BASE_URL takes nobody while there is no limit. Set FIELDCAST_UPLINK_KBPS to what the line carries.' };
  return { ok: true, text: 'uplink: no limit set; on a line under 100 Mbit/s set FIELDCAST_UPLINK_KBPS to what it carries' };
}

const STRIPE = [
  ['FIELDCAST_STRIPE_SECRET_KEY', /^(?:sk|rk)_(test|live)_[A-Za-z0-9]{10,}$/, 'sk_live_… or sk_test_…'],
  ['FIELDCAST_STRIPE_PUBLISHABLE_KEY', /^pk_(test|live)_[A-Za-z0-9]{10,}$/, 'pk_live_… or pk_test_…'],
  ['FIELDCAST_STRIPE_WEBHOOK_SECRET', /^whsec_[A-Za-z0-9+/=]{10,}(?:\s*,\s*whsec_[A-Za-z0-9+/=]{10,})*$/, 'whsec_…'],
];

/** Looks at presence and shape only; keys are neither printed nor sent anywhere. */
export function checkStripe(env) {
  const missing = STRIPE.filter(([name]) => !env[name]).map(([name]) => name);
  if (missing.length === STRIPE.length) return { ok: true, text: 'Stripe: no keys set, cash on delivery only' };
  if (missing.length > 0) return { ok: false, text: `Stripe: all three keys are needed, missing: ${missing.join(', ')}. See https://dashboard.stripe.com/apikeys` };
  const modes = new Set();
  for (const [name, pattern, looks] of STRIPE) {
    const match = pattern.exec(env[name]);
    if (!match) return { ok: false, text: `Stripe: ${name} does not look like ${looks}. Copy it again from https://dashboard.stripe.com` };
    if (match[1]) modes.add(match[1]);
  }
  if (modes.size > 1) return { ok: false, text: 'Stripe: one key is for test and the other for live mode. Take both from the same mode.' };
  return { ok: true, text: `Stripe: keys for ${[...modes][0]} mode` };
}
