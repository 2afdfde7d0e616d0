package dev.wscratch.fault;

/** A server that wire cases are sent to: the standalone home, or any app server with an echo endpoint. */
interface Target {
    String host();

    int port();

    /** {@return the path of an endpoint that returns each text as it came} */
    String path();
}
