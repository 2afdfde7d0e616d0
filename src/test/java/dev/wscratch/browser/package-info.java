/** A real browser as a test fixture, the page as a person meets it in that browser, and the tests of the page. */
package dev.wscratch.browser;
