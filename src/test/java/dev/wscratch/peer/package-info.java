/** Clients that the tests talk to a server with: a raw socket that can do what it likes, and the JDK's own WebSocket. */
package dev.wscratch.peer;
