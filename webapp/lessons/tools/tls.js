// Lesson 20: the way to the page over https, if there is one, and how to make one if there is not.

import { element, link } from '../../ui/dom.js';
import { prose } from '../prose.js';

export function tlsTool({ course }) {
  const made = element('div', 'tool');
  if (location.protocol === 'https:') {
    made.append(prose('p', '', 'This page came by https, so its connections are `wss:` already. Say Hello, and look at the frames: they are the same.'));
    return made;
  }
  const port = course.lab.watching?.tls ?? null;
  if (port === null) {
    made.append(prose(
      'p', '', 'TLS is switched off in this server. Stop it, start it again with `scripts/wscratch serve --tls-self-signed`, and open `https://localhost:8443/#/lesson/20`.'));
    return made;
  }
  const address = new URL(document.baseURI);
  address.protocol = 'https:';
  address.port = String(port);
  address.search = course.done.length > 0 ? `?lessons=${course.done.join(',')}` : '';
  address.hash = '#/lesson/20';
  const way = link(address.href, 'Open this lesson over https');
  way.className = 'button primary';
  made.append(
    prose('p', '', 'A page that came by http is another origin than one that came by https, and this server lets only its own pages in: lesson 19. So go there; what you have done comes along.'),
    element('p', 'chips', way));
  return made;
}
