package dev.wscratch.check;

/** What a good server says to a case's opening request. */
enum Answer {
    /** 101 with all that belongs to it. */
    OPENED("101 Switching Protocols with the right Sec-WebSocket-Accept"),
    /** An HTTP error of the 4xx or 5xx kind. */
    REFUSED("an HTTP error such as 400, not 101"),
    /** Any answer but 101: the request asks for no WebSocket, so that a page is right as well. */
    NOT_SWITCHED("an HTTP answer that is not 101"),
    /** An error as well, but the RFC does not oblige the server to look so closely. */
    BETTER_REFUSED("an HTTP error such as 400; 101 is careless"),
    /** Both are right. */
    EITHER("101, or an HTTP error");

    private final String words;

    Answer(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
