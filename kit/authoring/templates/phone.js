"use strict";
// A slip as kit/learning/slip.py reads it: "PARLEY1-", a number in base 62, "-END". The number is a leading one, four bytes
// of SHA-256, and the answer as JSON in a zlib stream. The stream is stored, not packed: any reader takes that too.
// SHA-256 is written out, since a browser offers its own only on https pages.

function sha256(bytes) {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32);
  const constants = primes.map((p) => fraction(Math.cbrt(p)));
  const hash = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
  const length = bytes.length;
  const padded = new Uint8Array((((length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, length * 8);
  const turn = (x, by) => (x >>> by) | (x << (32 - by));
  for (let start = 0; start < padded.length; start += 64) {
    const words = [];
    for (let i = 0; i < 64; i++) {
      if (i < 16) {
        words[i] = view.getInt32(start + 4 * i);
        continue;
      }
      const a = words[i - 15], b = words[i - 2];
      const small = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3), large = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      words[i] = (words[i - 16] + small + words[i - 7] + large) | 0;
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + words[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] = (hash[i] + value) | 0; });
  }
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((value, i) => out.setInt32(4 * i, value));
  return new Uint8Array(out.buffer);
}

function stored(bytes) {
  let a = 1, b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  const size = bytes.length;
  const head = [0x78, 0x01, 0x01, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255];
  return Uint8Array.from([...head, ...bytes, b >> 8, b & 255, a >> 8, a & 255]);
}

function slipOf(about, name, answer) {
  const body = JSON.stringify({ p: name.trim().replace(/\s+/g, " "), c: about.case, a: { [about.key]: answer } });
  const packed = stored(new TextEncoder().encode(body));
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let number = 1n;
  for (const byte of [...sha256(packed).slice(0, 4), ...packed]) number = (number << 8n) | BigInt(byte);
  let text = "";
  for (; number; number /= 62n) text = digits[Number(number % 62n)] + text;
  return `PARLEY1-${text}-END`;
}

const about = JSON.parse(document.getElementById("about").textContent);
const form = document.getElementById("form");
const field = (name) => document.getElementById(name);
const chosen = () => [...form.querySelectorAll("input[name=choice]:checked")].map((each) => each.value);
const placed = () => [...form.querySelectorAll("select")].map((each) => [each.dataset.subject, each.value]);

// What a portfolio keeps of each kind of question, with the free text that may be cut; nothing while it is not answered.
const ANSWERS = {
  defend: (text) => chosen().length && { choice: chosen()[0], reason: text, shown: true },
  multiple_choice: () => chosen().length && { tries: [chosen()[0]] },
  many_choice: () => chosen().length && { tries: [chosen()] },
  match: () => placed().every(([, right]) => right) && { tries: [Object.fromEntries(placed())] },
  order: () => {
    const lines = placed();
    const inOrder = lines.map((_, n) => lines.find(([, place]) => place === String(n + 1))?.[0]);
    return inOrder.every(Boolean) && { tries: [inOrder] };
  },
  write: (text) => text.trim() && text,
};

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => {
  let text = (field("reason") ?? field("text"))?.value ?? "";
  const answer = ANSWERS[about.kind];
  field("done").hidden = !answer(text);
  if (!answer(text)) return;
  // The kit reads slips of less than 2000 characters, as chats take them; the free text gives way.
  let slip = slipOf(about, field("name").value, answer(text));
  while (slip.length >= 2000 && text) {
    text = text.slice(0, -20);
    slip = slipOf(about, field("name").value, answer(text));
  }
  field("slip").value = slip;
  field("copied").textContent = "";
  // The number of a code is the sum of the places of what is chosen.
  const ticked = [...form.querySelectorAll("input[name=choice]:checked")];
  const shown = ticked.reduce((sum, each) => sum + Number(each.dataset.place), 0);
  for (const code of document.querySelectorAll("#done .code")) code.hidden = code.id !== `code-${shown}`;
});
field("copy").addEventListener("click", async () => {
  field("slip").select();
  let done = false;
  try {
    await navigator.clipboard.writeText(field("slip").value);
    done = true;
  } catch {
    done = document.execCommand("copy");
  }
  field("copied").textContent = done ? "Copied." : "Press and hold the slip to copy it.";
});
