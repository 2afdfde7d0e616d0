// What one byte is: in numbers, in words, and bit by bit.

import { element } from '../ui/dom.js';
import { hexByte } from '../wire/bytes.js';

/** Eight bits, the highest first. */
export function binary(byte) {
  return byte.toString(2).padStart(8, '0');
}

/** The section as people look it up: `RFC 6455 §5.2`. */
export function sectionOf(section) {
  return section.replace(/^(RFC \d+) /, '$1 §');
}

/** A link to the section where the RFC editor publishes it; text, if the section is not of an RFC. */
export function sectionLink(section) {
  const [, rfc, place] = section.match(/^RFC (\d+) ([\d.]+)$/) ?? [];
  if (!rfc) {
    return element('span', 'section', section);
  }
  const link = element('a', 'section', sectionOf(section));
  link.href = `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${place}`;
  link.target = '_blank';
  link.rel = 'noreferrer';
  return link;
}

/** The words of byte `index`: `piece` explains it, `guilty` is the mask of its bits that break a rule. */
export function explainByte(bytes, index, piece, guilty) {
  const byte = bytes[index];
  const place = piece.length > 1 ? ` (${index - piece.offset + 1} of ${piece.length})` : '';
  const head = element('p', 'byte-head',
    element('strong', '', `Byte ${index}`), `  ${hexByte(byte)} hex · ${byte} decimal · ${binary(byte)} binary`);
  const words = element('p', '', element('strong', '', `${piece.label}${place}`), ` ${piece.sentence} `, sectionLink(piece.section));
  return [head, words, bitsOf(byte, piece, guilty)];
}

/** A row for each part of the byte that means something by itself; one for all eight if none does. */
function bitsOf(byte, piece, guilty) {
  const parts = piece.bits.length > 0 ? piece.bits : [{ mask: 0xff, label: '', sentence: '', section: '' }];
  const body = element('tbody', '', ...parts.map((part) => bitRow(byte, part, guilty)));
  const caption = element('caption', '', 'Bits');
  const table = element('table', 'bits', caption, body);
  return table;
}

function bitRow(byte, { mask, label, sentence, section }, guilty) {
  const wrong = (mask & guilty) !== 0;
  const bits = element('td', 'bit-cells', ...Array.from({ length: 8 }, (_, i) => {
    const bit = 0x80 >> i;
    const cell = element('span', 'bit', bit & mask ? String(Number((byte & bit) !== 0)) : '·');
    cell.classList.toggle('guilty', (bit & mask & guilty) !== 0);
    return cell;
  }));
  const name = element('th', '', label, wrong ? ' ✗' : '');
  name.scope = 'row';
  const row = element('tr', wrong ? 'guilty' : '', bits, name, element('td', '', sentence, ...(section ? [' ', sectionLink(section)] : [])));
  return row;
}
