package dev.wscratch.check;

/**
 * What became of a case.
 *
 * @param id of the case, such as 3.12
 * @param name of the case, such as {@code lengths/binary-of-125-bytes}: unlike the id, it stays when cases are added
 * @param stage of the case
 * @param title of the case
 * @param section of the RFC
 * @param verdict what it has shown
 * @param sent hex of the bytes sent, cut, with the true length; of a handshake its text, escaped
 * @param wanted in words
 * @param got in words; what a peer chose is escaped
 * @param why the verdict in words; empty for a pass
 * @param millis how long it took
 */
public record Outcome(
        String id,
        String name,
        Stage stage,
        String title,
        String section,
        Verdict verdict,
        String sent,
        String wanted,
        String got,
        String why,
        long millis) {}
