// The lessons' texts, from the file that the command line reads as well.

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`The lessons are missing: expected 200 from ${address}, got ${answer.status}. Try: reload the page.`);
  }
  return answer.json();
}

export const TEXTS = await read(new URL('lessons.json', import.meta.url));
