package dev.wscratch.peer;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** The JDK's TLS over a socket that remembers the records it has read, so that a test can ask how the stream ended. */
final class TlsStreams {
    private static final int ALERT = 21;

    /** Of the JDK's TLS 1.3: two bytes of alert, their type, the zeros behind it, and the tag of the cipher. */
    private static final int ENCRYPTED_ALERT = 2 + 1 + 16 + 16;

    private final Records records;
    private final Tapped tapped;
    private final SSLSocket socket;

    TlsStreams(Socket raw, int port, SSLContext trust, String protocol) throws IOException {
        records = new Records(raw.getInputStream());
        tapped = new Tapped(raw, records);
        socket = (SSLSocket) trust.getSocketFactory().createSocket(tapped, "127.0.0.1", port, true);
        if (protocol != null) {
            socket.setEnabledProtocols(new String[] {protocol});
        }
    }

    SSLSocket socket() {
        return socket;
    }

    /** Sends bytes that TLS knows nothing of right behind the next record. */
    void sendBehindNextRecord(byte[] bytes) {
        tapped.behindNext = bytes;
    }

    /** Whether the last record was an alert: once a stream has ended well, that is its close_notify. */
    boolean endedWithAlert() {
        return records.lastType == ALERT || records.lastLength == ENCRYPTED_ALERT;
    }

    InputStream in() throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                try {
                    return in.read(bytes, from, count);
                } catch (SSLException e) {
                    throw ended(e);
                }
            }
        };
    }

    OutputStream out() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                try {
                    out.write(bytes, from, count);
                } catch (SSLException e) {
                    throw ended(e);
                }
            }
        };
    }

    /** What a plain socket would say. */
    private static SocketException ended(SSLException e) {
        SocketException ended = new SocketException("TLS: " + e.getMessage());
        ended.initCause(e);
        return ended;
    }

    /** Looks at the headers of records that pass. */
    private static final class Records extends FilterInputStream {
        private final int[] header = new int[5];
        private int headerBytes;
        private int bodyLeft;

        /** Of the last header; written by the thread that reads. */
        private volatile int lastType;

        private volatile int lastLength;

        Records(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                passed(b);
            }
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int n = in.read(bytes, from, count);
            for (int i = from; i < from + n; i++) {
                passed(bytes[i] & 0xFF);
            }
            return n;
        }

        private void passed(int b) {
            if (bodyLeft > 0) {
                bodyLeft--;
                return;
            }
            header[headerBytes++] = b;
            if (headerBytes == header.length) {
                headerBytes = 0;
                lastType = header[0];
                lastLength = header[3] << 8 | header[4];
                bodyLeft = lastLength;
            }
        }
    }

    /** A connected socket whose input is looked at, and whose output may get more than TLS has to say. */
    private static final class Tapped extends Socket {
        private final Socket raw;
        private final InputStream in;

        /** Empty but before a record that is to be followed; by the thread that sends. */
        private byte[] behindNext = {};

        Tapped(Socket raw, InputStream in) {
            this.raw = raw;
            this.in = in;
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(raw.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    byte[] all = Arrays.copyOfRange(bytes, from, from + count + behindNext.length);
                    System.arraycopy(behindNext, 0, all, count, behindNext.length);
                    behindNext = new byte[0];
                    out.write(all);
                }
            };
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public boolean isClosed() {
            return raw.isClosed();
        }

        @Override
        public void shutdownOutput() throws IOException {
            raw.shutdownOutput();
        }

        @Override
        public boolean isOutputShutdown() {
            return raw.isOutputShutdown();
        }

        @Override
        public void shutdownInput() throws IOException {
            raw.shutdownInput();
        }

        @Override
        public boolean isInputShutdown() {
            return raw.isInputShutdown();
        }

        @Override
        public int getSoLinger() throws SocketException {
            return raw.getSoLinger();
        }

        @Override
        public synchronized int getSoTimeout() throws SocketException {
            return raw.getSoTimeout();
        }

        @Override
        public synchronized void setSoTimeout(int millis) throws SocketException {
            raw.setSoTimeout(millis);
        }

        @Override
        public int getPort() {
            return raw.getPort();
        }

        @Override
        public java.net.InetAddress getInetAddress() {
            return raw.getInetAddress();
        }

        @Override
        public synchronized void close() throws IOException {
            raw.close();
        }
    }
}
