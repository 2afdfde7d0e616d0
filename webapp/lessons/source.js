// Where the lessons' texts come from.

let texts = null;

/** The texts; kept once they have come. Rejects with what went wrong. */
export async function loadTexts() {
  texts ??= await read(new URL('lessons.json', import.meta.url));
  return texts;
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`expected 200 from ${address}, got ${answer.status}.`);
  }
  return answer.json();
}
