// Codes of passes: twelve clear signs, the last one a check. The same rule as foundation/reference.py.
const CLEAR = "23456789ABCDEFGHJKMNPQRSTVWXY";
const LENGTH = 12;

/** The code as it was typed or scanned, or null when it cannot be one. */
export function readCode(typed) {
  const code = typed.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const known = code.length === LENGTH && [...code].every((sign) => CLEAR.includes(sign));
  return known && check(code.slice(0, -1)) === code.at(-1) ? code : null;
}

function check(signs) {
  const total = [...signs].reverse().reduce((sum, sign, place) => sum + (place + 2) * CLEAR.indexOf(sign), 0);
  return CLEAR[(CLEAR.length - (total % CLEAR.length)) % CLEAR.length];
}

export async function hashOf(code) {
  return (await sha256(code)).slice(0, 32);
}

export async function sha256(text) {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** Whether the server signed exactly this text for the device that has `key`. */
export async function signed(text, signature, key) {
  const encoder = new TextEncoder();
  const rule = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", encoder.encode(await sha256(key)), rule, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", secret, encoder.encode(text))) === signature;
}

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
