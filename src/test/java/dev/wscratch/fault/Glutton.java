package dev.wscratch.fault;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Takes what the process has: all of its heap, or all of its file descriptors. */
@ServerEndpoint("/glutton")
public final class Glutton {
    private final List<byte[]> heap = new ArrayList<>();
    private final List<InputStream> files = new ArrayList<>();

    /** {@code heap} and {@code files} take, {@code release} gives the files back; anything else is echoed. */
    @OnMessage
    public String onText(String message) throws IOException {
        switch (message) {
            case "heap" -> eatHeap();
            case "files" -> eatFiles();
            case "release" -> release();
            default -> {
                return message;
            }
        }
        return "done";
    }

    private void eatHeap() {
        while (true) {
            heap.add(new byte[1 << 20]);
        }
    }

    private void eatFiles() {
        while (true) {
            try {
                files.add(new FileInputStream("/dev/null"));
            } catch (IOException noneLeft) {
                return;
            }
        }
    }

    private void release() throws IOException {
        for (InputStream file : files) {
            file.close();
        }
        files.clear();
    }
}
