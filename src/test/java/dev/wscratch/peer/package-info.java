/** What tests meet a server with: a raw socket that can do what it likes, the JDK's own WebSocket, requests, log lines. */
package dev.wscratch.peer;
