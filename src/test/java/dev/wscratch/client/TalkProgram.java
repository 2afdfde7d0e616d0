package dev.wscratch.client;

import dev.wscratch.message.Format;
import dev.wscratch.message.Message.Time;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Asks everything of the {@code /talk} endpoint at its first argument, in the format of its second. */
public final class TalkProgram {
    private TalkProgram() {}

    public static void main(String[] args) throws Exception {
        try (TalkClient talk = TalkClient.connect(URI.create(args[0]), Format.valueOf(args[1]))) {
            System.out.println(
                    "echo " + talk.echo("Grüße 🙂").toCompletableFuture().get(10, TimeUnit.SECONDS));
            Duration roundTrip = talk.ping().toCompletableFuture().get(10, TimeUnit.SECONDS);
            System.out.println("ping " + (roundTrip.compareTo(Duration.ZERO) > 0));
            BlockingQueue<Time> times = new LinkedBlockingQueue<>();
            talk.live(Duration.ofMillis(100), times::add).toCompletableFuture().get(10, TimeUnit.SECONDS);
            Time first = times.poll(10, TimeUnit.SECONDS);
            Time second = times.poll(10, TimeUnit.SECONDS);
            System.out.println("live " + (first.time() < second.time()));
            talk.stopLive().toCompletableFuture().get(10, TimeUnit.SECONDS);
            byte[] file = "line\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
            StringBuilder progress = new StringBuilder();
            System.out.println(talk.file("lines.txt", new ByteArrayInputStream(file), received -> progress.append(' ')
                    .append(received)));
            System.out.println("progress" + progress);
        }
    }
}
