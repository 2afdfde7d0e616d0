// Node's fetch knows no file: URLs; here the file system answers them. To be imported before the page's modules.
import { readFile } from "node:fs/promises";

const network = globalThis.fetch;

globalThis.fetch = async (address, options) => {
  const url = new URL(address);
  return url.protocol === "file:" ? new Response(await readFile(url)) : network(url, options);
};
